package dev.lookbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lookbook.classify.Activations;
import java.io.DataInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the layers of a model are said to have made is what plain arithmetic makes. */
class InnerValuesTest {
    private static final Path HOME = Path.of(System.getProperty("lookbook.home"));
    private static final int SIZE = 784;
    private static final double TOLERANCE = 1e-4;

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "classic", "tiny", "small", "base", "ensemble"})
    void everyLayerOfAShippedModelIsWhatPlainArithmeticGives(String name) throws Exception {
        ModelFile model = ModelFile.read(HOME.resolve("models/" + name + ".onnx"));
        byte[] images = testImages(2);

        Map<String, float[]> values = run(model, images, 2);

        for (int i = 0; i < 2; i++) {
            Map<String, Plain> plain = PlainRun.of(model, Arrays.copyOfRange(images, i * SIZE, (i + 1) * SIZE));
            assertThat(plain.keySet()).containsAll(values.keySet());
            for (String layer : values.keySet()) {
                assertClose(layer, values.get(layer), i, plain.get(layer));
            }
        }
    }

    static LongStream seeds() {
        return LongStream.range(100, 130);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void everyLayerOfARandomNetworkIsWhatPlainArithmeticGives(long seed) throws Exception {
        RandomNetwork network = new RandomNetwork(seed, 1);
        List<String> labels =
                IntStream.range(0, network.classes).mapToObj(k -> "class " + k).toList();
        ModelFile model = ModelFile.of(
                network.graph, new ModelInfo("random", "1", labels, "none", true, OptionalDouble.empty(), "{}"));

        Map<String, float[]> values = run(model, network.images[0], 1);

        Map<String, Plain> plain = PlainRun.of(model, network.images[0]);
        for (String layer : values.keySet()) {
            assertClose(layer, values.get(layer), 0, plain.get(layer));
        }
    }

    @Test
    void showingLayersLeavesTheAnswersAsTheyAre() throws Exception {
        ModelFile model = ModelFile.read(HOME.resolve("models/small.onnx"));
        byte[] images = testImages(20);

        float[] all = run(model, images, 20).get(Values.PROBABILITIES);

        try (Activations answers = Activations.open(model, List.of(Values.PROBABILITIES))) {
            float[] alone = answers.run(images, 20).get(Values.PROBABILITIES);
            for (int i = 0; i < alone.length; i++) {
                assertThat(all[i]).isEqualTo(alone[i], within(1e-6f));
            }
        }
    }

    @Test
    void aLayerThatThereIsNotIsRefusedAndThoseThatThereAreAreNamed() {
        ModelFile model = ModelFile.of(Models.network(28, 2, new Random(1)), Models.info("a", "b"));

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Activations.open(model, List.of("conv7")))
                .withMessageStartingWith("model toy has no layer conv7. It has: pixels, conv1, relu1, pool1");
    }

    @Test
    void aLayerTellsWhatItIsMadeOf() {
        ModelFile model = ModelFile.of(Models.network(28, 2, new Random(1)), Models.info("a", "b"));

        assertThat(model.layer("conv2").type()).isEqualTo(LayerType.CONVOLUTION);
        assertThat(model.layer("conv2").inputs()).containsExactly("pool1");
        assertThat(model.layer("conv2").window()).contains(new Window(3, 3, 1, 1));
        assertThat(model.layer("sum2").inputs()).containsExactly("pool1", "relu2");
        assertThat(model.layer("pixels").inputs()).containsExactly("images");
        assertThat(model.weights("conv2").orElseThrow().shape()).containsExactly(8, 8, 3, 3);
        assertThat(model.weights("conv2").orElseThrow().bias()).hasSize(8);
        assertThat(model.weights("head").orElseThrow().bias()).containsOnly(0);
        assertThat(model.weights("relu2")).isEmpty();
        assertThat(model.factor("scale")).isEqualTo(1 / 9f);
    }

    private static Map<String, float[]> run(ModelFile model, byte[] images, int count) throws Exception {
        List<String> names = model.layers().stream().map(Layer::name).toList();
        try (Activations activations = Activations.open(model, names)) {
            return activations.run(images, count);
        }
    }

    private static void assertClose(String layer, float[] values, int image, Plain plain) {
        double[] expected = plain.numbers();
        assertThat(values.length % expected.length).as("numbers of %s", layer).isZero();
        for (int i = 0; i < expected.length; i++) {
            double tolerance = TOLERANCE * Math.max(1, Math.abs(expected[i]));
            assertThat((double) values[image * expected.length + i])
                    .as("value %d of %s", i, layer)
                    .isEqualTo(expected[i], within(tolerance));
        }
    }

    private static byte[] testImages(int count) throws Exception {
        Path file = HOME.resolve("data/fashion-mnist/t10k-images-idx3-ubyte.gz");
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            in.skipNBytes(16);
            return in.readNBytes(count * SIZE);
        }
    }
}
