package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Files of models come and change while the page is open. */
class PageSwapTest extends PageTests {
    private static final Pattern SUM = Pattern.compile("(-?[0-9.]+) \\+ bias (-?[0-9.]+) = (-?[0-9.]+)");

    @Test
    void whatIsShownIsOfTheFileThatAnswersNow() throws Exception {
        try (Running own = Running.with(Files.createDirectories(folder.resolve("swapped")), "mlp")) {
            Path file = own.models.resolve("mlp.onnx");
            browser.open(own.server.url() + "/#inside/dense2/4?sample=4");
            requireSumIsTheValue();

            String before = own.hash("mlp");
            Files.copy(Running.shipped("classic"), file, StandardCopyOption.REPLACE_EXISTING);
            Running.await("swapped", () -> !own.hash("mlp").equals(before));
            browser.all("#step [role='radio']").get(5).click();
            browser.awaitText("#step .problem", "mlp was swapped for another file after it explained your picture");
            browser.click("Try again");

            browser.awaitText("#inside", "conv1");
            browser.all("#step [role='radio']").get(4).click();
            requireSumIsTheValue(); // whose weights were fetched from the file before, too
            browser.find("#tab-classify").click();
            browser.awaitText("#answer", "By mlp, version 1: 421,642 weights. Its card");
            browser.click("Its card");
            browser.awaitText("#detail", "mlp.md is the card of another file");
            requireCleanConsole();
        }
    }

    private static void requireSumIsTheValue() {
        browser.await(() -> !browser.text("#step .equation").isEmpty(), "a sum");
        Matcher sum = SUM.matcher(browser.text("#step .equation").replace('\u2212', '-'));
        assertThat(sum.matches()).as(browser.text("#step .equation")).isTrue();
        assertThat(Double.parseDouble(sum.group(1)) + Double.parseDouble(sum.group(2)))
                .isCloseTo(Double.parseDouble(sum.group(3)), Offset.offset(0.0016)); // each is rounded
        WebElement chosen = browser.find("#step [aria-checked='true'] .share");
        assertThat(Double.parseDouble(chosen.getText().replace('\u2212', '-')))
                .isCloseTo(Double.parseDouble(sum.group(3)), Offset.offset(0.0056));
    }

    @Test
    void aModelThatComesCanBeChosenAndStaysChosenWhenItGoes() throws Exception {
        go("#models/mlp");
        WebElement chooser = browser.find("#model");
        Path file = Files.copy(Running.shipped("mlp"), running.models.resolve("new.onnx"));
        Running.await("served", () -> !running.hash("new").isEmpty());
        assertThat(chooser.getText()).doesNotContain("new");

        chooser.click();
        browser.awaitText("#model", "new");
        chooser.sendKeys("new", Keys.ENTER);
        assertThat(chooser.getDomProperty("value")).isEqualTo("new");
        assertThat(browser.text("#answering")).contains("new");
        Files.delete(file);
        Running.await("gone", () -> running.hash("new").isEmpty());
        browser.driver.executeScript("document.dispatchEvent(new Event('visibilitychange'))"); // the reader comes back

        browser.awaitText("#model", "new (does not answer)");
        assertThat(chooser.getDomProperty("value")).isEqualTo("new");
        assertThat(browser.text("#answering")).doesNotContain("new");
        chooser.sendKeys("tiny");
        requireCleanConsole();
    }
}
