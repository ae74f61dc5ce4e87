package dev.lookbook.audience;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Scores;
import dev.lookbook.dataset.LabelledImages;
import java.util.Arrays;
import java.util.List;

/**
 * Pictures of products: what they show, and what a model says that they show.
 *
 * @param source the file of the pictures, whose rows are the pictures
 * @param model name and version of the model
 * @param labels the classes, in the order of {@code truth} and {@code probabilities}
 * @param sureAt the confidence from which the model calls itself sure; above 1 if it never does
 * @param truth [pictures] an index into {@code labels}
 * @param probabilities [pictures][labels]
 */
public record DemoCatalogue(
        String source, String model, List<String> labels, double sureAt, int[] truth, float[][] probabilities) {
    private static final int BATCH = 500;

    /** Classifies all images, which have the size that the model wants. */
    public static DemoCatalogue of(Classifier classifier, LabelledImages images, String source) {
        List<String> labels =
                DemoWorld.GARMENTS.stream().map(DemoWorld.Garment::label).toList();
        if (!images.labels().equals(labels)
                || !classifier.model().info().labels().equals(labels)) {
            throw new IllegalArgumentException(
                    "the demonstration shop sells the classes of Fashion-MNIST, but the model "
                            + classifier.model().info().name() + " knows "
                            + String.join(", ", classifier.model().info().labels()) + ". Take a shipped model");
        }
        float[][] probabilities = new float[images.count()][];
        for (int from = 0; from < images.count(); from += BATCH) {
            int to = Math.min(from + BATCH, images.count());
            Scores scores = classifier.score(images.pixels(from, to), to - from);
            for (int i = from; i < to; i++) {
                int row = (i - from) * labels.size();
                probabilities[i] = Arrays.copyOfRange(scores.probabilities(), row, row + labels.size());
            }
        }
        return new DemoCatalogue(
                source,
                classifier.model().info().name() + " "
                        + classifier.model().info().version(),
                labels,
                classifier.model().info().sureAt().orElse(2),
                images.labelIndices(),
                probabilities);
    }

    int pictures() {
        return truth.length;
    }

    /** The class that the model takes for the most probable one. */
    int predicted(int picture) {
        float[] row = probabilities[picture];
        int best = 0;
        for (int k = 1; k < row.length; k++) {
            if (row[k] > row[best]) {
                best = k;
            }
        }
        return best;
    }
}
