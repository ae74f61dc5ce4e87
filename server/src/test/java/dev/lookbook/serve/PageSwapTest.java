package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Files of models come and go while the page is open. */
class PageSwapTest extends PageTests {
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
