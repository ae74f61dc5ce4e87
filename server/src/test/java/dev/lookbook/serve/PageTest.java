package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;

/** The page in a real browser, with a real server, used as a person would. */
@Timeout(300)
class PageTest {
    private static final int BOOT = 0; // among the test images

    @TempDir
    static Path folder;

    private static Running running;
    private static Browser browser;

    @BeforeAll
    static void start() throws IOException {
        browser = Browser.start(folder);
        running = Running.with(folder, "tiny", "classic", "small");
        MadeRun.write(folder.resolve("runs/train"));
        Files.createDirectories(folder.resolve("runs/explain")); // no run, and not shown as one
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

    private static void open(String hash) {
        browser.open(running.server.url() + "/" + hash);
    }

    // --- Classify ------------------------------------------------------------------------------------------------

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
        browser.await(
                () -> !"0".equals(browser.find(".camera video").getDomProperty("videoWidth")),
                "the camera shows something");
        browser.click("Take it");

        browser.await(() -> !browser.text("#answer .headline").isEmpty(), "an answer");
        assertThat(browser.all(".camera")).isEmpty();
        requireCleanConsole();
    }

    @Test
    void aSampleIsOneClickAndItsLinkLeadsBackToIt() {
        open("");

        browser.find("[aria-label='Sample: Bag']").click();

        browser.awaitText("#answer .headline", "Bag");
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
        open("");

        browser.find("#files").sendKeys(boot + "\n" + text + "\n" + pullover);
        browser.awaitText("#answer .headline", "2 of 3");

        assertThat(browser.text("#table")).contains("Ankle boot", "this is not a picture", "Pullover");
        browser.photograph("classify-several");
        browser.requireAccessible("several pictures");
        browser.click("Download as CSV");
        Path csv = browser.downloads.resolve("lookbook.csv");
        browser.await(() -> Files.exists(csv), "the download");
        assertThat(Files.readAllLines(csv)).hasSize(4).satisfies(lines -> {
            assertThat(lines.get(0)).isEqualTo("input,label,confidence,decision,error");
            assertThat(lines.get(1)).startsWith("\"boot, left.png\",Ankle boot,0.9");
            assertThat(lines.get(2)).startsWith("notes.txt,,,,").contains("this is not a picture");
        });
        browser.click("boot, left.png");
        browser.awaitText("#answer .headline", "Ankle boot");
        requireCleanConsole();
    }

    @Test
    void anotherModelAnswersAgainAndTheLinkNamesIt() {
        open("#classify?sample=9");
        browser.awaitText("#answer", "By tiny, version 1");

        browser.find("#model").sendKeys("small");

        browser.awaitText("#answer", "By small, version 1: 297,184 weights, right on 93.8% of the test images");
        assertThat(browser.driver.getCurrentUrl()).contains("model=small");
        requireCleanConsole();
    }

    // --- Inside --------------------------------------------------------------------------------------------------

    @Test
    void withoutAPictureInsideOffersSome() {
        open("#inside");

        browser.awaitText("#inside", "First it needs a picture");
        browser.find("#inside [aria-label='Sample: Shirt']").click();

        browser.awaitText("#inside", "What decided?");
        requireCleanConsole();
    }

    @Test
    void everyStepTellsWhatItDoesAndItsSumIsTheValue() {
        open("#inside?model=classic&sample=9");
        browser.awaitText("#step", "32 kernels");

        List<String> layers = browser.all("#inside .step").stream()
                .map(step -> step.getDomAttribute("data-layer"))
                .toList();
        assertThat(layers).contains("pixels", "conv1", "conv1.relu", "pool1", "conv2", "flatten", "dense1", "dense2");
        for (String layer : layers) {
            browser.find(".step[data-layer='" + layer + "']").click();
            browser.await(() -> browser.text("#step-name").startsWith(layer + ":"), layer);
            if (!layer.equals("pixels")) {
                browser.await(() -> !browser.text("#step .equation").isEmpty(), "the sum of " + layer);
            }
        }
        assertThat(browser.text("#step")).contains("Ankle boot or ", "softmax");
        requireCleanConsole();
    }

    /** The browser's own sums of inputs times weights against what ONNX Runtime made, at random places. */
    @ParameterizedTest
    @ValueSource(strings = {"classic", "tiny", "small"})
    void theArithmeticThatIsShownGivesTheValuesThatWereComputed(String model) {
        open("");
        Object answer = browser.compute("""
                const [model] = given;
                const {floats, bytes, shares, products, sum, hasMaps} = await import('/page/arithmetic.js');
                const picture = await (await fetch('/page/sample-6.png')).blob();
                const explained = await (await fetch('/api/explain?arrays=base64&model=' + model,
                    {method: 'POST', body: picture})).json();
                const layers = new Map(explained.layers.map(one => [one.name, {...one, values: floats(one.values)}]));
                let state = 22;
                const random = n => (state = (state * 1103515245 + 12345) % 2147483648) % n;
                let worst = 0;
                let checked = 0;
                for (const layer of layers.values()) {
                  const before = layers.get(layer.inputs[0]);
                  if (!['convolution', 'dense'].includes(layer.type)) continue;
                  for (let i = 0; i < 4; i++) {
                    const channel = random(layer.shape[0]);
                    const query = new URLSearchParams({layer: layer.name, channel});
                    const answer = await (await fetch(`/api/models/${model}/weights?${query}`)).json();
                    const weights = {values: floats(answer.values), bias: answer.bias};
                    let value, added;
                    if (hasMaps(layer)) {
                      const [, height, width] = layer.shape;
                      const [y, x] = [random(height), random(width)];
                      value = layer.values[(channel * height + y) * width + x];
                      added = sum(shares(layer, before, weights, y, x));
                    } else {
                      value = layer.values[channel];
                      added = sum(products(before, weights));
                    }
                    const wrong = Math.abs(value - added - weights.bias);
                    worst = Math.max(worst, wrong / Math.max(1, Math.abs(value)));
                    checked++;
                  }
                }
                return `${checked} ${worst}`;
                """, model);

        String[] numbers = answer.toString().split(" ");
        System.out.println(model + ": " + numbers[0] + " values computed anew, seed 22, worst error " + numbers[1]);
        assertThat(Integer.parseInt(numbers[0])).isGreaterThan(10);
        assertThat(Double.parseDouble(numbers[1])).isLessThan(1e-5);
        requireCleanConsole();
    }

    @Test
    void theKernelFollowsTheArrowKeysAndSlidesByItself() {
        open("#inside/conv1/5?model=classic&sample=9");
        browser.await(() -> !browser.text("#step .equation").isEmpty(), "the sum");
        WebElement map = browser.find("#step .pointable");
        String before = map.getDomAttribute("aria-label");

        map.sendKeys(Keys.ARROW_DOWN, Keys.ARROW_DOWN, Keys.ARROW_UP, Keys.ARROW_LEFT);

        assertThat(map.getDomAttribute("aria-label"))
                .startsWith("Map 5 of conv1: row ")
                .isNotEqualTo(before);
        browser.click("Let it slide");
        browser.await(() -> map.getDomAttribute("aria-label").endsWith("row 1, column 5"), "it slides");
        browser.click("Stop");
        requireCleanConsole();
    }

    @Test
    void theMapThatAPersonPointsAtIsChosenByKeysToo() {
        open("#inside/conv2/0?model=classic&sample=9");
        browser.await(() -> browser.all("#step [role='radio']").size() == 64, "64 maps");

        browser.find("#step [aria-checked='true']").sendKeys(Keys.ARROW_RIGHT);

        browser.awaitText("#step", "kernel 1, for map");
        assertThat(browser.driver.getCurrentUrl()).contains("#inside/conv2/1");
        requireCleanConsole();
    }

    @Test
    void theNearestTrainingImagesAreShownWhereThereIsAnIndex() {
        open("#inside?model=small&sample=9");

        browser.await(
                () -> browser.all("#inside .neighbour canvas").size() == 6, "five neighbours and one of the runner-up");

        assertThat(browser.text("#inside")).contains("Ankle boot", "Open classic instead");
        browser.click("Open classic instead");
        browser.awaitText("#inside", "There is no index of training images for classic");
        requireCleanConsole();
    }

    // --- Kernels -------------------------------------------------------------------------------------------------

    @ParameterizedTest
    @CsvSource({"blur, 3", "sharpen, 3", "edges, 3", "sobel-x, 3", "sobel-y, 3", "emboss, 3", "blur 5x5, 5", "box, 3"})
    void kernelsAnswerAsTheCommandLineDoes(String name, int size) {
        open("#kernels/" + name.replace(" ", "%20") + "?sample=9");
        browser.awaitText("#kernels .equation", "Row 15, column 15");
        String shown = browser.find("#kernels .equation b").getText().replace('\u2212', '-');

        var kernel = dev.lookbook.image.Kernel.of(
                name.replace(" 5x5", ""), size == 5 ? java.util.OptionalInt.of(5) : java.util.OptionalInt.empty());
        double[] answers = new dev.lookbook.image.Filter(kernel, dev.lookbook.image.Border.EDGE, 1, 0)
                .answers(dev.lookbook.image.Picture.grey(28, 28, TestImages.image(BOOT)), 0);

        assertThat(browser.all("#kernels .matrix input")).hasSize(size * size);
        assertThat(Double.parseDouble(shown))
                .isCloseTo(answers[14 * 28 + 14], org.assertj.core.data.Offset.offset(0.06));
        requireCleanConsole();
    }

    @Test
    void aNumberThatIsTypedCountsAtOnceAndNonsenseDoesNot() {
        open("#kernels/identity?sample=9");
        browser.awaitText("#kernels .equation", "= 1");
        String before = browser.text("#kernels .equation b");
        WebElement middle = browser.find("[aria-label='Row 2, column 2']");

        middle.sendKeys(Keys.chord(Keys.CONTROL, "a"), "2");

        browser.awaitText("#kernels", "an even area becomes 2 times as bright");
        assertThat(browser.text("#kernels .equation")).contains("2\u00b7").doesNotEndWith(" " + before);
        middle.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        assertThat(middle.getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(browser.text("#kernels .equation")).contains("2\u00b7");
        requireCleanConsole();
    }

    // --- Models and runs -----------------------------------------------------------------------------------------

    @Test
    void aCellOfTheConfusionMatrixShowsThePicturesBehindIt() throws IOException {
        open("#models/tiny");
        browser.awaitText("#detail", "tiny, version 1");

        browser.click("Show what it gets wrong");
        browser.await(() -> browser.all(".confusion button").size() > 20, "the matrix");
        WebElement cell = browser.find(".confusion [aria-label$='Shirt called Coat']");
        int count = Integer.parseInt(cell.getText());
        cell.click();

        browser.await(() -> browser.all(".pictures canvas").size() == Math.min(60, count), "the pictures");
        assertThat(browser.text(".behind")).contains("Shirt, but called Coat", "the most confident first");
        assertThat(browser.text("#detail")).contains("92.85% are right", "Class by class");
        browser.photograph("models-confusion");
        browser.requireAccessible("the confusion matrix");
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
        requireCleanConsoleBut("404");
    }

    // --- The whole -----------------------------------------------------------------------------------------------

    @Test
    void tabsAreGoneThroughByArrowKeysAndTheBackButton() {
        open("");

        browser.find("#tab-classify").sendKeys(Keys.ARROW_RIGHT);
        browser.driver.switchTo().activeElement().sendKeys(Keys.ARROW_RIGHT);
        assertThat(browser.driver.switchTo().activeElement().getText()).isEqualTo("Kernels");
        browser.driver.switchTo().activeElement().sendKeys(Keys.END);

        assertThat(browser.driver.switchTo().activeElement().getText()).isEqualTo("Models and runs");
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
        for (int i = 0;
                i < 60 && !browser.driver.switchTo().activeElement().getText().equals("Why? Look inside");
                i++) {
            keys.keyDown(Keys.SHIFT).sendKeys(Keys.TAB).keyUp(Keys.SHIFT).perform();
        }
        keys.sendKeys(Keys.ENTER).perform();

        browser.awaitText("#inside", "What decided?");
        requireCleanConsole();
    }

    private static String focused() {
        return Optional.ofNullable(browser.driver.switchTo().activeElement().getDomAttribute("aria-label"))
                .orElse("");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "classify-empty, #classify, What is this garment?",
        "classify, #classify?sample=9, Runner-up",
        "inside, #inside/conv2/5?model=classic&sample=9, Which maps before it add most",
        "inside-first, #inside/conv1/5?model=classic&sample=6, what lies under the kernel",
        "inside-pool, #inside/pool1/5?model=classic&sample=6, of these 4 wins",
        "inside-head, #inside/dense2/9?model=classic&sample=6, The features that speak most",
        "inside-neighbours, #inside/features/12?model=small&sample=6, similarity 0.9",
        "kernels, #kernels/emboss?sample=6, Light from one corner",
        "models, #models/small, How it was made",
    })
    void everyPartLooksWellAndKeepsNobodyOut(String name, String hash, String text) throws IOException {
        open(hash);
        browser.awaitText("main", text);

        browser.photograph(name);
        browser.requireAccessible(name);
        requireCleanConsole();
    }

    @Test
    void aPictureMayBeAPhotoOfAnyShape() throws IOException {
        open("");

        browser.give("drop", "tall.jpg", "image/jpeg", MadePhoto.jpeg(600, 1400));

        browser.await(() -> !browser.text("#answer .headline").isEmpty(), "an answer");
        browser.photograph("classify-photo");
        browser.click("Try kernels on it");
        browser.awaitText("#kernels", "110 \u00d7 256 pixels, in grey");
        browser.photograph("kernels-photo");
        requireCleanConsole();
    }

    // --- What goes wrong -----------------------------------------------------------------------------------------

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

        browser.give("drop", "huge.png", "image/png", new byte[5 << 20]);

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
        String token = "correct-horse-battery-staple";
        Access access = new Access("127.0.0.1", 0, Optional.of(token), false);
        try (Running guarded = Running.with(
                Files.createDirectories(folder.resolve("guarded")), Running.limits(2, 16), access, "tiny")) {
            browser.driver.get(guarded.server.url());
            browser.awaitText("#notice", "This server wants a token");
            browser.requireAccessible("the question for a token");

            browser.find("#token").sendKeys("wrong-wrong-wrong-wrong", Keys.ENTER);
            browser.awaitText("#notice", "This token is not the right one");
            browser.find("#token").sendKeys(token, Keys.ENTER);

            browser.await(() -> !browser.all("body.ready").isEmpty(), "the page goes on");
            browser.find("[aria-label='Sample: Trouser']").click();
            browser.awaitText("#answer .headline", "Trouser");
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
            browser.click("Try again");
            browser.awaitText("#answer .headline", "Ankle boot");
        }
        requireCleanConsoleBut("ERR_CONNECTION_REFUSED");
    }

    @Test
    void aBusyServerIsAskedAgainUntilItAnswers() throws Exception {
        Path own = Files.createDirectories(folder.resolve("busy"));
        try (Running busy = Running.with(own, "tiny")) {
            browser.open(busy.server.url() + "/");
            busy.post("/v2/repository/models/tiny/unload", "");

            browser.find("[aria-label='Sample: Trouser']").click();
            browser.awaitText("#notice", "The server is busy. Trying again in 1 s");
            busy.post("/v2/repository/models/tiny/load", "");

            browser.awaitText("#answer .headline", "Trouser");
            assertThat(browser.text("#notice")).isEmpty();
            requireCleanConsoleBut("503");
        }
    }

    // --- What comes over the wire --------------------------------------------------------------------------------

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

    @AfterEach
    void nothingComesFromElsewhere() {
        Object others =
                browser.driver.executeScript("return performance.getEntriesByType('resource').map(one => one.name)"
                        + ".filter(name => !name.startsWith(location.origin) && !name.startsWith('blob:'))");
        assertThat((List<?>) others).isEmpty();
    }

    private static void requireCleanConsole() {
        assertThat(browser.console()).isEmpty();
    }

    /** The browser notes every answer that is an error. */
    private static void requireCleanConsoleBut(String expected) {
        assertThat(browser.console()).allSatisfy(line -> assertThat(line).contains(expected));
    }
}
