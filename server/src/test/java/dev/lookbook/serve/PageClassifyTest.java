package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.WebElement;

/** What is this garment, and how sure is the model? */
class PageClassifyTest extends PageTests {
    @ParameterizedTest
    @ValueSource(strings = {"drop", "paste"})
    void aPictureThatIsGivenIsAnsweredInWords(String how) throws IOException {
        open("");

        browser.give(how, "boot.png", "image/png", TestImages.png(BOOT));

        browser.awaitText("#answer .headline", "Ankle boot");
        assertThat(browser.text("#answer .verdict")).startsWith("Sure: 9").contains("are right");
        assertThat(browser.all("#answer .bar")).hasSize(10);
        assertThat(browser.text("#answer")).contains("Runner-up: S", "This is what the network saw");
        assertThat(browser.find("#answer .saw img").getDomProperty("naturalWidth"))
                .isEqualTo("28");
        requireCleanConsole();
    }

    @Test
    void aFileCanBeChosen() throws IOException {
        Path file = Files.write(folder.resolve("pullover.png"), TestImages.png(1));
        open("");

        browser.find("#files").sendKeys(file.toString());

        browser.awaitText("#answer .headline", "Pullover");
        requireCleanConsole();
    }

    @Test
    void aPhotoCanBeTaken() {
        open("");

        browser.click("Take a photo");
        browser.await(() -> browser.button("Take it").isEnabled(), "the camera shows something");
        browser.click("Take it");

        browser.await(() -> !browser.text("#answer .headline").isEmpty(), "an answer");
        assertThat(browser.all(".camera")).isEmpty();
        requireCleanConsole();
    }

    @Test
    void aSampleIsOneClickAndItsLinkLeadsBackToIt() {
        open("");
        browser.driver.executeScript("""
                window.held = [];
                const {createObjectURL: hold, revokeObjectURL: letGo} = URL;
                URL.createObjectURL = blob => held[held.push(hold(blob)) - 1];
                URL.revokeObjectURL = url => { letGo(url); held = held.filter(one => one !== url); };
                """);

        browser.find("[aria-label='Sample: Coat']").click();
        browser.awaitText("#answer .headline", "Coat");
        browser.find("[aria-label='Sample: Bag']").click();

        browser.awaitText("#answer .headline", "Bag");
        WebElement shown = browser.find("#shown img");
        assertThat(shown.getDomProperty("naturalWidth")).isEqualTo("28");
        assertThat(browser.driver.executeScript("return held"))
                .as("pictures that the browser holds")
                .isEqualTo(List.of(shown.getDomProperty("src")));
        String address = browser.driver.getCurrentUrl();
        assertThat(address).contains("sample=8");
        browser.open(address);
        browser.awaitText("#answer .headline", "Bag");
        requireCleanConsole();
    }

    @Test
    void severalPicturesAreATableThatCanBeSaved() throws Exception {
        Path boot = Files.write(folder.resolve("boot, left.png"), TestImages.png(0));
        Path text = Files.writeString(folder.resolve("notes.txt"), "no picture");
        Path pullover = Files.write(folder.resolve("pullover2.png"), TestImages.png(1));
        Path bicycle = Files.write(folder.resolve("bicycle.png"), MadePhoto.bicycle());
        open("");

        browser.find("#files")
                .sendKeys(String.join("\n", boot.toString(), text.toString(), pullover.toString(), bicycle.toString()));
        browser.awaitText("#answer .headline", "3 of 4");

        assertThat(browser.text("#answer")).contains("1 could not be read", "1 is unlike all pictures");
        assertThat(browser.text("#table"))
                .contains("Ankle boot", "this is not a picture", "Pullover", "unsure: unlike all it has seen");
        browser.photograph("classify-several");
        browser.requireAccessible("several pictures");
        browser.click("Download as CSV");
        Path csv = browser.downloads.resolve("lookbook.csv");
        browser.await(() -> Files.exists(csv), "the download");
        assertThat(Files.readAllLines(csv)).hasSize(5).satisfies(lines -> {
            assertThat(lines.get(0)).isEqualTo("input,label,confidence,decision,error,unfamiliarity");
            assertThat(lines.get(1)).startsWith("\"boot, left.png\",Ankle boot,0.9");
            assertThat(lines.get(2)).startsWith("notes.txt,,,,").contains("this is not a picture");
            assertThat(lines.get(4)).startsWith("bicycle.png,").contains(",unsure,,");
            assertThat(Double.parseDouble(lines.get(4).substring(lines.get(4).lastIndexOf(',') + 1)))
                    .isGreaterThan(1);
        });
        browser.find("#model").sendKeys("small");
        browser.awaitText("#table h3", "4 pictures, by small");
        browser.awaitText("#answer .headline", "3 of 4");
        browser.click("boot, left.png");
        browser.awaitText("#answer .headline", "Ankle boot");
        requireCleanConsole();
    }

    @Test
    void anotherModelAnswersAgainAndTheLinkNamesIt() {
        open("#classify?sample=9");
        browser.awaitText("#answer", "By tiny, version 1");

        browser.find("#model").sendKeys("small");

        browser.awaitText("#answer", "By small, version 1: 296,832 weights, right on 94.8% of the test images");
        assertThat(browser.driver.getCurrentUrl()).contains("model=small");
        requireCleanConsole();
    }

    @Test
    void aPictureMayBeAPhotoOfAnyShape() throws IOException {
        open("");

        browser.give("drop", "tall.jpg", "image/jpeg", MadePhoto.jpeg(600, 1400));

        browser.await(() -> !browser.text("#answer .headline").isEmpty(), "an answer");
        browser.photograph("classify-photo");
        browser.click("Try kernels on it");
        browser.awaitText("#kernels", "110 \u00d7 256 pixels, the kernel is laid over red, green and blue each");
        browser.photograph("kernels-photo");
        requireCleanConsole();
    }

    @Test
    void aPictureUnlikeAllThatItHasSeenIsSaidToBeSo() throws IOException {
        open("#classify?model=small");

        browser.give("drop", "bicycle.png", "image/png", MadePhoto.bicycle());

        browser.awaitText("#answer .verdict", "It has never seen a picture like this.");
        assertThat(browser.text("#answer .headline")).endsWith("?");
        assertThat(browser.text("#answer .verdict"))
                .containsPattern("Strangeness [1-9]\\.\\d: above 1 lies only one in a hundred garments");
        assertThat(browser.all("#answer .sure")).isEmpty();
        assertThat(browser.all("#answer .bars.doubtful")).hasSize(1);
        browser.photograph("classify-strange");
        browser.requireAccessible("a strange picture");
        browser.click("Why? Look inside");
        browser.awaitText("#inside .against", "It has never seen a picture like this.");
        requireCleanConsole();
    }

    @ParameterizedTest
    @CsvSource({
        "sure,   0.99, true,  true",
        "sure,   1.01, true,  false",
        "sure,       , true,  true",
        "sure,   0.2,  false, false",
        "unsure, 0.2,  true,  false",
        "unsure, 3,    true,  false",
        ",       0.2,  true,  false",
    })
    void onlyASureAnswerToAFamiliarGarmentLooksSafe(
            String decision, Double unfamiliarity, boolean garmentFound, boolean safe) {
        go("#classify");

        Object sure = browser.compute("""
                const [decision, unfamiliarity, garment_found] = given;
                const {isSure} = await import('/page/doubt.js');
                return isSure({decision: decision ?? undefined, unfamiliarity: unfamiliarity ?? undefined, garment_found});
                """, decision, unfamiliarity, garmentFound);

        assertThat(sure).isEqualTo(safe);
    }
}
