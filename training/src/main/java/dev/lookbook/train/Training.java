package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Source;
import dev.lookbook.dataset.Split;
import dev.lookbook.model.Graph;
import dev.lookbook.run.RunFolder;
import dev.lookbook.run.Yaml;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** The front door: trains a network, evaluates it once on the test split, and leaves a run directory. */
public final class Training {
    public static final String DEFAULT_DATA = "fashion-mnist";
    public static final Duration DEFAULT_BUDGET = Duration.ofSeconds(60);
    /** Height and width of the pictures that the networks read. */
    public static final int SIDE = 28;

    private static final long SPLIT_SEED = 1;
    private static final Path RUNS = Path.of("runs");
    /** Settings that say where something lies, which may be moved: hashes tell whether it is the same. */
    private static final Set<String> PLACES = Set.of("data", "calibrate_from", "teachers");

    private Training() {}

    /**
     * Starts a new run and sees it through.
     *
     * @throws IOException if data, settings or the run directory are not usable, or nothing can be written
     * @throws DivergedException if training leaves the path to a solution
     */
    public static TrainedRun start(TrainRequest request, TrainingProgress progress)
            throws IOException, InterruptedException {
        Planner planner = new Planner(request);
        Source source = source(planner.data(), request.dataDir());
        Stopwatch watch = new Stopwatch();
        LabelledImages images = source.read(Source.TRAIN);
        source.note().ifPresent(progress::note);
        planner.check(images);
        RunFolder folder = newFolder(request.out(), "train");
        try (Closeable lock = folder.lock()) {
            TrainSettings settings = planner.decide(images, watch, progress);
            folder.writeArgs(settings);
            Session session = new Session(folder, settings, images, watch, progress, planner.teacher());
            session.saveCheckpoint();
            session.train();
            return session.finish(source);
        }
    }

    /** The networks that can be trained, by name. */
    public static List<String> networks() {
        return Presets.names();
    }

    /**
     * A network as it stands before the first step, for ten classes: its layers, shapes and sizes.
     *
     * @throws IOException if there is no network of that name
     */
    public static Graph untrained(String network) throws IOException {
        List<String> classes =
                IntStream.range(0, 10).mapToObj(Integer::toString).toList();
        LabelledImages black = LabelledImages.of(SIDE, SIDE, new byte[SIDE * SIDE], new int[1], classes);
        Planner planner = new Planner(TrainRequest.of(Map.of("model", network, "data_sha256", "", "threads", 1)));
        TrainSettings settings = planner.draft();
        return Ensemble.of(settings, Networks.create(settings, black), 0).export(1, Optional.empty());
    }

    /** Training and held-out pictures; the same for every seed, so that runs can be compared, and averaged. */
    static Split split(LabelledImages images, TrainSettings settings) {
        return images.split(settings.holdout(), SPLIT_SEED);
    }

    /**
     * Makes a model file of finished runs; of several, the probabilities are averaged. It is calibrated on the pictures that
     * all of them held out, or, if they held none out, by the twins that they name, and evaluated once on the test split.
     *
     * @param runs run directories with their checkpoints, at least one
     * @param mirrored whether each network looks at a picture's mirror image, too
     * @param name of the model; empty: that of the network, or of several runs {@code ensemble}
     * @param out a new run directory; empty: one under {@code runs}
     * @throws IOException if a run is not finished, or they differ in their data or held-out pictures
     */
    public static TrainedRun export(
            List<Path> runs,
            boolean mirrored,
            Optional<String> name,
            Optional<Path> out,
            Optional<Path> dataDir,
            TrainingProgress progress)
            throws IOException, InterruptedException {
        return new Export(runs, mirrored, name).run(out, dataDir, progress);
    }

    /** Data to train on and to score on: what lacks one of both is refused before the work. */
    static Source source(String data, Optional<Path> dataDir) throws IOException {
        Source source = Source.of(data, dataDir);
        if (source.isSplit() && !source.splits().contains(Source.TEST)) {
            throw new TrainException(data + " has no split \"test\" to score the network on. It has: "
                    + String.join(", ", source.splits())
                    + "; add one, or give the pictures unsplit: a fifth is then kept");
        }
        return source;
    }

    /** Fills a run's network from its checkpoint. */
    static void restore(Path run, Runnable filling) throws TrainException {
        try {
            filling.run();
        } catch (IllegalArgumentException e) {
            throw new TrainException(
                    run + ": " + e.getMessage() + "; undo what was changed in its args.yaml, or start a new run", e);
        }
    }

    static RunFolder newFolder(Optional<Path> out, String name) throws IOException {
        return out.isPresent() ? RunFolder.create(out.get()) : RunFolder.next(RUNS, name);
    }

    /** The settings of a run directory. Those that it does not have yet, being of an older version, do nothing. */
    static TrainSettings settings(RunFolder folder) throws IOException {
        if (!folder.has(RunFolder.CHECKPOINT)) {
            throw new TrainException(folder.path()
                    + (folder.has(RunFolder.ARGS)
                            ? " has no checkpoint: it was stopped before its first, or somebody removed it; start it anew"
                            : " has no checkpoint, as training leaves one; name a run that 'lookbook train' made"));
        }
        Path args = folder.file(RunFolder.ARGS);
        return Yaml.convert(Presets.ofArgs(Yaml.map(args)), TrainSettings.class, args.toString());
    }

    /** A run goes on with the settings that it began with, or it would be a run that no settings describe. */
    private static void requireUnchanged(RunFolder folder, TrainSettings settings, Checkpoint checkpoint)
            throws IOException {
        if (checkpoint.settings().isEmpty()) {
            return;
        }
        Map<String, Object> begun = Yaml.convert(
                        Presets.ofArgs(checkpoint.settings()), TrainSettings.class, "the checkpoint")
                .byName();
        Map<String, Object> now = settings.byName();
        for (Map.Entry<String, Object> setting : begun.entrySet()) {
            String key = setting.getKey();
            if (!PLACES.contains(key) && !setting.getValue().equals(now.get(key))) {
                throw new TrainException(folder.file(RunFolder.ARGS) + ": " + key + " is " + now.get(key)
                        + ", but the run began with " + setting.getValue() + "; undo that, or start a new run with"
                        + " --config");
            }
        }
    }

    /**
     * Goes on with a run that was interrupted, at any moment; it ends with the weights of an unbroken one.
     *
     * @param dataDir where named data sets lie
     */
    public static TrainedRun resume(Path run, Optional<Path> dataDir, TrainingProgress progress)
            throws IOException, InterruptedException {
        RunFolder folder = RunFolder.open(run);
        if (folder.has(RunFolder.REPORT)) {
            throw new TrainException(run + " is finished: there is nothing to resume");
        }
        try (Closeable lock = folder.lock()) {
            TrainSettings settings = settings(folder);
            Checkpoint checkpoint = Checkpoint.read(folder.file(RunFolder.CHECKPOINT));
            requireUnchanged(folder, settings, checkpoint);
            Twin.of(settings); // fails now and not after training, if it is not there any more
            Source source = source(settings.data(), dataDir);
            Stopwatch watch = new Stopwatch();
            LabelledImages images = source.read(Source.TRAIN);
            if (!images.sha256().equals(settings.dataSha256())) {
                throw new TrainException(
                        settings.data() + " is not what " + run + " was trained on (SHA-256 " + images.sha256()
                                + ", not " + settings.dataSha256() + "); restore the data or start a new run");
            }
            Trainer.useThreads(settings.threads());
            Optional<Teacher> teacher =
                    Teacher.of(settings, split(images, settings).training());
            Session session = new Session(folder, settings, images, watch, progress, teacher);
            session.restore(checkpoint);
            session.train();
            return session.finish(source);
        }
    }
}
