package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** The page as a whole: its tabs, its looks, what it weighs, and whom it keeps out. */
class PageWholeTest extends PageTests {
    @Test
    void tabsAreGoneThroughByArrowKeysAndTheBackButton() {
        open("");

        browser.find("#tab-classify").sendKeys(Keys.ARROW_RIGHT);
        browser.focused().sendKeys(Keys.ARROW_RIGHT);
        assertThat(browser.focused().getText()).isEqualTo("Kernels");
        browser.focused().sendKeys(Keys.END);

        assertThat(browser.focused().getText()).isEqualTo("Models and runs");
        assertThat(browser.find("#models").isDisplayed()).isTrue();
        browser.driver.navigate().back();
        browser.await(() -> browser.find("#kernels").isDisplayed(), "the tab before");
        requireCleanConsole();
    }

    @Test
    void withKeysAloneASampleIsAnsweredAndOpenedUp() {
        open("");
        Actions keys = new Actions(browser.driver);

        for (int i = 0; i < 30 && !focused().startsWith("Sample: Coat"); i++) {
            keys.sendKeys(Keys.TAB).perform();
        }
        keys.sendKeys(Keys.ENTER).perform();
        browser.await(() -> !browser.text("#answer .headline").isEmpty(), "an answer");
        for (int i = 0; i < 60 && !browser.focused().getText().equals("Why? Look inside"); i++) {
            keys.keyDown(Keys.SHIFT).sendKeys(Keys.TAB).keyUp(Keys.SHIFT).perform();
        }
        keys.sendKeys(Keys.ENTER).perform();

        browser.awaitText("#inside", "What decided?");
        assertThat(browser.focused().getText()).isEqualTo("How the network comes to its answer");
        requireCleanConsole();
    }

    private static String focused() {
        return Optional.ofNullable(browser.focused().getDomAttribute("aria-label"))
                .orElse("");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "classify-empty, #classify, What is this garment?",
        "classify, #classify?sample=9, Runner-up",
        "inside, #inside/conv2/5?model=classic&sample=6, Which maps before it add most",
        "inside-first, #inside/conv1/5?model=classic&sample=6, what lies under the kernel",
        "inside-pool, #inside/pool1/5?model=classic&sample=6, of these 4 wins",
        "inside-head, #inside/dense2/9?model=classic&sample=6, The features that speak most",
        "inside-neighbours, #inside/features/12?model=small&sample=6, similarity 0.9",
        "kernels, #kernels/emboss?sample=6, Light from one corner",
        "models, #models/small, How it was made",
    })
    void everyPartLooksWellAndKeepsNobodyOut(String name, String hash, String text) throws IOException {
        go(hash);
        browser.awaitText("main", text);

        browser.photograph(name);
        browser.requireAccessible(name);
        requireCleanConsole();
    }

    @Test
    void theFilesInTheJarAreThoseThatAreServedAndTogetherTheyAreSmall() throws Exception {
        Path resources = Path.of("src/main/resources/dev/lookbook/serve/page");
        long plain = 0;
        long packed = 0;
        try (Stream<Path> files = Files.list(resources)) {
            for (Path file : files.sorted().toList()) {
                String name = file.getFileName().toString();
                Running.Answer answer = running.get(name.equals("index.html") ? "/" : "/page/" + name);
                assertThat(answer.status()).as(name).isEqualTo(200);
                assertThat(answer.bytes()).as(name).isEqualTo(Files.readAllBytes(file));
                assertThat(answer.header("Content-Security-Policy"))
                        .contains("default-src 'none'", "script-src 'self'")
                        .doesNotContain("unsafe");
                if (name.endsWith(".js")) { // or a module would be found only in one that was fetched before
                    assertThat(running.get("/").text()).contains("\"page/" + name + "\"");
                }
                if (!name.endsWith(".png")) {
                    plain += answer.bytes().length;
                    packed += packedSize(answer.bytes());
                }
            }
        }
        System.out.println("page without samples: " + plain + " bytes, " + packed + " packed");
        assertThat(plain).isLessThan(500_000);
        assertThat(running.get("/page/secret.js").status()).isEqualTo(404);
        assertThat(running.get("/page/").status()).isEqualTo(404);
    }

    private static int packedSize(byte[] bytes) throws IOException {
        var packed = new java.io.ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.size();
    }
}
