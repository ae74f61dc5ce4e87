package dev.lookbook.classify;

import dev.lookbook.image.Picture;
import dev.lookbook.model.Graph;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import dev.lookbook.model.Models;
import dev.lookbook.model.RelativeDistance;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/** Models with random weights and pictures of noise. */
final class Toys {
    private Toys() {}

    static ModelFile model() {
        return model(OptionalDouble.empty());
    }

    static ModelFile model(OptionalDouble sureAt) {
        return ModelFile.of(Models.network(28, 10, new Random(1)), info(10, sureAt));
    }

    /** One of each kind of network that is trained here, with numbers of channels that are no multiple of anything. */
    static List<ModelFile> models() {
        List<ModelFile> models = new ArrayList<>();
        models.add(model());
        models.add(ModelFile.of(perceptron(), info(10, OptionalDouble.empty())));
        models.add(knowing(0, 1));
        models.add(ModelFile.of(views(3, 11), info(11, OptionalDouble.empty())));
        models.add(ModelFile.of(views(4, 10), info(10, OptionalDouble.empty())));
        return models;
    }

    /** Knows how unlike its training pictures a picture is, and is sure of the rest. */
    static ModelFile knowing(float typical, float rare) {
        Random random = new Random(5);
        Graph graph = perceptron();
        graph.unfamiliarity(new RelativeDistance(
                small(random, 128), small(random, 128 * 128), small(random, 1280), small(random, 10), typical, rare));
        return ModelFile.of(graph, info(10, OptionalDouble.of(0)));
    }

    static Picture picture(int seed) {
        byte[] pixels = new byte[28 * 28];
        new Random(seed).nextBytes(pixels);
        for (int i = 0; i < 28; i++) { // a black frame: taken as it is
            pixels[i] = pixels[27 * 28 + i] = pixels[28 * i] = pixels[28 * i + 27] = 0;
        }
        return Picture.grey(28, 28, pixels);
    }

    private static Graph perceptron() {
        Random random = new Random(2);
        Graph graph = new Graph(28, 28);
        String x = graph.flatten("flatten", graph.pixels(1 / 255f, -0.5f));
        x = graph.relu("relu", graph.dense("hidden", x, small(random, 128 * 784), 128, 784, small(random, 128)));
        graph.outputs(graph.dense("head", x, small(random, 1280), 10, 128, small(random, 10)), x, 1);
        return graph;
    }

    /** A stem of stride 2, odd numbers of channels, a picture and its mirror averaged. */
    private static Graph views(int views, int classes) {
        Random random = new Random(3);
        Graph graph = new Graph(28, 28);
        float[] stem = small(random, 37 * 16);
        float[] next = small(random, 19 * 37 * 9);
        float[] bias = small(random, 19);
        float[] head = Models.random(random, classes * 19);
        List<String> logits = new ArrayList<>();
        List<String> embeddings = new ArrayList<>();
        String pixels = graph.pixels(1 / 255f, -0.3f);
        for (int view = 0; view < views; view++) {
            String path = view == 0 ? "" : "view" + view + "/";
            String x = view % 2 == 0 ? pixels : graph.mirror(path + "mirror", pixels);
            x = graph.scale(path + "brightness", x, 1 + view * 0.1f);
            x = graph.relu(path + "relu0", graph.convolution(path + "stem", x, stem, 37, 1, 4, 4, null, 2, 1));
            x = graph.maxPool(path + "pool", x, 2, 2);
            x = graph.relu(path + "relu1", graph.convolution(path + "conv1", x, next, 19, 37, 3, 3, bias, 1, 1));
            String embedding = graph.globalMaxPool(path + "gmp", x);
            embeddings.add(embedding);
            logits.add(graph.dense(path + "head", embedding, head, classes, 19, null));
        }
        graph.outputs(graph.logMeanProbability("mean", logits), graph.concatenate("all", embeddings), 1);
        return graph;
    }

    private static float[] small(Random random, int count) {
        float[] values = Models.random(random, count);
        for (int i = 0; i < count; i++) {
            values[i] *= 0.05f;
        }
        return values;
    }

    private static ModelInfo info(int classes, OptionalDouble sureAt) {
        List<String> labels =
                IntStream.range(0, classes).mapToObj(k -> "garment " + k).toList();
        return new ModelInfo("toy", "1", labels, "fashion-mnist/1", false, sureAt, "{}");
    }
}
