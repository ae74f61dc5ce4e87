package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Source;
import dev.lookbook.dataset.Split;
import dev.lookbook.run.EpochResult;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** One run while it trains: keeps the curves and the checkpoint in the run directory up to date. */
final class Session implements Trainer.Listener {
    /** A killed run loses at most this much. */
    private static final double SECONDS_BETWEEN_CHECKPOINTS = 30;

    private final RunFolder folder;
    private final TrainSettings settings;
    private final LabelledImages images;
    private final Split split;
    private final Stopwatch watch;
    private final TrainingProgress progress;
    private final Network network;
    private final Trainer trainer;
    private final List<EpochResult> results = new ArrayList<>();

    private int toldEpochs;
    private double lastCheckpoint;
    private double trainSeconds;

    Session(
            RunFolder folder,
            TrainSettings settings,
            LabelledImages images,
            Stopwatch watch,
            TrainingProgress progress,
            Optional<Teacher> teacher) {
        this.folder = folder;
        this.settings = settings;
        this.images = images;
        this.split = Training.split(images, settings);
        this.watch = watch;
        this.progress = progress;
        this.network = Networks.create(settings, split.training());
        this.trainer = new Trainer(network, settings, split.training(), split.heldOut(), teacher);
    }

    void restore(Checkpoint checkpoint) throws IOException {
        Training.restore(folder.path(), () -> trainer.restore(checkpoint));
        watch.add(checkpoint.progress().seconds());
        trainSeconds = checkpoint.progress().seconds();
        lastCheckpoint = watch.seconds();
        toldEpochs = trainer.finishedEpochs();
        for (EpochResult result : folder.readResults()) {
            if (result.epoch() <= trainer.finishedEpochs()) {
                results.add(result);
            }
        }
    }

    void train() throws IOException, InterruptedException {
        progress.started(folder.path(), settings, trainer.stepsPerEpoch(), trainer.stepsDone());
        trainer.run(settings.steps(), this);
    }

    /** Exports, calibrates on the held-out pictures or by the twin, and evaluates once on the test split. */
    TrainedRun finish(Source source) throws IOException, InterruptedException {
        return new Delivery(
                        folder,
                        settings.model(),
                        Ensemble.of(settings, network, trainSeconds),
                        images,
                        split,
                        Twin.of(settings),
                        progress)
                .deliver(source);
    }

    @Override
    public void step(TrainingProgress.Step done) throws IOException {
        trainSeconds = watch.seconds();
        progress.step(done);
        // One taken between an epoch's last step and its line in the results would lose the line.
        boolean epochEnds = trainer.finishedEpochs() > toldEpochs;
        if (!epochEnds && trainSeconds - lastCheckpoint > SECONDS_BETWEEN_CHECKPOINTS) {
            saveCheckpoint();
        }
    }

    @Override
    public void epoch(Trainer.EpochDone done) throws IOException {
        EpochResult result = new EpochResult(
                done.epoch(),
                watch.seconds(),
                done.trainLoss(),
                done.trainAccuracy(),
                optional(done.validation().loss()),
                optional(done.validation().accuracy()),
                done.rate());
        results.add(result);
        toldEpochs = trainer.finishedEpochs();
        folder.writeResults(results);
        saveCheckpoint();
        progress.epoch(result);
    }

    void saveCheckpoint() throws IOException {
        Checkpoint checkpoint = trainer.checkpoint(watch.seconds());
        folder.write(RunFolder.CHECKPOINT, checkpoint::writeTo);
        lastCheckpoint = watch.seconds();
    }

    private static OptionalDouble optional(double value) {
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
