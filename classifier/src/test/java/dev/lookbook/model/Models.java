package dev.lookbook.model;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

    /** Two members, the second of which sees the picture mirrored; their probabilities are averaged. */
    public static Graph twoMembers(int classes, Random random) {
        return twoMembers(classes, random, random);
    }

    /** The same, but both have the same weights. */
    public static Graph twoAlike(int classes, Random random) {
        long seed = random.nextLong();
        return twoMembers(classes, new Random(seed), new Random(seed));
    }

    private static Graph twoMembers(int classes, Random first, Random second) {
        Graph graph = new Graph(28, 28);
        String pixels = graph.pixels(1 / 255f, -0.3f);
        String[] logits = new String[2];
        String[] features = new String[2];
        for (int i = 0; i < 2; i++) {
            String path = i == 0 ? "" : "mirrored/";
            Random random = i == 0 ? first : second;
            String x = i == 0 ? pixels : graph.mirror("mirrored/mirror", pixels);
            x = graph.convolution(path + "conv1", x, random(random, 8 * 9), 8, 1, 3, 3, random(random, 8), 1, 1);
            x = graph.maxPool(path + "pool1", graph.relu(path + "conv1.relu", x), 4, 4);
            features[i] = graph.globalMaxPool(path + "features", x);
            logits[i] = graph.dense(path + "head", features[i], random(random, classes * 8), classes, 8, null);
        }
        String mean = graph.logMeanProbability("mean", List.of(logits[0], logits[1]));
        graph.outputs(mean, graph.concatenate("both", List.of(features[0], features[1])), 1);
        return graph;
    }

    /** The same model, but its first layer has another name than it must have. */
    public static byte[] withoutNames(ModelFile model) {
        byte[] content = Arrays.copyOf(model.bytes(), model.bytes().length - 84);
        byte[] name = "pixels".getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i + name.length <= content.length; i++) {
            if (Arrays.equals(content, i, i + name.length, name, 0, name.length)) {
                content[i] = 'q';
            }
        }
        return ContentHash.append(content);
    }

    public static float[] random(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
