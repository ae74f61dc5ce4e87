package dev.lookbook.cli;

import dev.lookbook.train.TrainRequest;
import dev.lookbook.train.TrainedRun;
import dev.lookbook.train.Training;
import dev.lookbook.train.TrainingProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code lookbook train}: trains a network and leaves a run directory. */
@Command(
        name = "train",
        description = {
            "Train a network, evaluate it once on the test split, leave a run directory.",
            "A run that was interrupted goes on with --resume, and ends with the same weights.",
        })
final class TrainCommand implements Callable<Integer> {

    private static final Set<String> WITH_RESUME = Set.of("--resume", "--data-dir", "--quiet", "--verbose");

    private final Lookbook lookbook;

    @Spec
    private CommandSpec spec;

    @Option(
            names = {"-d", "--data"},
            paramLabel = "SOURCE",
            description = "fashion-mnist, a folder of IDX files, a CSV file or a folder of pictures"
                    + " (default: fashion-mnist).")
    private Optional<String> data = Optional.empty();

    @Mixin
    private DataOptions dataOptions;

    @Option(
            names = {"-m", "--model"},
            paramLabel = "NETWORK",
            description = "mlp, classic, tiny, small or base (default: small; from 150s of budget on base).")
    private Optional<String> model = Optional.empty();

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the data.")
    private Optional<Double> epochs = Optional.empty();

    @Option(names = "--steps", paramLabel = "N", description = "Optimiser steps.")
    private Optional<Long> steps = Optional.empty();

    @Option(
            names = "--budget",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "Training time, such as 60s, 10m or 1h (default: 60s; mlp and classic: 10 epochs).")
    private Optional<Duration> budget = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Of everything random (default: 1).")
    private Optional<Long> seed = Optional.empty();

    @Option(names = "--threads", paramLabel = "N", description = "Default: one per processor.")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--precision",
            paramLabel = "auto|fp32|bf16",
            description = "What convolutions compute in (default: auto, what is faster here).")
    private Optional<String> precision = Optional.empty();

    @Option(
            names = "--holdout",
            paramLabel = "N",
            description = "Training images kept apart to choose and calibrate on (default: 5000, or a tenth if that is"
                    + " less).")
    private Optional<Integer> holdout = Optional.empty();

    @Option(
            names = "--calibrate-from",
            paramLabel = "RUN",
            description = "With --holdout 0: take the calibration from a twin run that held images out.")
    private Optional<Path> calibrateFrom = Optional.empty();

    @Option(
            names = "--teacher",
            paramLabel = "RUN",
            description = {
                "A finished run of a better network to learn from, beside the labels (distillation).",
                "Give it several times to learn from what several runs say on average."
            })
    private List<Path> teachers = List.of();

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "Settings as in a run's args.yaml; the other options come first.")
    private Optional<Path> config = Optional.empty();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "A new run directory (default: runs/train, runs/train2, ...).")
    private Optional<Path> out = Optional.empty();

    @Option(names = "--resume", paramLabel = "RUN", description = "Go on with an interrupted run.")
    private Optional<Path> resume = Optional.empty();

    TrainCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (out.isPresent()) {
            NewFile.requireAbsent(out.get());
        }
        data.ifPresent(dataOptions::requireEffectOn);
        Console console = lookbook.console();
        TrainingProgress shown = console.isQuiet()
                ? TrainingProgress.SILENT
                : console.terminal() ? new TrainingBar(console.err()) : new TrainingLines(console.err());
        try (WayOut progress = new WayOut(shown, console.err())) {
            TrainedRun run = resume.isPresent() ? resume(progress) : Training.start(request(), progress);
            ReportText.print(run, console);
            return Lookbook.DONE;
        }
    }

    private TrainedRun resume(TrainingProgress progress) throws IOException, InterruptedException {
        spec.commandLine().getParseResult().matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(name -> !WITH_RESUME.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new UsageException("a run goes on with its own settings: leave out " + name
                            + ", or start a new run without --resume");
                });
        return Training.resume(resume.get(), dataOptions.dataDir(), progress);
    }

    private TrainRequest request() {
        Map<String, Object> settings = new HashMap<>();
        model.ifPresent(value -> settings.put("model", value));
        data.ifPresent(value -> settings.put("data", value));
        steps.ifPresent(value -> settings.put("steps", value));
        seed.ifPresent(value -> settings.put("seed", value));
        threads.ifPresent(value -> settings.put("threads", value));
        precision.ifPresent(value -> settings.put("precision", value));
        holdout.ifPresent(value -> settings.put("holdout", value));
        calibrateFrom.ifPresent(value -> settings.put("calibrate_from", value.toString()));
        if (!teachers.isEmpty()) {
            settings.put("teachers", teachers.stream().map(Path::toString).toList());
        }
        OptionalDouble passes = epochs.isPresent() ? OptionalDouble.of(epochs.get()) : OptionalDouble.empty();
        try {
            return new TrainRequest(settings, passes, budget, config, dataOptions.dataDir(), out);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }
}
