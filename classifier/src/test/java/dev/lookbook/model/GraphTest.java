package dev.lookbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GraphTest {
    private static final int IMAGES = 3;

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void onnxRuntimeGetsWhatSlowArithmeticGets(long seed) throws Exception {
        RandomNetwork network = new RandomNetwork(seed, IMAGES);
        ModelFile model = ModelFile.of(network.graph, info(network.classes));

        Map<String, float[][]> outputs = run(model, network.images, network.rgb);

        for (int i = 0; i < IMAGES; i++) {
            assertClose(outputs.get("embedding")[i], network.embedding.get(i));
            assertClose(outputs.get("logits")[i], network.logits.get(i));
            assertClose(outputs.get("probabilities")[i], network.probabilities.get(i));
            if (model.knowsUnfamiliarity()) {
                assertClose(outputs.get("unfamiliarity")[i], network.unfamiliarity.get(i));
            }
        }
        assertThat(model.knowsUnfamiliarity()).isEqualTo(!network.unfamiliarity.isEmpty());
        assertThat(model.layers()).isEqualTo(network.graph.layers());
        assertThat(model.layers()).allSatisfy(layer -> assertThat(layer.shape()).isNotEmpty());
        assertThat(model.embeddingSize()).isEqualTo(network.embedding.get(0).channels());
    }

    @Test
    void aDistanceCountsAsNoTrainedNumbers() {
        Graph graph = Models.network(28, 10, new Random(1));
        long parameters = graph.parameters();
        float[] eight = new float[8];
        graph.unfamiliarity(new RelativeDistance(eight, new float[64], new float[80], new float[10], 0, 1));

        assertThat(graph.parameters()).isEqualTo(parameters);
        assertThat(graph.layers().get(graph.layers().size() - 1).toString())
                .contains("unfamiliarity", "RELATIVE_DISTANCE", "[1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Models.network(28, 10, new Random(1))
                        .unfamiliarity(new RelativeDistance(eight, new float[64], new float[72], new float[9], 0, 1)))
                .withMessage("a distance of 8 numbers and 9 classes does not fit the graph's 8 and 10");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RelativeDistance(eight, new float[64], new float[80], new float[10], 1, 1))
                .withMessage("a rare distance must be above a typical one, but is 1.0, and that is 1.0");
    }

    @Test
    void equalWeightsAreStoredOnce() {
        float[] weights = Models.random(new Random(1), 4 * 9);
        float[] bias = Models.random(new Random(2), 4);
        Graph graph = new Graph(28, 28);
        String pixels = graph.pixels(1, 0);
        String plain = graph.convolution("conv1", pixels, weights, 4, 1, 3, 3, bias, 1, 1);
        String mirrored = graph.mirror("mirror", pixels);
        mirrored = graph.convolution("mirrored/conv1", mirrored, weights.clone(), 4, 1, 3, 3, bias.clone(), 1, 1);
        String sum = graph.globalMaxPool("pool", graph.add("sum", plain, mirrored));
        graph.outputs(sum, sum, 1);

        ModelFile model = ModelFile.of(graph, info(4));

        assertThat(model.parameters()).isEqualTo(4 * 9 + 4);
        assertThat(model.flops()).isEqualTo(2 * 2 * 4 * 9 * 28 * 28);
        assertThat(model.bytes()).hasSizeLessThan(3000);
    }

    @Test
    void summaryNamesEveryLayerOnce() {
        Graph graph = Models.network(28, 10, new Random(1));

        assertThat(graph.layers())
                .extracting(layer -> layer.name() + " | " + layer.kind() + " | " + layer.shape())
                .containsExactly(
                        "pixels | pixels | [1, 28, 28]",
                        "conv1 | convolution 3x3 | [8, 28, 28]",
                        "relu1 | relu | [8, 28, 28]",
                        "pool1 | max-pool 2x2, stride 2 | [8, 14, 14]",
                        "conv2 | convolution 3x3 | [8, 14, 14]",
                        "relu2 | relu | [8, 14, 14]",
                        "sum2 | add | [8, 14, 14]",
                        "pool2 | global max-pool | [8]",
                        "head | dense | [10]",
                        "scale | scale | [10]",
                        "embedding | output | [8]",
                        "logits | output | [10]",
                        "probabilities | softmax with temperature | [10]");
    }

    @Test
    void whatDoesNotFitIsRefusedByName() {
        Graph graph = new Graph(28, 28);
        String pixels = graph.pixels(1, 0);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.convolution("conv1", pixels, new float[18], 1, 2, 3, 3, null, 1, 1))
                .withMessage("conv1: filters for [2, height, width] does not fit the input [1, 28, 28]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.convolution("conv1", pixels, new float[8], 1, 1, 3, 3, null, 1, 1))
                .withMessageContaining("asks for 9 weights and 1 biases");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.maxPool("pool1", pixels, 29, 1))
                .withMessageContaining("pool1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.dense("head", pixels, new float[784], 1, 784, null))
                .withMessageContaining("head");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.relu("relu1", "nowhere"))
                .withMessage("relu1: there is no value nowhere before it");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.relu("pixels", pixels))
                .withMessage("there is a layer pixels already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.relu("a:b", pixels))
                .withMessageContaining("a:b");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.outputs(pixels, pixels, 1))
                .withMessageContaining("logits: pixels must have 1 dimensions");
        assertThatIllegalStateException().isThrownBy(() -> ModelFile.of(graph, info(2)));
    }

    private static ModelInfo info(int classes) {
        List<String> labels =
                IntStream.range(0, classes).mapToObj(k -> "class " + k).toList();
        return new ModelInfo("random", "1", labels, "none", true, OptionalDouble.empty(), "{}");
    }

    private static Map<String, float[][]> run(ModelFile model, byte[][] images, boolean rgb) throws Exception {
        ByteBuffer pixels = ByteBuffer.allocateDirect(images.length * images[0].length);
        for (byte[] image : images) {
            pixels.put(image);
        }
        long[] shape = rgb
                ? new long[] {images.length, model.height(), model.width(), 3}
                : new long[] {images.length, model.height(), model.width()};
        OrtEnvironment environment = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "lookbook");
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            return run(environment, options, model, pixels.rewind(), shape);
        }
    }

    private static Map<String, float[][]> run(
            OrtEnvironment environment,
            OrtSession.SessionOptions options,
            ModelFile model,
            ByteBuffer pixels,
            long[] shape)
            throws Exception {
        try (OrtSession session = environment.createSession(model.bytes(), options);
                OnnxTensor input = OnnxTensor.createTensor(environment, pixels, shape, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of("images", input))) {
            Map<String, float[][]> outputs = new HashMap<>();
            for (Map.Entry<String, OnnxValue> output : result) {
                outputs.put(output.getKey(), (float[][]) output.getValue().getValue());
            }
            return outputs;
        }
    }

    private static void assertClose(float[] actual, Plain expected) {
        assertThat(actual).hasSameSizeAs(expected.numbers());
        for (int i = 0; i < actual.length; i++) {
            double tolerance = 1e-4 * Math.max(1, Math.abs(expected.numbers()[i]));
            assertThat((double) actual[i]).isEqualTo(expected.numbers()[i], within(tolerance));
        }
    }
}
