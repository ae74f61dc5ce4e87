package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The page in a real browser, with a real server, used as a person would: one browser and one server for all such tests. */
@Timeout(300)
@ExtendWith(PageTests.OneForAll.class)
abstract class PageTests {
    static final int BOOT = 0; // among the test images

    static Path folder;
    static Running running;
    static Browser browser;

    /** Starts browser and server before the first class that wants them, and ends them after the last of all classes. */
    static final class OneForAll implements BeforeAllCallback {
        @Override
        public void beforeAll(ExtensionContext context) {
            context.getRoot()
                    .getStore(ExtensionContext.Namespace.create(PageTests.class))
                    .computeIfAbsent(Started.class, key -> Started.now(), Started.class);
        }
    }

    private static final class Started implements AutoCloseable {
        static Started now() {
            try {
                folder = Files.createTempDirectory("lookbook-page");
                browser = Browser.start(folder);
                running = Running.with(folder, "tiny", "mlp", "classic", "small", "ensemble");
                MadeRun.write(folder.resolve("runs/train"));
                Files.createDirectories(folder.resolve("runs/explain")); // no run, and not shown as one
                return new Started();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }

        @Override
        public void close() throws IOException {
            browser.close();
            running.close();
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    static void open(String hash) {
        browser.open(running.server.url() + "/" + hash);
    }

    /** Follows a link within the page if it is open, which keeps what was worked out for the tests before; else opens it. */
    static void go(String hash) {
        if (browser.driver.getCurrentUrl().startsWith(running.server.url() + "/")
                && !browser.all("body.ready").isEmpty()) {
            browser.follow(hash);
        } else {
            open(hash);
        }
    }

    @AfterEach
    void nothingComesFromElsewhere() {
        Object others =
                browser.driver.executeScript("return performance.getEntriesByType('resource').map(one => one.name)"
                        + ".filter(name => !name.startsWith(location.origin) && !name.startsWith('blob:'))");
        assertThat((List<?>) others).isEmpty();
    }

    static void requireCleanConsole() {
        assertThat(browser.console()).isEmpty();
    }

    /** The browser notes every answer that is an error. */
    static void requireCleanConsoleBut(String expected) {
        assertThat(browser.console()).allSatisfy(line -> assertThat(line).contains(expected));
    }
}
