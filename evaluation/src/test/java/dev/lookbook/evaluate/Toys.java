package dev.lookbook.evaluate;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.model.Graph;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import dev.lookbook.model.RelativeDistance;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;

/** A model that sees where a picture is bright, and pictures that are mostly bright in their class's place. */
final class Toys {
    static final List<String> LABELS = List.of("left", "middle", "right");
    private static final int SIDE = 28;

    private Toys() {}

    static ModelFile model() {
        float[] weights = new float[LABELS.size() * SIDE * SIDE];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = place(i % SIDE) == i / (SIDE * SIDE) ? 0.05f : 0;
        }
        Graph graph = new Graph(SIDE, SIDE);
        String flat = graph.flatten("flatten", graph.pixels(1 / 255f, 0));
        graph.outputs(graph.dense("head", flat, weights, LABELS.size(), SIDE * SIDE, null), flat, 1);
        String provenance =
                "{\"settings\": {\"data\": \"toys\", \"seed\": 3, \"empty\": \"\", \"note\": \"<b>bold</b> & \\\"quoted\\\"\"}}";
        return ModelFile.of(
                graph,
                new ModelInfo("toy", "1.2", LABELS, "fashion-mnist/1", true, OptionalDouble.of(0.9), provenance));
    }

    /** The same, and a picture is the stranger to it the brighter it is. */
    static ModelFile knowingModel() {
        float[] weights = new float[LABELS.size() * SIDE * SIDE];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = place(i % SIDE) == i / (SIDE * SIDE) ? 0.05f : 0;
        }
        Graph graph = new Graph(SIDE, SIDE);
        String flat = graph.flatten("flatten", graph.pixels(1 / 255f, 0));
        String head = graph.dense("head", flat, weights, LABELS.size(), SIDE * SIDE, null);
        graph.outputs(head, head, 1);
        float[] sum = {1, 0, 0, 1, 0, 0, 1, 0, 0}; // [size][classes]: the first class is the nearest
        float[] farAway = {0, 1000, 1000};
        graph.unfamiliarity(new RelativeDistance(new float[3], new float[9], sum, farAway, 9, 12.1f));
        return ModelFile.of(
                graph, new ModelInfo("toy", "1.2", LABELS, "fashion-mnist/1", true, OptionalDouble.of(0.9), "{}"));
    }

    static LabelledImages images(int count, List<String> classes, long seed) {
        Random random = new Random(seed);
        byte[] pixels = new byte[count * SIDE * SIDE];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = random.nextInt(classes.size());
            int bright = random.nextInt(5) == 0 ? random.nextInt(LABELS.size()) : labels[i] % LABELS.size();
            for (int p = 0; p < SIDE * SIDE; p++) {
                pixels[i * SIDE * SIDE + p] = (byte) (random.nextInt(120) + (place(p % SIDE) == bright ? 60 : 0));
            }
        }
        return LabelledImages.of(SIDE, SIDE, pixels, labels, classes);
    }

    private static int place(int x) {
        return Math.min(2, x / 10);
    }
}
