package dev.lookbook.model;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;

/** Small models with random weights. */
public final class Models {
    private Models() {}

    public static ModelInfo info(String... labels) {
        return new ModelInfo("toy", "1", List.of(labels), "fashion-mnist/1", false, OptionalDouble.empty(), "{}");
    }

    /** A convolutional network with a shortcut, as small ones are. */
    public static Graph network(int side, int classes, Random random) {
        Graph graph = new Graph(side, side);
        String x = graph.pixels(1 / 255f, -0.3f);
        x = graph.convolution("conv1", x, random(random, 8 * 9), 8, 1, 3, 3, random(random, 8), 1, 1);
        x = graph.relu("relu1", x);
        x = graph.maxPool("pool1", x, 2, 2);
        String shortcut = x;
        x = graph.convolution("conv2", x, random(random, 8 * 8 * 9), 8, 8, 3, 3, random(random, 8), 1, 1);
        x = graph.add("sum2", shortcut, graph.relu("relu2", x));
        String embedding = graph.globalMaxPool("pool2", x);
        String head = graph.dense("head", embedding, random(random, classes * 8), classes, 8, null);
        graph.outputs(graph.scale("scale", head, 1 / 9f), embedding, 1);
        return graph;
    }

    /** The smallest graph there is. */
    public static Graph tiny() {
        Graph graph = new Graph(1, 2);
        String flat = graph.flatten("flatten", graph.pixels(1, 0));
        graph.outputs(graph.dense("head", flat, new float[] {1, 2, 3, 4}, 2, 2, new float[] {0, 1}), flat, 1);
        return graph;
    }

    public static float[] random(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
