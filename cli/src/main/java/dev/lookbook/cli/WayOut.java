package dev.lookbook.cli;

import dev.lookbook.run.EpochResult;
import dev.lookbook.train.TrainSettings;
import dev.lookbook.train.TrainingProgress;
import java.io.PrintStream;
import java.nio.file.Path;

/** Passes on what training tells; and when the process is stopped meanwhile, says how to go on. */
final class WayOut implements TrainingProgress, AutoCloseable {

    private final TrainingProgress shown;
    private final PrintStream err;
    private Thread hook;

    WayOut(TrainingProgress shown, PrintStream err) {
        this.shown = shown;
        this.err = err;
    }

    @Override
    public void note(String text) {
        shown.note(text);
    }

    @Override
    public void started(Path run, TrainSettings settings, double stepsPerEpoch, long firstStep) {
        hook = new Thread(() -> err.println("\nStopped. To go on: lookbook train --resume " + run));
        Runtime.getRuntime().addShutdownHook(hook);
        shown.started(run, settings, stepsPerEpoch, firstStep);
    }

    @Override
    public void step(Step step) {
        shown.step(step);
    }

    @Override
    public void epoch(EpochResult result) {
        shown.epoch(result);
    }

    @Override
    public void close() {
        if (hook != null) {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
        if (shown instanceof TrainingBar bar) {
            bar.close();
        }
    }
}
