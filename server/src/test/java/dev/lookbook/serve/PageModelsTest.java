package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.run.EpochResult;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Models, runs, and the pictures behind their mistakes. */
class PageModelsTest extends PageTests {
    @Test
    void aCellOfTheConfusionMatrixShowsThePicturesBehindIt() throws IOException {
        open("#models/mlp");
        browser.awaitText("#detail", "mlp, version 1");
        assertThat(browser.text("#detail"))
                .contains("It notices when a picture is unlike those that it was trained on");

        browser.button("Show what it gets wrong").sendKeys(Keys.ENTER);
        browser.await(() -> browser.all(".confusion button").size() > 20, "the matrix");
        assertThat(browser.focused().getText()).startsWith("Of 10,000 pictures"); // what came in the button's place
        browser.find("[aria-label='Its most frequent mistakes'] button").click();
        browser.await(() -> browser.all(".pictures canvas").size() == 60, "as many as are shown");
        assertThat(browser.text(".behind")).contains("Pullover, but called Coat", "60 of 2");
        WebElement cell = browser.find(".confusion [aria-label$='Dress called Pullover']");
        int count = Integer.parseInt(cell.getText());
        cell.click();

        browser.await(() -> browser.all(".pictures canvas").size() == count, "the pictures");
        assertThat(browser.text(".behind")).contains("Dress, but called Pullover", "the most confident first");
        assertThat(browser.all(".confusion [aria-pressed='true']")).hasSize(1);
        assertThat(browser.text("#detail")).contains("87.50% are right", "Class by class");
        browser.photograph("models-confusion");
        browser.requireAccessible("the confusion matrix");
        requireCleanConsole();
    }

    @Test
    void picturesThatComeLateDoNotReplaceThoseOfALaterCell() {
        open("#models/mlp");
        browser.click("Show what it gets wrong");
        browser.await(() -> browser.all(".confusion button").size() > 20, "the matrix");
        browser.driver.executeScript("""
                const fetchNow = window.fetch.bind(window);
                window.fetch = (path, options) => {
                  const answer = fetchNow(path, options);
                  return window.letGo ? answer : new Promise(done => { window.letGo = () => done(answer); });
                };
                """);

        browser.find(".confusion [aria-label$='Pullover called Coat']").click();
        browser.find(".confusion [aria-label$='Dress called Pullover']").click();
        browser.awaitText(".behind", "the most confident first");
        browser.compute("window.letGo(); await new Promise(done => setTimeout(done, 300));");

        assertThat(browser.text(".behind")).contains("Dress, but called Pullover");
        requireCleanConsole();
    }

    @Test
    void aRunShowsItsCurvesSettingsAndMistakes() throws IOException {
        open("#runs/train");

        browser.awaitText("#detail", "Run train");
        browser.await(() -> browser.all(".confusion button").size() > 3, "the matrix");
        assertThat(browser.text("#curves")).contains("Right answers", "train, held out: 75.0% in the end");
        assertThat(browser.all("#curves polyline")).hasSize(4);
        assertThat(browser.text("#models")).doesNotContain("explain");
        browser.find("[aria-label='Draw train']").click();
        assertThat(browser.text("#curves")).isEmpty();
        browser.find(".confusion button").click();
        browser.awaitText(".behind", "left no model");
        assertThat(browser.text("#models")).doesNotContain("not listed");

        browser.driver.executeScript("""
                const fetchNow = window.fetch.bind(window);
                window.fetch = async (path, options) => {
                  const answer = await fetchNow(path, options);
                  if (path !== 'api/runs') return answer;
                  window.fetch = fetchNow;
                  return Response.json({...await answer.json(), left_out: 1234});
                };
                """);
        browser.find("#tab-models").click();
        browser.awaitText("#models", "1,234 more are not listed: of so many runs only the 1 that changed last are.");
        requireCleanConsoleBut("404");
    }

    @Test
    void aRunHasOneColourInAllChartsThoughItIsMissingFromSome() throws IOException {
        RunFolder whole = RunFolder.create(folder.resolve("runs/all"));
        whole.writeArgs(Map.of("model", "tiny"));
        whole.writeResults(
                List.of(new EpochResult(1, 10, 1.5, 0.5, OptionalDouble.empty(), OptionalDouble.empty(), 0.1)));
        try {
            open("#runs/train");

            browser.await(() -> browser.all("#curves .key").size() == 3, "one key, and two");
            assertThat(browser.all("#curves .key").stream().map(key -> key.getDomAttribute("class")))
                    .containsExactly("key line1", "key line0", "key line1");
        } finally {
            Files.delete(whole.file(RunFolder.ARGS));
            Files.delete(whole.file(RunFolder.RESULTS));
            Files.delete(whole.path());
        }
        requireCleanConsole();
    }

    @Test
    void onAPhoneTablesFitAndCanBeRead() {
        open("#runs/train");
        browser.await(() -> browser.all(".confusion button").size() > 3, "the matrix");

        browser.size(390, 844);
        try {
            for (WebElement table : browser.all("#models .wide")) {
                String name = table.getDomAttribute("aria-label");
                assertThat(table.getDomProperty("scrollWidth")).as(name).isEqualTo(table.getDomProperty("clientWidth"));
            }
            assertThat(smallestPrint()).isGreaterThanOrEqualTo(12);
        } finally {
            browser.size(1440, 900);
        }
        requireCleanConsole();
    }

    /** Pixels of the smallest letters that are seen. */
    private static double smallestPrint() {
        return ((Number) browser.driver.executeScript("""
                return Math.min(...[...document.querySelectorAll('#models *')]
                    .filter(one => one.checkVisibility() && [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim() !== ''))
                    .filter(one => !one.closest('svg'))
                    .map(one => parseFloat(getComputedStyle(one).fontSize)))
                """)).doubleValue();
    }
}
