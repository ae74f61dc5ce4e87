package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import java.io.IOException;

/**
 * How long this machine takes, measured on a throw-away copy of the network.
 *
 * @param secondsPerStep one optimiser step
 * @param secondsPerValidation one pass over the held-out pictures
 */
record Pace(double secondsPerStep, double secondsPerValidation) {
    private static final int WARM_UP = 6;
    private static final int TIMED = 9;
    /** The steps that a measurement takes. */
    static final int STEPS = WARM_UP + TIMED;

    /** Machines slow down when they get warm and share their cores: part of the budget is kept back for that. */
    private static final double RESERVE = 0.03;

    static Pace measure(TrainSettings settings, LabelledImages training, LabelledImages heldOut)
            throws IOException, InterruptedException {
        Network copy = Networks.create(settings, training);
        int sample = Math.min(heldOut.count(), 1_000);
        Trainer trainer = new Trainer(copy, settings, training, heldOut.subset(firstIndices(sample)));
        trainer.run(WARM_UP, Trainer.Listener.NONE);
        StepTimes times = new StepTimes();
        trainer.run(STEPS, times);
        double step = times.median();
        long start = System.nanoTime();
        trainer.validate();
        double validation = sample == 0 ? 0 : secondsSince(start) * heldOut.count() / sample;
        return new Pace(step, validation);
    }

    /** How many steps fit into {@code seconds}; the validation after the last step is no longer training. */
    long steps(double seconds, double stepsPerEpoch) {
        double perStep = secondsPerStep + secondsPerValidation / stepsPerEpoch;
        return Math.max(1, (long) (seconds * (1 - RESERVE) / perStep));
    }

    /** A step that was disturbed, by the compiler or another process, moves the median little. */
    private static final class StepTimes implements Trainer.Listener {
        private final double[] seconds = new double[TIMED];
        private int steps;
        private long last = System.nanoTime();

        @Override
        public void step(TrainingProgress.Step done) {
            seconds[steps++] = secondsSince(last);
            last = System.nanoTime();
        }

        double median() {
            java.util.Arrays.sort(seconds);
            return seconds[TIMED / 2];
        }
    }

    private static int[] firstIndices(int count) {
        return java.util.stream.IntStream.range(0, count).toArray();
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
