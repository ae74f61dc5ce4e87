package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookbook.dataset.LabelledImages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SharpnessAwareTest {
    private static final double RADIUS = 0.001; // short enough for the loss to rise all the way
    private static final LabelledImages DRAWN = Pictures.drawn(32, 7);

    @BeforeAll
    static void useOneThread() {
        Trainer.useThreads(1);
    }

    @Test
    void theWayUpIsAsLongAsTheRadiusAndRaisesTheLossAndComesBack() throws Exception {
        TrainSettings settings = Settings.of("tiny", 1, Map.of("sam_radius", RADIUS));
        Network network = Networks.create(settings, DRAWN);
        SharpnessAware sam = SharpnessAware.of(network, settings).orElseThrow();
        try (PointerScope scope = new PointerScope()) {
            Tensor pixels = Tensor.create(DRAWN.pixels(), false, DRAWN.count(), 28, 28);
            Tensor labels = Tensor.create(java.util.stream.IntStream.of(DRAWN.labelIndices())
                    .asLongStream()
                    .toArray());
            Tensor loss = Operators.crossEntropy(network.forward(pixels, true), labels, 0);
            network.backward(loss);
            Map<String, float[]> start = values(network);

            List<Tensor> before = sam.climb();

            assertThat(distance(start, values(network))).isCloseTo(RADIUS, within(1e-6));
            double higher = Operators.crossEntropy(network.forward(pixels, true), labels, 0)
                    .item_float();
            assertThat(higher).isGreaterThan(loss.item_float());

            sam.returnTo(before);

            assertThat(values(network)).as("running statistics, too").containsExactlyEntriesOf(start);
        }
    }

    @Test
    void withoutARadiusNothingIsMoved() throws Exception {
        TrainSettings settings = Settings.of("tiny", 1, Map.of());

        assertThat(SharpnessAware.of(Networks.create(settings, DRAWN), settings))
                .isEmpty();
    }

    private static Map<String, float[]> values(Network network) {
        Map<String, float[]> values = new LinkedHashMap<>();
        network.variables().forEach(variable -> values.put(variable.name(), variable.values()));
        return values;
    }

    private static double distance(Map<String, float[]> from, Map<String, float[]> to) {
        double square = 0;
        for (String name : from.keySet()) {
            for (int i = 0; i < from.get(name).length; i++) {
                square += Math.pow(from.get(name)[i] - to.get(name)[i], 2);
            }
        }
        return Math.sqrt(square);
    }
}
