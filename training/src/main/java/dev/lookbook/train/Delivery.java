package dev.lookbook.train;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Scores;
import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Source;
import dev.lookbook.dataset.Split;
import dev.lookbook.evaluate.Calibration;
import dev.lookbook.evaluate.Charts;
import dev.lookbook.evaluate.Evaluation;
import dev.lookbook.evaluate.Report;
import dev.lookbook.model.Graph;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import dev.lookbook.model.RelativeDistance;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** From trained weights to a model file, and how good it is: the exported file is what is calibrated and scored. */
final class Delivery {
    private static final String PREPARATION = "fashion-mnist/1";
    /** Enough: with more, the distance tells strangers apart no better. */
    private static final int PICTURES_FOR_DISTANCE = 20_000;

    private final RunFolder folder;
    private final String name;
    private final Ensemble ensemble;
    private final TrainSettings settings;
    private final LabelledImages images;
    private final Split split;
    private final TrainingProgress progress;

    Delivery(
            RunFolder folder,
            String name,
            Ensemble ensemble,
            LabelledImages images,
            Split split,
            TrainingProgress progress) {
        this.folder = folder;
        this.name = name;
        this.ensemble = ensemble;
        this.settings = ensemble.members().get(0).settings();
        this.images = images;
        this.split = split;
        this.progress = progress;
    }

    TrainedRun deliver(Source source) throws IOException, InterruptedException {
        drawData();
        String weights = ensemble.weightsSha256();
        Fitted fitted = fitted();
        Calibration calibration = fitted.calibration();
        ModelInfo info = new ModelInfo(
                name,
                "1",
                images.labels(),
                PREPARATION,
                calibration.calibrated(),
                calibration.sureAt(),
                Provenance.of(ensemble, calibration, fitted.distance()));
        Path model = folder.file(RunFolder.MODEL);
        ModelFile.write(model, ensemble.export(calibration.temperature(), fitted.distance()), info);
        LabelledImages test = source.read(Source.TEST);
        try (Classifier classifier = Classifier.open(model)) {
            Evaluation evaluation = Evaluation.of(classifier, test, settings.data() + " " + Source.TEST)
                    .trained(new Report.Training(ensemble.trainSeconds(), ensemble.steps(), weights));
            evaluation.write(folder).ifPresent(progress::note);
            return new TrainedRun(folder.path(), model, evaluation.report());
        }
    }

    /** What was trained on. Drawn after training, which a budget is for. */
    private void drawData() throws IOException, InterruptedException {
        Charts.writeLabels(folder, split.training());
        try (Batches batches =
                new Batches(split.training(), new Selection(split.training().count(), settings), settings, 0)) {
            Batches.Batch first = batches.next();
            int[] labels =
                    Arrays.stream(first.labels()).mapToInt(Math::toIntExact).toArray();
            Charts.writeTrainBatch(folder, first.pixels(), labels, images.height(), images.width(), images.labels());
        }
    }

    /** What is known of a network from pictures that it was not trained on. */
    private record Fitted(Calibration calibration, Optional<RelativeDistance> distance) {}

    /** From the held-out pictures; without any, from the twin run that the settings name, or none. */
    private Fitted fitted() throws IOException {
        Optional<RelativeDistance> unscaled = distance();
        if (split.heldOut().count() > 0) {
            Scores scores = score(split.heldOut(), unscaled);
            int[] labels = split.heldOut().labelIndices();
            Calibration calibration =
                    Calibration.fit(scores.logits(), labels, images.labels().size());
            return new Fitted(
                    calibration, calibration.calibrated() ? unscaled.map(d -> scaled(d, scores)) : Optional.empty());
        }
        Optional<Twin> twin = Twin.of(settings);
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
    private Optional<RelativeDistance> distance() throws IOException {
        LabelledImages training = split.training();
        LabelledImages some = training.subset(IntStream.range(0, Math.min(PICTURES_FOR_DISTANCE, training.count()))
                .toArray());
        Scores scores = score(some, Optional.empty());
        return Familiarity.fit(
                scores.embedding(), some.labelIndices(), images.labels().size());
    }

    /** By the exported file, before it is calibrated. */
    private Scores score(LabelledImages pictures, Optional<RelativeDistance> distance) throws IOException {
        Graph graph = ensemble.export(1, distance);
        ModelInfo draft =
                new ModelInfo(name, "draft", images.labels(), PREPARATION, false, OptionalDouble.empty(), "{}");
        try (Classifier classifier = Classifier.open(ModelFile.of(graph, draft), settings.threads())) {
            return classifier.score(pictures.pixels(), pictures.count());
        }
    }
}
