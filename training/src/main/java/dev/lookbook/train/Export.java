package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Source;
import dev.lookbook.dataset.Split;
import dev.lookbook.run.RunFolder;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes one model file of finished runs. */
final class Export {
    private final List<Path> runs;
    private final boolean mirrored;
    private final Optional<String> name;

    /** @param name of the model; empty: that of the network, or of several runs {@code ensemble} */
    Export(List<Path> runs, boolean mirrored, Optional<String> name) {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("an export needs at least one run");
        }
        this.runs = List.copyOf(runs);
        this.mirrored = mirrored;
        this.name = name;
    }

    TrainedRun run(Optional<Path> out, Optional<Path> dataDir, TrainingProgress progress)
            throws IOException, InterruptedException {
        TrainSettings first = Training.settings(RunFolder.open(runs.get(0)));
        Optional<List<Path>> twinRuns = first.holdout() > 0 ? Optional.empty() : Twin.named(runs);
        Source source = Training.source(first.data(), dataDir);
        LabelledImages images = source.read(Source.TRAIN);
        Trainer.useThreads(first.threads());
        Split split = Training.split(images, first);
        Ensemble ensemble = ensemble(runs, mirrored, images);
        Optional<Ensemble> twins = twinRuns.isPresent() ? Optional.of(twins(twinRuns.get(), images)) : Optional.empty();
        RunFolder folder = Training.newFolder(out, "export");
        try (Closeable lock = folder.lock()) {
            Optional<Twin> twin = twins.isPresent() ? Optional.of(Twin.of(twins.get(), images)) : Optional.empty();
            String own = name.orElse(runs.size() == 1 ? first.model() : "ensemble");
            return new Delivery(folder, own, ensemble, images, split, twin, progress).deliver(source);
        }
    }

    private Ensemble twins(List<Path> twinRuns, LabelledImages images) throws IOException {
        try {
            return ensemble(twinRuns, mirrored, images);
        } catch (TrainException e) {
            throw new TrainException("of the twins that these runs name (calibrate_from), " + e.getMessage(), e);
        }
    }

    /** Networks of finished runs, which all learnt from the same pictures and held the same ones out. */
    private static Ensemble ensemble(List<Path> runs, boolean mirrored, LabelledImages images) throws IOException {
        TrainSettings first = Training.settings(RunFolder.open(runs.get(0)));
        LabelledImages training = Training.split(images, first).training();
        List<Ensemble.Member> members = new ArrayList<>();
        for (Path run : runs) {
            TrainSettings settings = Training.settings(RunFolder.open(run));
            if (!settings.dataSha256().equals(images.sha256())) {
                throw new TrainException(run + " learnt from other pictures than " + first.data() + " now is (SHA-256 "
                        + settings.dataSha256() + ", not " + images.sha256() + "); "
                        + (runs.size() == 1 ? "restore the data" : "average runs on the same pictures"));
            }
            if (settings.holdout() != first.holdout()) {
                throw new TrainException(run + " cannot be averaged with the others: its holdout is "
                        + settings.holdout() + ", and not " + first.holdout() + "; train it again with --holdout "
                        + first.holdout());
            }
            members.add(trained(run, settings, training));
        }
        return new Ensemble(members, mirrored);
    }

    /** The network of a finished run. */
    static Ensemble.Member trained(Path run, TrainSettings settings, LabelledImages training) throws IOException {
        Checkpoint checkpoint = Checkpoint.read(RunFolder.open(run).file(RunFolder.CHECKPOINT));
        if (checkpoint.progress().step() < settings.steps()) {
            throw new TrainException(
                    run + " is not finished: " + checkpoint.progress().step() + " of " + settings.steps()
                            + " steps; go on with: lookbook train --resume " + run);
        }
        Network network = Networks.create(settings, training);
        Training.restore(run, () -> network.restore(checkpoint));
        return new Ensemble.Member(settings, network, checkpoint.progress().seconds());
    }
}
