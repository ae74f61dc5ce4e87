package dev.lookbook.cli;

import dev.lookbook.run.EpochResult;
import dev.lookbook.train.TrainSettings;
import dev.lookbook.train.TrainingProgress;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;

/** Training for logs: a line per epoch. */
final class TrainingLines implements TrainingProgress {

    private final PrintStream err;

    TrainingLines(PrintStream err) {
        this.err = err;
    }

    @Override
    public void note(String text) {
        err.println(text);
    }

    @Override
    public void started(Path run, TrainSettings settings, double stepsPerEpoch, long firstStep) {
        err.println(start(run, settings, stepsPerEpoch, firstStep));
    }

    @Override
    public void epoch(EpochResult result) {
        err.println(line(result));
    }

    static String start(Path run, TrainSettings settings, double stepsPerEpoch, long firstStep) {
        return String.format(
                Locale.ROOT,
                "%s %s in %s: %d steps (%.1f epochs), %s, %d threads",
                firstStep == 0 ? "training" : "going on from step " + firstStep + " with",
                settings.model(),
                run,
                settings.steps(),
                settings.steps() / stepsPerEpoch,
                settings.precision(),
                settings.threads());
    }

    static String line(EpochResult result) {
        StringBuilder line = new StringBuilder(String.format(
                Locale.ROOT,
                "epoch %2d  %6.1f s  loss %.4f  accuracy %.4f",
                result.epoch(),
                result.seconds(),
                result.trainLoss(),
                result.trainAccuracy()));
        result.validationAccuracy()
                .ifPresent(accuracy -> line.append(String.format(Locale.ROOT, "  held out %.4f", accuracy)));
        return line.toString();
    }
}
