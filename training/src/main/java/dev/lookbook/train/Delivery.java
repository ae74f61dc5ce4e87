package dev.lookbook.train;

import dev.lookbook.classify.Classifier;
import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Source;
import dev.lookbook.dataset.Split;
import dev.lookbook.evaluate.Calibration;
import dev.lookbook.evaluate.Charts;
import dev.lookbook.evaluate.Evaluation;
import dev.lookbook.evaluate.Report;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** From trained weights to a model file, and how good it is: the exported file is what is calibrated and scored. */
final class Delivery {
    static final String PREPARATION = "fashion-mnist/1";

    private final RunFolder folder;
    private final String name;
    private final Ensemble ensemble;
    private final TrainSettings settings;
    private final LabelledImages images;
    private final Split split;
    private final Optional<Twin> twin;
    private final TrainingProgress progress;

    /** @param twin for networks that held no pictures out */
    Delivery(
            RunFolder folder,
            String name,
            Ensemble ensemble,
            LabelledImages images,
            Split split,
            Optional<Twin> twin,
            TrainingProgress progress) {
        this.folder = folder;
        this.name = name;
        this.ensemble = ensemble;
        this.settings = ensemble.members().get(0).settings();
        this.images = images;
        this.split = split;
        this.twin = twin;
        this.progress = progress;
    }

    TrainedRun deliver(Source source) throws IOException, InterruptedException {
        drawData();
        String weights = ensemble.weightsSha256();
        Fitted fitted = Fitted.of(ensemble, split, twin);
        Calibration calibration = fitted.calibration();
        ModelInfo info = new ModelInfo(
                name,
                "1",
                images.labels(),
                PREPARATION,
                calibration.calibrated(),
                calibration.sureAt(),
                Provenance.of(ensemble, fitted, twin));
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
}
