package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** The network, step by step, with the sums behind its values. */
class PageInsideTest extends PageTests {
    private static final Pattern SUM = Pattern.compile(
            "(-?[0-9.]+) \\(stage2.conv.relu\\) \\+ (-?[0-9.]+) \\(stage2.block1.relu\\) = (-?[0-9.]+)");

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
        String share = browser.find("[aria-label='From sums to probabilities'] tbody tr td:last-child")
                .getText();
        assertThat(browser.text("#inside .saw")).startsWith("Ankle boot " + share); // as the model file has it
        requireCleanConsole();
    }

    @Test
    void whatAStepMultipliesByIsToldByANumberThatIsNotZero() {
        go("#classify");

        Object factor = browser.compute("""
                const {factor} = await import('/page/arithmetic.js');
                const numbers = (...values) => ({values: new Float32Array(values)});
                return factor(numbers(0, -0.5, 0.25), numbers(0, -2, 1));
                """);

        assertThat(factor).isEqualTo(0.25);
        requireCleanConsole();
    }

    /** The browser's own sums of inputs times weights against what ONNX Runtime made, at random places. */
    @ParameterizedTest
    @ValueSource(strings = {"classic", "tiny", "small", "ensemble"})
    void theArithmeticThatIsShownGivesTheValuesThatWereComputed(String model) {
        go("#classify");
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
                  if (!['convolution', 'dense', 'add'].includes(layer.type)) continue;
                  for (let i = 0; i < 4; i++) {
                    const channel = random(layer.shape[0]);
                    if (layer.type === 'add') {
                      const at = random(layer.values.length);
                      const added = sum(layer.inputs.map(name => layers.get(name).values[at]));
                      worst = Math.max(worst, Math.abs(layer.values[at] - added) / Math.max(1, Math.abs(added)));
                      checked++;
                      continue;
                    }
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
        WebElement other = browser.find("#step [aria-pressed='false']");
        String before = other.getText();
        other.sendKeys(Keys.ENTER);
        assertThat(browser.focused().getText()).isEqualTo(before);
        assertThat(browser.focused().getDomAttribute("aria-pressed")).isEqualTo("true");
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

    /** The networks with shortcuts; each has four, and ensemble has them in each of its three. */
    @ParameterizedTest
    @CsvSource({"small, 4", "ensemble, 12"})
    void aResidualShortcutIsDrawnAndAddedUp(String model, int shortcuts) throws IOException {
        open("#inside/stage2.block1.sum/0?model=" + model + "&sample=6");
        browser.awaitText("#step", "The map of stage2.conv.relu, from 3 steps before, is added");

        assertThat(browser.all(".steps .bypass.leaves")).hasSize(shortcuts);
        assertThat(browser.all(".steps .bypass.passes")).hasSize(2 * shortcuts);
        assertThat(browser.all(".steps .bypass.returns")).hasSize(shortcuts);
        assertThat(browser.text(".step[data-layer='stage2.block1.sum']")).contains("+ 3 steps back");
        // Which maps have places to which both add something depends on the model that ships.
        assertThat(IntStream.range(0, 32).anyMatch(map -> bothAddSomewhere(model, map)))
                .as("a map with a place to which both add something")
                .isTrue();
        if (model.equals("small")) {
            browser.photograph("inside-shortcut");
        }
        browser.find(".step[data-layer='stage2.conv.relu']").click();
        browser.awaitText("#step", "These maps also go straight to stage2.block1.sum");
        browser.button("stage2.block1.sum").sendKeys(Keys.ENTER);
        browser.awaitText("#step-name", "stage2.block1.sum");
        assertThat(browser.focused().getDomAttribute("id")).isEqualTo("step-name");
        requireCleanConsole();
    }

    /** Walks over a few places of a map, each of whose sums must be right. */
    private boolean bothAddSomewhere(String model, int number) {
        open("#inside/stage2.block1.sum/" + number + "?model=" + model + "&sample=6");
        browser.awaitText("#step", "The map of stage2.conv.relu, from 3 steps before, is added");
        WebElement map = browser.find("#step .pointable");
        boolean isFound = false;
        for (Keys key : List.of(Keys.ARROW_DOWN, Keys.ARROW_LEFT, Keys.ARROW_LEFT, Keys.ARROW_UP, Keys.ARROW_RIGHT)) {
            map.sendKeys(key);
            Matcher sum = SUM.matcher(browser.text("#step .equation").replace('\u2212', '-'));
            assertThat(sum.matches()).as(browser.text("#step .equation")).isTrue();
            assertThat(Double.parseDouble(sum.group(1)) + Double.parseDouble(sum.group(2)))
                    .isCloseTo(Double.parseDouble(sum.group(3)), Offset.offset(0.0016)); // each is rounded
            isFound |= Double.parseDouble(sum.group(1)) > 0 && Double.parseDouble(sum.group(2)) > 0;
        }
        return isFound;
    }
}
