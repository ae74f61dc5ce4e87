package dev.lookbook.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookbook.classify.Classifier;
import dev.lookbook.explain.Explainer;
import dev.lookbook.explain.Explanation;
import dev.lookbook.explain.LayerView;
import dev.lookbook.image.Picture;
import dev.lookbook.image.Prepared;
import dev.lookbook.model.Graph;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ExplanationPageTest {
    private static final int SIDE = 28;

    private final Random random = new Random(11);

    @Test
    void everyMemberOfSeveralIsShownAndWhatIsMirroredIsSaidToBe() throws IOException {
        String page = page(explained(convolutional(true), garment()));

        assertThat(page)
                .contains("2 views or members, the first, mirrored.", "averaged over the members")
                .contains("<h3>conv<", "<h3>mirrored/conv<", "All 5 filters.");
        assertThat(count(page, "All 5 filters\\.")).isEqualTo(2);
        assertThat(count(page, "This member sees the picture mirrored")).isEqualTo(1);
        assertThat(count(page, "here left and right are the picture")).isEqualTo(1);
        assertThat(count(page, "<h3>Where the winning features lie")).isEqualTo(2);
    }

    @Test
    void theNeuronsOfEveryMemberAreShownWhereThereIsNoConvolution() throws IOException {
        String page = page(explained(dense(), garment()));

        assertThat(page)
                .contains("3. Neuron by neuron", "<h3>hidden<", "<h3>mirrored/hidden<")
                .doesNotContain("Kernel by kernel", "Max-pooling", "Where the winning features lie");
        assertThat(count(page, "aria-label=\"neuron \\d of (mirrored/)?hidden\""))
                .isEqualTo(2 * 4);
        assertThat(count(page, "ReLU makes them 0")).isEqualTo(1); // only the first member has one
        assertThat(count(page, "This member sees the picture mirrored")).isEqualTo(1);
    }

    @Test
    void theSumThatIsWorkedOutInNumbersIsTheNetworksOwn() throws IOException {
        ExplainedPicture explained = explained(convolutional(false), garment());

        Matcher sum = Pattern.compile(
                        "The products add up to (\\S+); with the bias, (\\S+), that is <b>(\\S+)</b>: the strongest answer")
                .matcher(page(explained).replaceAll("\\s+", " "));

        assertThat(sum.find()).isTrue();
        double strongest = explained.explanation().stages().stream()
                .flatMap(stage -> stage.layers().stream())
                .filter(view -> view.layer().name().equals("conv"))
                .map(LayerView::statistics)
                .mapToDouble(statistics -> statistics.largest())
                .max()
                .orElseThrow();
        assertThat(sum.group(3)).isEqualTo(Html.number("%.3f", strongest));
        assertThat(Double.parseDouble(sum.group(1)) + Double.parseDouble(sum.group(2)))
                .isEqualTo(strongest, within(0.0015));
    }

    @Test
    void whereNoSquareLowersTheAnswerNothingIsSaidToFall() throws IOException {
        String page = page(explained(convolutional(false), new byte[SIDE * SIDE]));

        assertThat(page)
                .contains("Here no square lowers the probability of", "No pixels speak for")
                .doesNotContain("1.00 times", "NaN", "Infinity");
    }

    @Test
    void aPictureThatWasTurnedToLightOnDarkIsShownAsItWas() throws IOException {
        byte[] white = garment();
        for (int i = 0; i < white.length; i++) {
            white[i] = (byte) (255 - white[i]);
        }

        assertThat(page(explained(convolutional(false), garment(), garment()))).doesNotContain("class=\"photo\"");
        assertThat(page(explained(convolutional(false), garment(), white))).contains("class=\"photo\"");
    }

    private static ExplainedPicture explained(ModelFile model, byte[] pixels) throws IOException {
        return explained(model, pixels, pixels);
    }

    private static ExplainedPicture explained(ModelFile model, byte[] pixels, byte[] original) throws IOException {
        try (Classifier classifier = Classifier.open(model, 1);
                Explainer explainer = Explainer.open(classifier, Optional.empty())) {
            Explanation explanation = explainer.explain(new Prepared(SIDE, pixels, true));
            return new ExplainedPicture(
                    "x.png", Optional.of(Picture.grey(SIDE, SIDE, original)), model, explanation, Map.of());
        }
    }

    private static String page(ExplainedPicture explained) {
        return explained.html();
    }

    private byte[] garment() {
        byte[] pixels = new byte[SIDE * SIDE];
        for (int i = 6 * SIDE; i < 20 * SIDE; i++) {
            pixels[i] = (byte) (i % SIDE < 5 || i % SIDE > 18 ? 0 : 60 + (7 * i) % 190);
        }
        return pixels;
    }

    /** One or two members that find the strongest place of each map. */
    private ModelFile convolutional(boolean mirroredToo) {
        Graph graph = new Graph(SIDE, SIDE);
        String pixels = graph.pixels(1 / 255f, 0);
        String first = convolutionalMember(graph, "", pixels);
        String logits = mirroredToo
                ? graph.logMeanProbability(
                        "mean",
                        List.of(
                                first,
                                convolutionalMember(graph, "mirrored/", graph.mirror("mirrored/mirror", pixels))))
                : first;
        graph.outputs(logits, logits, 1);
        return ModelFile.of(graph, info());
    }

    private String convolutionalMember(Graph graph, String path, String input) {
        String x = graph.convolution(path + "conv", input, numbers(5 * 9), 5, 1, 3, 3, numbers(5), 1, 1);
        x = graph.globalMaxPool(path + "features", graph.maxPool(path + "pool", graph.relu(path + "relu", x), 4, 4));
        return graph.dense(path + "head", x, numbers(15), 3, 5, null);
    }

    /** Two members without a convolution, the second without ReLU. */
    private ModelFile dense() {
        Graph graph = new Graph(SIDE, SIDE);
        String pixels = graph.pixels(1 / 255f, 0);
        String mirrored = graph.mirror("mirrored/mirror", pixels);
        String x = graph.dense("hidden", graph.flatten("flatten", pixels), numbers(4 * 784), 4, 784, null);
        String first = graph.dense("head", graph.relu("relu", x), numbers(12), 3, 4, null);
        String y = graph.flatten("mirrored/flatten", mirrored);
        y = graph.dense("mirrored/hidden", y, numbers(4 * 784), 4, 784, null);
        String second = graph.dense("mirrored/head", y, numbers(12), 3, 4, null);
        String mean = graph.logMeanProbability("mean", List.of(first, second));
        graph.outputs(mean, mean, 1);
        return ModelFile.of(graph, info());
    }

    private static ModelInfo info() {
        return new ModelInfo(
                "toy", "1", List.of("a", "b", "c"), "fashion-mnist/1", false, OptionalDouble.empty(), "{}");
    }

    private float[] numbers(int count) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian();
        }
        return numbers;
    }

    private static long count(String page, String pattern) {
        return Pattern.compile(pattern).matcher(page).results().count();
    }
}
