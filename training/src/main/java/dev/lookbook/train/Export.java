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
        if (first.holdout() == 0 && runs.size() > 1) {
            throw new TrainException(runs.get(0) + " held no pictures out, so an average with it cannot be calibrated;"
                    + " average runs with holdout above 0");
        }
        if (!first.calibrateFrom().isEmpty() && mirrored != first.averageMirror()) {
            throw new TrainException(
                    runs.get(0) + " is calibrated from " + first.calibrateFrom() + ", which does not look"
                            + " at mirror images alike; export it as it is, or a run with holdout above 0");
        }
        Source source = Training.source(first.data(), dataDir);
        LabelledImages images = source.read(Source.TRAIN);
        Trainer.useThreads(first.threads());
        Split split = Training.split(images, first);
        List<Ensemble.Member> members = new ArrayList<>();
        for (Path run : runs) {
            members.add(member(run, first, images, split));
        }
        RunFolder folder = Training.newFolder(out, "export");
        try (Closeable lock = folder.lock()) {
            String own = name.orElse(members.size() == 1 ? first.model() : "ensemble");
            return new Delivery(folder, own, new Ensemble(members, mirrored), images, split, progress).deliver(source);
        }
    }

    private static Ensemble.Member member(Path run, TrainSettings first, LabelledImages images, Split split)
            throws IOException {
        RunFolder folder = RunFolder.open(run);
        TrainSettings settings = Training.settings(folder);
        requireEqual(run, "data_sha256", settings.dataSha256(), images.sha256());
        requireEqual(run, "holdout", settings.holdout(), first.holdout());
        return trained(run, settings, split.training());
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

    private static void requireEqual(Path run, String setting, Object value, Object wanted) throws TrainException {
        if (!value.equals(wanted)) {
            throw new TrainException(run + " cannot be averaged with the others: its " + setting + " is " + value
                    + ", and not " + wanted + "; train it again on the same pictures");
        }
    }
}
