package dev.lookbook.cli;

import dev.lookbook.model.Graph;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import java.util.List;
import java.util.OptionalDouble;

/** A small model with a layer of each usual kind, to try out whether models run here; its answers mean nothing. */
final class Probe {

    static final int SIDE = 28;

    private Probe() {}

    static ModelFile model() {
        Graph graph = new Graph(SIDE, SIDE);
        float[] kernels = new float[2 * 9];
        kernels[4] = 1; // one sees the pixel in the middle, the other nothing
        String x = graph.convolution("conv", graph.pixels(1 / 255f, 0), kernels, 2, 1, 3, 3, new float[2], 1, 1);
        String features = graph.globalMaxPool("features", graph.maxPool("pool", graph.relu("relu", x), 2, 2));
        String logits = graph.dense("dense", features, new float[] {0, 1, 1, 0}, 2, 2, null);
        graph.outputs(logits, features, 1);
        return ModelFile.of(
                graph,
                new ModelInfo(
                        "probe", "1", List.of("one", "two"), "fashion-mnist/1", false, OptionalDouble.empty(), "{}"));
    }
}
