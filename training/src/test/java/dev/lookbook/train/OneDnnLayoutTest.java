package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What oneDNN computes of maps in its own layout against what libtorch computes of maps that it can read. */
class OneDnnLayoutTest {
    private static final long SEED = 17;

    @BeforeEach
    void startFromTheSeed() {
        torch.manual_seed(SEED);
    }

    @AfterEach
    void computeInFp32Again() {
        Precision.FP32.use();
    }

    /** In bf16 the gradients of kernels on the 3x3 maps of the second stage are one matrix product of our own. */
    @ParameterizedTest
    @EnumSource(Precision.class)
    void stagesAnswerAndLearnTheSameInBothLayouts(Precision precision) {
        precision.use();
        assumeOneDnnTakes(torch.randn(1, 1, 3, 3));
        double tolerance = precision == Precision.FP32 ? 1e-4 : 0.03;
        try (PointerScope scope = new PointerScope()) {
            Tensor pictures = torch.randn(8, 16, 6, 6).to(precision.type());

            Map<String, float[]> libtorchs = learn(pictures, Operators::channelsLast);
            Map<String, float[]> oneDnns = learn(pictures, OneDnnLayout::of);

            assertThat(oneDnns).containsOnlyKeys(libtorchs.keySet()).hasSize(21);
            libtorchs.forEach((what, expected) -> assertThat(distance(oneDnns.get(what), expected))
                    .as("seed %d, %s", SEED, what)
                    .isCloseTo(0, within(tolerance)));
        }
    }

    @Test
    void mapsThatLibtorchCanReadHaveTheirValuesBack() {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = torch.randn(3, 5, 7, 4);
            assumeOneDnnTakes(x);
            Tensor inside = OneDnnLayout.of(x);

            assertThat(inside.is_mkldnn()).isTrue();
            assertThat(OneDnnLayout.of(inside).is_mkldnn()).isTrue();
            assertThat(Tensors.values(OneDnnLayout.readable(inside))).isEqualTo(Tensors.values(x));
            assertThat(Tensors.values(Operators.sum(inside, x)))
                    .as("a sum of maps in both layouts")
                    .isEqualTo(Tensors.values(x.add(x)));
        }
    }

    /** Not on every processor, nor in bf16 on each. */
    private static void assumeOneDnnTakes(Tensor x) {
        if (Precision.inUse() == Precision.FP32 && System.getProperty("os.arch").equals("amd64")) {
            assertThat(OneDnnLayout.of(x).is_mkldnn()).isTrue();
        }
        assumeThat(OneDnnLayout.of(x).is_mkldnn())
                .as("oneDNN takes maps in its layout here")
                .isTrue();
    }

    /** Answers while training and afterwards, gradients, weights and running statistics of two stages, by name. */
    private static Map<String, float[]> learn(Tensor pictures, UnaryOperator<Tensor> layout) {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Layer> layers = new ArrayList<>();
        layers.add(BlockLayer.of("stage1.conv", 16, 32, false, random));
        layers.add(BlockLayer.of("stage1.block", 32, 32, true, random));
        layers.add(new Layer.MaxPool("pool"));
        layers.add(BlockLayer.of("stage2.block", 32, 32, true, random));
        layers.add(new Layer.GlobalMaxPool("features"));
        Tensor input = pictures.clone().set_requires_grad(true);

        Tensor features = forward(layers, layout.apply(input), true);
        features.to(torch.ScalarType.Float).square().sum().backward();
        layers.forEach(Layer::completeGradients);

        Map<String, float[]> learnt = new LinkedHashMap<>();
        learnt.put("features", Tensors.values(features));
        learnt.put("features afterwards", Tensors.values(forward(layers, layout.apply(input), false)));
        learnt.put("the input's gradient", Tensors.values(input.grad()));
        for (Layer layer : layers) {
            for (Variable variable : layer.variables()) {
                if (variable.isTrained()) {
                    learnt.put(
                            "gradient of " + variable.name(),
                            Tensors.values(variable.value().grad()));
                }
                learnt.put(variable.name(), variable.values());
            }
        }
        return learnt;
    }

    private static Tensor forward(List<Layer> layers, Tensor x, boolean training) {
        for (Layer layer : layers) {
            x = layer.forward(x, training);
        }
        return x;
    }

    /** The length of the difference by that of what is expected. */
    private static double distance(float[] got, float[] expected) {
        assertThat(got).hasSameSizeAs(expected);
        double difference = 0;
        double length = 0;
        for (int i = 0; i < got.length; i++) {
            difference += Math.pow(got[i] - expected[i], 2);
            length += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / Math.max(length, 1e-12));
    }
}
