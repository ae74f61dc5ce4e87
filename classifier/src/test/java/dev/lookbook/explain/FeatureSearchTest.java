package dev.lookbook.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookbook.classify.Activations;
import dev.lookbook.explain.LayerFeatures.Excitation;
import dev.lookbook.explain.LayerFeatures.Feature;
import dev.lookbook.model.Graph;
import dev.lookbook.model.Layer;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.Models;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FeatureSearchTest {
    private static final int COUNT = 130;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mlp | dense1.relu",
                "classic | conv2.relu dense1.relu",
                "tiny | stage1.conv.relu stage1.block1.sum stage2.conv.relu stage2.block1.sum stage3.conv.relu"
                        + " stage3.block1.sum stage4.conv.relu stage4.block1.sum",
            })
    void everyFilterBehindTheFirstConvolutionIsSearched(String model, String layers) throws IOException {
        List<LayerFeatures> found = search(ModelFile.read(TestImages.model(model)), 20, 2);

        assertThat(found).extracting(layer -> layer.layer().name()).containsExactly(layers.split(" "));
        assertThat(found)
                .allSatisfy(layer -> assertThat(layer.features())
                        .hasSize(layer.layer().shape().get(0)));
    }

    @Test
    void theStrongestPlacesAreThoseOfAllMaps() throws Exception {
        ModelFile model = ModelFile.read(TestImages.model("classic"));
        byte[] pixels = TestImages.pixels("t10k", COUNT);
        float[] values;
        try (Activations activations = Activations.open(model, List.of("conv2.relu"))) {
            values = activations.run(pixels, COUNT).get("conv2.relu");
        }

        LayerFeatures found = FeatureSearch.run(model, pixels, COUNT, 9).get(0);

        for (Feature feature : found.features()) {
            double[] strongest = IntStream.range(0, COUNT)
                    .mapToDouble(i -> strongest(values, i * 64 + feature.channel()))
                    .filter(value -> value > 0)
                    .sorted()
                    .toArray();
            assertThat(feature.strongest()).hasSize(Math.min(9, strongest.length));
            assertThat(feature.strongest()).extracting(Excitation::image).doesNotHaveDuplicates();
            for (int i = 0; i < feature.strongest().size(); i++) {
                Excitation one = feature.strongest().get(i);
                assertThat((double) one.activation()).isEqualTo(strongest[strongest.length - 1 - i], within(1e-4));
                float there = values[((one.image() * 64 + feature.channel()) * 14 + one.row()) * 14 + one.column()];
                assertThat(there).isEqualTo(one.activation(), within(1e-4f));
            }
        }
    }

    private static double strongest(float[] values, int map) {
        float[] one = Arrays.copyOfRange(values, map * 196, (map + 1) * 196);
        Arrays.sort(one);
        return one[195];
    }

    @Test
    void aNetworkWhoseOnlyConvolutionLooksAtThePixelsHasNothingToSearch() throws IOException {
        ModelFile model = ModelFile.of(Models.twoMembers(3, new Random(7)), Models.info("a", "b", "c"));

        assertThat(search(model, 10, 9)).isEmpty();
    }

    @Test
    void aHiddenLayerAsWideAsThereAreClassesIsSearchedAndTheLastOneIsNot() throws IOException {
        Random random = new Random(9);
        Graph graph = new Graph(28, 28);
        String x = graph.flatten("flatten", graph.pixels(1 / 255f, 0));
        x = graph.relu("hidden.relu", graph.dense("hidden", x, Models.random(random, 3 * 784), 3, 784, null));
        graph.outputs(graph.relu("last.relu", graph.dense("last", x, Models.random(random, 9), 3, 3, null)), x, 1);
        ModelFile rectified = ModelFile.of(graph, Models.info("a", "b", "c"));
        graph = new Graph(28, 28);
        x = graph.flatten("flatten", graph.pixels(1 / 255f, 0));
        x = graph.relu("hidden.relu", graph.dense("hidden", x, Models.random(random, 3 * 784), 3, 784, null));
        graph.outputs(graph.dense("last", x, Models.random(random, 9), 3, 3, null), x, 1);
        ModelFile usual = ModelFile.of(graph, Models.info("a", "b", "c"));

        assertThat(search(usual, 5, 2))
                .extracting(layer -> layer.layer().name())
                .containsExactly("hidden.relu");
        assertThat(Heads.of(usual)).extracting(Layer::name).containsExactly("last");
        assertThat(Heads.of(rectified)).as("something else comes after the sum").isEmpty();
    }

    private static List<LayerFeatures> search(ModelFile model, int count, int wanted) throws IOException {
        return FeatureSearch.run(model, TestImages.pixels("t10k", count), count, wanted);
    }
}
