package dev.lookbook.train;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Scores;
import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Split;
import dev.lookbook.evaluate.Calibration;
import dev.lookbook.model.Graph;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import dev.lookbook.model.RelativeDistance;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/**
 * What is known of networks from pictures that they were not trained on.
 *
 * @param distance of the embeddings from those of the training pictures; empty: not known
 */
record Fitted(Calibration calibration, Optional<RelativeDistance> distance) {
    /** Enough: with more, the distance tells strangers apart no better. */
    private static final int PICTURES_FOR_DISTANCE = 20_000;

    /** From the held-out pictures; without any, from the twin, if there is one. */
    static Fitted of(Ensemble ensemble, Split split, Optional<Twin> twin) throws IOException {
        Optional<RelativeDistance> unscaled = distance(ensemble, split.training());
        if (split.heldOut().count() > 0) {
            Scores scores = score(ensemble, split.heldOut(), unscaled);
            int[] labels = split.heldOut().labelIndices();
            Calibration calibration = Calibration.fit(
                    scores.logits(), labels, split.training().labels().size());
            return new Fitted(
                    calibration, calibration.calibrated() ? unscaled.map(d -> scaled(d, scores)) : Optional.empty());
        }
        if (twin.isEmpty()) {
            return new Fitted(Calibration.none(), Optional.empty());
        }
        Optional<float[]> scale = twin.get().distances();
        return new Fitted(twin.get().calibration(), scale.flatMap(s -> unscaled.map(d -> d.scaled(s[0], s[1]))));
    }

    private static RelativeDistance scaled(RelativeDistance unscaled, Scores heldOut) {
        float typical = Familiarity.quantile(heldOut.unfamiliarity(), 0.5);
        float rare = Familiarity.quantile(heldOut.unfamiliarity(), 0.99);
        return unscaled.scaled(typical, Math.max(rare, Math.nextUp(typical)));
    }

    /** From training pictures as they are, not augmented: so are the pictures that come later. */
    private static Optional<RelativeDistance> distance(Ensemble ensemble, LabelledImages training) throws IOException {
        LabelledImages some = training.subset(spread(training.count(), PICTURES_FOR_DISTANCE));
        Scores scores = score(ensemble, some, Optional.empty());
        return Familiarity.fit(
                scores.embedding(), some.labelIndices(), training.labels().size());
    }

    /** At most so many of the numbers below {@code count}, evenly spread: pictures may lie in the order of their classes. */
    static int[] spread(int count, int most) {
        int taken = Math.min(count, most);
        return IntStream.range(0, taken)
                .map(i -> (int) ((long) i * count / taken))
                .toArray();
    }

    /** By a model file as it will be, but not calibrated yet. */
    private static Scores score(Ensemble ensemble, LabelledImages pictures, Optional<RelativeDistance> distance)
            throws IOException {
        Graph graph = ensemble.export(1, distance);
        ModelInfo draft = new ModelInfo(
                "draft", "draft", pictures.labels(), Delivery.PREPARATION, false, OptionalDouble.empty(), "{}");
        int threads = ensemble.members().get(0).settings().threads();
        try (Classifier classifier = Classifier.open(ModelFile.of(graph, draft), threads)) {
            return classifier.score(pictures.pixels(), pictures.count());
        }
    }
}
