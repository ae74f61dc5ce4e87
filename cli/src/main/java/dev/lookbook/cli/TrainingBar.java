package dev.lookbook.cli;

import dev.lookbook.run.EpochResult;
import dev.lookbook.train.TrainSettings;
import dev.lookbook.train.TrainingProgress;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Training for somebody at a terminal: a bar with loss, accuracy, speed and the time left, and a line per epoch. */
final class TrainingBar implements TrainingProgress, AutoCloseable {

    private final PrintStream err;
    private ProgressBar bar;

    TrainingBar(PrintStream err) {
        this.err = err;
    }

    @Override
    public void note(String text) {
        err.println(text);
    }

    @Override
    public void started(Path run, TrainSettings settings, double stepsPerEpoch, long firstStep) {
        err.println(TrainingLines.start(run, settings, stepsPerEpoch, firstStep));
        bar = new ProgressBarBuilder()
                .setInitialMax(settings.steps())
                .startsFrom(firstStep, Duration.ZERO)
                .setStyle(ProgressBarStyle.ASCII)
                .setConsumer(new ConsoleProgressBarConsumer(err))
                .build();
    }

    @Override
    public void step(Step step) {
        bar.stepTo(step.step());
        bar.setExtraMessage(String.format(
                Locale.ROOT,
                " loss %.2f, %.0f%% right, %.0f images/s",
                step.loss(),
                100 * step.accuracy(),
                step.imagesPerSecond()));
        if (step.step() == step.steps()) {
            close();
        }
    }

    @Override
    public void epoch(EpochResult result) {
        // Clears the bar's line, which is drawn again below this one.
        err.print("\r\u001b[K" + TrainingLines.line(result) + System.lineSeparator());
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
