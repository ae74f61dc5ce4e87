package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.Keys;

/** What goes wrong is said in words, with the way out. */
class PageTroubleTest extends PageTests {
    private static final String TOKEN = "correct-horse-battery-staple";

    @Test
    void aFileThatIsNoPictureIsToldInWords() throws IOException {
        open("");

        browser.give("drop", "letter.pdf", "application/pdf", "%PDF-1.4 no picture".getBytes(StandardCharsets.UTF_8));

        browser.awaitText("#answer .problem", "letter.pdf: this is not a picture");
        browser.photograph("no-picture");
        browser.requireAccessible("an error");
        requireCleanConsoleBut("400");
    }

    @Test
    void aFileThatIsTooLargeIsToldInWordsAndNotSent() {
        open("");

        browser.dropEmptyFile("huge.png", 5 << 20);

        browser.awaitText("#answer .problem", "huge.png has 5.0 MiB, but the server takes 4");
        requireCleanConsole();
    }

    @Test
    void aPictureWithTooManyPixelsIsToldInWords() throws IOException {
        open("");

        browser.give("drop", "wide.jpg", "image/jpeg", MadePhoto.jpeg(1400, 1400));

        browser.awaitText("#answer .problem", "pixels are more than the 1 million that are read");
        requireCleanConsoleBut("413");
    }

    @Test
    void aServerThatWantsATokenIsGivenIt() throws Exception {
        try (Running guarded = guarded("guarded")) {
            browser.driver.get(guarded.server.url());
            browser.awaitText("#notice", "This server wants a token");
            browser.requireAccessible("the question for a token");

            browser.find("#token").sendKeys("wrong-wrong-wrong-wrong", Keys.ENTER);
            browser.awaitText("#notice", "This token is not the right one");
            browser.find("#token").sendKeys(TOKEN, Keys.ENTER);

            browser.await(() -> !browser.all("body.ready").isEmpty(), "the page goes on");
            browser.find("[aria-label='Sample: Trouser']").click();
            browser.awaitText("#answer .headline", "Trouser");
            requireCleanConsoleBut("401");
        }
    }

    @Test
    void theQuestionForATokenStaysUntilATokenIsGiven() throws Exception {
        try (Running guarded = guarded("asking")) {
            browser.driver.get(guarded.server.url());
            browser.awaitText("#notice", "This server wants a token");

            browser.driver.executeScript("document.body.dispatchEvent(new DragEvent('drop',"
                    + " {dataTransfer: new DataTransfer(), bubbles: true, cancelable: true}))");
            assertThat(browser.text("#notice")).contains("That was no file", "This server wants a token");
            browser.find("#token").sendKeys("correct\u2013horse", Keys.ENTER);
            browser.awaitText("#notice", "This cannot be a token");
            browser.find("#token").sendKeys(Keys.chord(Keys.CONTROL, "a"), TOKEN, Keys.ENTER);

            browser.await(() -> !browser.all("body.ready").isEmpty(), "the page goes on");
            assertThat(browser.text("#notice")).isEmpty();
            requireCleanConsoleBut("401");
        }
    }

    @Test
    void aServerThatWasStoppedIsToldInWordsAndAskedAgain() throws Exception {
        Path own = Files.createDirectories(folder.resolve("stopped"));
        Running first = Running.with(own, "tiny");
        int port = first.server.port();
        browser.open(first.server.url() + "/");
        browser.find("[aria-label='Sample: Trouser']").click();
        browser.awaitText("#answer .headline", "Trouser");

        first.close();
        browser.give("drop", "boot.png", "image/png", TestImages.png(BOOT));
        browser.awaitText("#answer .problem", "The server does not answer");
        try (Server again = Server.start(new ServeSettings(
                first.models,
                own,
                "tiny",
                Duration.ofMillis(20),
                Access.local(port),
                Running.limits(2, 16),
                "1.2.3"))) {
            assertThat(again.isReady()).isTrue();
            browser.button("Try again").sendKeys(Keys.ENTER);
            browser.awaitText("#answer .headline", "Ankle boot");
            assertThat(browser.focused().getDomAttribute("id")).isEqualTo("answer");
        }
        requireCleanConsoleBut("ERR_CONNECTION_REFUSED");
    }

    @Test
    void aBusyServerIsAskedAgainUntilItAnswers() throws Exception {
        open("");
        running.post("/v2/repository/models/tiny/unload", "");
        try {
            browser.find("[aria-label='Sample: Trouser']").click();
            browser.awaitText("#notice", "The server is busy. Trying again in 1 s");
        } finally {
            running.post("/v2/repository/models/tiny/load", "");
        }

        browser.awaitText("#answer .headline", "Trouser");
        assertThat(browser.text("#notice")).isEmpty();
        requireCleanConsoleBut("503");
    }

    private Running guarded(String name) throws Exception {
        Access access = new Access("127.0.0.1", 0, Optional.of(TOKEN), false);
        return Running.with(Files.createDirectories(folder.resolve(name)), Running.limits(2, 16), access, "tiny");
    }
}
