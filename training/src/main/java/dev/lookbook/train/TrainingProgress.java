package dev.lookbook.train;

import dev.lookbook.run.EpochResult;
import java.nio.file.Path;

/** What a run tells whoever watches it. Called on the training thread: return quickly. */
public interface TrainingProgress {
    /** Nothing is shown. */
    TrainingProgress SILENT = new TrainingProgress() {};

    /** A sentence worth showing, such as what was decided. */
    default void note(String text) {}

    /** The run directory exists and the first real step follows; {@code firstStep} is above 0 for a resumed run. */
    default void started(Path run, TrainSettings settings, double stepsPerEpoch, long firstStep) {}

    /** A step is done. */
    default void step(Step step) {}

    /** An epoch is done and its line is in {@code results.csv}. */
    default void epoch(EpochResult result) {}

    /**
     * A finished step.
     *
     * @param step from 1
     * @param loss mean loss of the batch in nats, label smoothing included
     * @param accuracy share of the epoch's pictures so far that were right as they passed
     * @param imagesPerSecond over the last steps
     */
    record Step(long step, long steps, double loss, double accuracy, double imagesPerSecond) {}
}
