package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.logging.Level;
import org.openqa.selenium.By;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Debian's Chromium, without a window, as a person would use it. */
final class Browser implements AutoCloseable {
    static final Path SCREENSHOTS = Path.of("target/screenshots");

    private static final Path CHROMIUM = Path.of("/usr/bin/chromium");
    private static final Path DRIVER = Path.of("/usr/bin/chromedriver");
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String AXE = axe();

    final ChromeDriver driver;
    final Path downloads;
    private int opened;

    private Browser(ChromeDriver driver, Path downloads) {
        this.driver = driver;
        this.downloads = downloads;
    }

    /** @param folder for what the browser keeps, empty so far; without a browser the test is skipped, and says so */
    static Browser start(Path folder) throws IOException {
        assumeTrue(
                Files.isExecutable(CHROMIUM) && Files.isExecutable(DRIVER),
                "the page is not tested: there is no " + CHROMIUM + " or no " + DRIVER
                        + ". Install them: apt-get install chromium chromium-driver");
        Path downloads = Files.createDirectories(folder.resolve("downloads"));
        ChromeOptions options = new ChromeOptions();
        options.setBinary(CHROMIUM.toString());
        options.addArguments(
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--use-fake-device-for-media-stream",
                "--use-fake-ui-for-media-stream",
                "--force-color-profile=srgb",
                "--user-data-dir=" + folder.resolve("profile"));
        options.setExperimentalOption("prefs", Map.of("download.default_directory", downloads.toString()));
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(DRIVER.toFile())
                .usingAnyFreePort()
                .build();
        return new Browser(new ChromeDriver(service, options), downloads);
    }

    private static String axe() {
        try (InputStream in = Browser.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Follows a link within the page that is open, such as {@code #kernels/blur}: what was worked out is kept. */
    void follow(String hash) {
        driver.executeScript("location.hash = arguments[0]", hash);
    }

    /** Opens an address and waits until the page has its models. */
    void open(String url) {
        String[] parts = url.split("#", 2);
        String[] address = parts[0].split("\\?", 2);
        // Or another place of the same page would be no new page.
        driver.get(address[0] + "?time=" + ++opened + (parts.length == 1 ? "" : "#" + parts[1]));
        await(() -> !driver.findElements(By.cssSelector("body.ready")).isEmpty(), "the page is ready");
    }

    WebElement find(String selector) {
        await(() -> !driver.findElements(By.cssSelector(selector)).isEmpty(), selector);
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** A button, tab or link that is seen, by what is written on it. */
    WebElement button(String text) {
        String path = "//*[self::button or self::a][normalize-space()='" + text + "']";
        await(() -> driver.findElements(By.xpath(path)).stream().anyMatch(WebElement::isDisplayed), text);
        return driver.findElements(By.xpath(path)).stream()
                .filter(WebElement::isDisplayed)
                .findFirst()
                .orElseThrow();
    }

    void click(String buttonText) {
        button(buttonText).click();
    }

    void awaitText(String selector, String text) {
        await(() -> text(selector).contains(text), selector + " says '" + text + "'");
    }

    /** What the next key goes to; the whole body if it was lost. */
    WebElement focused() {
        return driver.switchTo().activeElement();
    }

    String text(String selector) {
        List<WebElement> found = all(selector);
        return found.isEmpty() ? "" : found.get(0).getText();
    }

    void await(Supplier<Boolean> condition, String what) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!holds(condition)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still not so after " + PATIENCE.toSeconds() + " s: " + what
                        + ". The page says:\n" + text("body") + "\nThe console says: " + console());
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static boolean holds(Supplier<Boolean> condition) {
        try {
            return condition.get();
        } catch (StaleElementReferenceException e) {
            return false; // the page has just replaced it
        }
    }

    /** Lets a file fall onto the page, or pastes it. */
    void give(String event, String name, String type, byte[] content) {
        driver.executeScript("""
                const [event, name, type, base64] = arguments;
                const bytes = Uint8Array.from(atob(base64), c => c.charCodeAt(0));
                const data = new DataTransfer();
                data.items.add(new File([bytes], name, {type}));
                document.body.dispatchEvent(event === 'paste'
                    ? new ClipboardEvent('paste', {clipboardData: data, bubbles: true, cancelable: true})
                    : new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
                """, event, name, type, Base64.getEncoder().encodeToString(content));
    }

    /** Lets a file of so many zero bytes fall onto the page: made there, since the way there is slow. */
    void dropEmptyFile(String name, int bytes) {
        driver.executeScript("""
                const [name, bytes] = arguments;
                const data = new DataTransfer();
                data.items.add(new File([new Uint8Array(bytes)], name, {type: 'image/png'}));
                document.body.dispatchEvent(new DragEvent('drop', {dataTransfer: data, bubbles: true, cancelable: true}));
                """, name, bytes);
    }

    /** What a module of the page computes; {@code script} is the body of an async function that gets the arguments. */
    Object compute(String script, Object... arguments) {
        return driver.executeAsyncScript(
                "const done = arguments[arguments.length - 1]; (async (...given) => {" + script
                        + "})(...arguments).then(done, error => done('failed: ' + error.stack));",
                arguments);
    }

    void size(int width, int height) {
        driver.executeCdpCommand(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    }

    void dark(boolean dark) {
        driver.executeCdpCommand(
                "Emulation.setEmulatedMedia",
                Map.of(
                        "media",
                        "",
                        "features",
                        List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
    }

    /** The whole page, at 1440 and 390 pixels, light and dark. */
    void photograph(String name) throws IOException {
        Files.createDirectories(SCREENSHOTS);
        for (int width : new int[] {1440, 390}) {
            size(width, width == 1440 ? 900 : 844);
            for (boolean dark : new boolean[] {false, true}) {
                dark(dark);
                Map<String, Object> answer = driver.executeCdpCommand(
                        "Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", true));
                Path file = SCREENSHOTS.resolve(name + "-" + width + (dark ? "-dark" : "-light") + ".png");
                Files.write(file, Base64.getDecoder().decode((String) answer.get("data")));
            }
        }
        requireNothingWiderThan(390);
        size(1440, 900);
        dark(false);
    }

    /** On a phone nothing makes the page scroll sideways. */
    private void requireNothingWiderThan(int width) {
        Object wide = driver.executeScript("return document.documentElement.scrollWidth");
        assertThat(((Number) wide).intValue()).as("width of the page").isLessThanOrEqualTo(width);
    }

    /**
     * Looks for barriers: what axe-core calls serious or critical. In the dark only colours differ, so only contrast is
     * looked at again; and contrast, which takes longest, once for letters that are alike in colour, size, weight and all
     * that lies behind them. Of a hundred maps or pictures that are made alike, the first three are looked at.
     */
    void requireAccessible(String what) {
        if (Boolean.FALSE.equals(driver.executeScript("return 'axe' in window"))) {
            driver.executeScript(AXE);
        }
        requireNoFindings(what, """
                const alike = ['.maps .map:nth-child(n + 4)', '.pictures li:nth-child(n + 4)'];
                const rules = {'color-contrast': {enabled: false}};
                axe.run({exclude: alike}, {resultTypes: ['violations'], iframes: false, rules}).then(done);
                """);
        for (boolean dark : new boolean[] {false, true}) {
            dark(dark);
            requireNoFindings(what + (dark ? ", dark" : ", light"), """
                    const seen = new Set();
                    const looks = element => {
                      const style = getComputedStyle(element);
                      let looks = [style.color, style.fontSize, style.fontWeight].join();
                      for (let behind = element; behind; behind = behind.parentElement) {
                        const {backgroundColor, opacity} = getComputedStyle(behind);
                        looks += backgroundColor + opacity;
                      }
                      return looks;
                    };
                    const include = [...document.querySelectorAll('body *')]
                        .filter(one => one.checkVisibility())
                        .filter(one => [...one.childNodes].some(node => node.nodeType === 3 && node.data.trim() !== ''))
                        .filter(one => !seen.has(looks(one)) && seen.add(looks(one)));
                    const runOnly = {type: 'rule', values: ['color-contrast']};
                    axe.run({include}, {resultTypes: ['violations'], iframes: false, runOnly}).then(done);
                    """);
        }
        dark(false);
    }

    @SuppressWarnings("unchecked")
    private void requireNoFindings(String what, String run) {
        Map<String, Object> result =
                (Map<String, Object>) driver.executeAsyncScript("const done = arguments[0];\n" + run);
        List<String> findings = new ArrayList<>();
        for (Object violation : (List<?>) result.get("violations")) {
            Map<?, ?> found = (Map<?, ?>) violation;
            if (List.of("serious", "critical").contains(found.get("impact"))) {
                Map<?, ?> first = (Map<?, ?>) ((List<?>) found.get("nodes")).get(0);
                findings.add(found.get("id") + ": " + first.get("html") + " " + first.get("failureSummary"));
            }
        }
        assertThat(findings).as(what).isEmpty();
    }

    /** What the console has said since it was last asked: errors only. */
    List<String> console() {
        return driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.SEVERE.intValue())
                .map(Object::toString)
                .toList();
    }

    @Override
    public void close() {
        driver.quit();
    }
}
