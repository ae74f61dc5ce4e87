package dev.lookbook.cli;

import dev.lookbook.model.Graph;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import java.util.List;
import java.util.OptionalDouble;

/** The smallest model there is, to try out whether models run here; its answers mean nothing. */
final class Probe {

    static final int SIDE = 28;

    private Probe() {}

    static ModelFile model() {
        Graph graph = new Graph(SIDE, SIDE);
        String pixels = graph.flatten("flat", graph.pixels(1 / 255f, 0));
        String logits = graph.dense("dense", pixels, new float[2 * SIDE * SIDE], 2, SIDE * SIDE, null);
        graph.outputs(logits, pixels, 1);
        return ModelFile.of(
                graph,
                new ModelInfo(
                        "probe", "1", List.of("one", "two"), "fashion-mnist/1", false, OptionalDouble.empty(), "{}"));
    }
}
