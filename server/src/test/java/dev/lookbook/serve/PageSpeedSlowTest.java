package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.DoubleSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long people wait, with the model that is the default; the figures of docs/results.md. Wants an idle machine. */
@Tag("slow")
class PageSpeedSlowTest {
    private static final int TIMES = 21;

    @TempDir
    static Path folder;

    private static Running running;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start(folder);
        running = Running.with(folder, "small", "tiny", "classic");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
        }
        if (running != null) {
            running.close();
        }
    }

    @Test
    void somethingIsPaintedAtOnce() {
        double median = median("first contentful paint", () -> {
            browser.open(running.server.url() + "/");
            browser.await(() -> paint() > 0, "a paint");
            return paint();
        });

        assertThat(median).isLessThan(300);
    }

    private static double paint() {
        return ((Number) browser.driver.executeScript(
                        "return performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0"))
                .doubleValue();
    }

    @Test
    void aDroppedPictureIsAnsweredAtOnce() throws IOException {
        byte[] photo = MadePhoto.jpeg(800, 1000);
        browser.open(running.server.url() + "/#classify?model=small");

        double small = median("answer to a 28x28 PNG", () -> answer("image/png", TestImages.png(0)));
        double large = median("answer to an 800x1000 JPEG", () -> answer("image/jpeg", photo));

        assertThat(small).isLessThan(150);
        assertThat(large).isLessThan(150);
    }

    /** Milliseconds from the drop to the answer in the page. */
    private static double answer(String type, byte[] content) {
        browser.driver.executeScript("""
                window.answered = 0;
                document.addEventListener('drop', () => { window.dropped = performance.now(); }, {capture: true, once: true});
                const answer = document.getElementById('answer');
                answer.replaceChildren();
                new MutationObserver((changes, observer) => {
                  if (answer.querySelector('.headline')) {
                    observer.disconnect();
                    window.answered = performance.now() - window.dropped;
                  }
                }).observe(answer, {childList: true});
                """);
        browser.give("drop", "picture", type, content);
        browser.await(() -> answered() > 0, "an answer");
        return answered();
    }

    private static double answered() {
        return ((Number) browser.driver.executeScript("return window.answered")).doubleValue();
    }

    @Test
    void anExplanationIsThereSoon() {
        double median = median("classic opened up", () -> {
            browser.driver.get("about:blank");
            browser.driver.get(running.server.url() + "/#inside?model=classic&sample=9");
            browser.awaitText("#inside", "What decided?");
            return ((Number) browser.driver.executeScript("return performance.getEntriesByType('resource')"
                            + ".find(one => one.name.includes('/api/explain')).duration"))
                    .doubleValue();
        });

        assertThat(median).isLessThan(5000);
    }

    private static double median(String what, DoubleSupplier millis) {
        double[] all = new double[TIMES];
        for (int i = -1; i < TIMES; i++) {
            double one = millis.getAsDouble();
            if (i < 0) {
                continue; // the first one warms everything up
            }
            all[i] = one;
        }
        Arrays.sort(all);
        System.out.printf(
                "%s: median %.0f ms, %.0f to %.0f, of %d%n", what, all[TIMES / 2], all[0], all[TIMES - 1], TIMES);
        return all[TIMES / 2];
    }
}
