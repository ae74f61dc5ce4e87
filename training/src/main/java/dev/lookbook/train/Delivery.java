package dev.lookbook.train;

import dev.lookbook.classify.Classifier;
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
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;

/** From trained weights to a model file, and how good it is: the exported file is what is calibrated and scored. */
final class Delivery {
    private static final String PREPARATION = "fashion-mnist/1";

    private final RunFolder folder;
    private final TrainSettings settings;
    private final Network network;
    private final LabelledImages images;
    private final Split split;
    private final TrainingProgress progress;

    Delivery(
            RunFolder folder,
            TrainSettings settings,
            Network network,
            LabelledImages images,
            Split split,
            TrainingProgress progress) {
        this.folder = folder;
        this.settings = settings;
        this.network = network;
        this.images = images;
        this.split = split;
        this.progress = progress;
    }

    TrainedRun deliver(Source source, double trainSeconds) throws IOException, InterruptedException {
        drawData();
        String weights = network.weightsSha256();
        Calibration calibration = calibration();
        ModelInfo info = new ModelInfo(
                settings.model(),
                "1",
                images.labels(),
                PREPARATION,
                calibration.calibrated(),
                calibration.sureAt(),
                Provenance.of(settings, weights, trainSeconds, calibration));
        Path model = folder.file(RunFolder.MODEL);
        ModelFile.write(model, network.export(calibration.temperature()), info);
        LabelledImages test = source.read(Source.TEST);
        try (Classifier classifier = Classifier.open(model)) {
            Evaluation evaluation = Evaluation.of(classifier, test, settings.data() + " " + Source.TEST)
                    .trained(new Report.Training(trainSeconds, settings.steps(), weights));
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

    /** From the held-out pictures; without any, from the twin run that the settings name, or none. */
    private Calibration calibration() throws IOException {
        if (split.heldOut().count() > 0) {
            return Calibration.fit(
                    heldOutLogits(),
                    split.heldOut().labelIndices(),
                    images.labels().size());
        }
        if (settings.calibrateFrom().isEmpty()) {
            return Calibration.none();
        }
        Path twin = Path.of(settings.calibrateFrom());
        ModelFile model = ModelFile.read(RunFolder.open(twin).file(RunFolder.MODEL));
        double temperature = Provenance.temperature(model.info());
        if (!model.info().calibrated() || !model.info().name().equals(settings.model())) {
            throw new TrainException(twin + " cannot calibrate this run: it must be a run of the network "
                    + settings.model() + " that held pictures out, but it is "
                    + (model.info().calibrated() ? "one of " + model.info().name() : "not calibrated itself"));
        }
        return new Calibration(true, temperature, model.info().sureAt());
    }

    private float[] heldOutLogits() throws IOException {
        Graph graph = network.export(1);
        ModelInfo draft = new ModelInfo(
                settings.model(), "draft", images.labels(), PREPARATION, false, OptionalDouble.empty(), "{}");
        LabelledImages heldOut = split.heldOut();
        try (Classifier classifier = Classifier.open(ModelFile.of(graph, draft), settings.threads())) {
            return classifier.score(heldOut.pixels(), heldOut.count()).logits();
        }
    }
}
