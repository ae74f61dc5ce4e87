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
    private static final int WARM_UP = 3;
    private static final int TIMED = 8;
    /** The steps that a measurement takes. */
    static final int STEPS = WARM_UP + TIMED;

    /** Machines slow down when they get warm and share their cores: part of the budget is kept back for that. */
    private static final double RESERVE = 0.02;

    static Pace measure(TrainSettings settings, LabelledImages training, LabelledImages heldOut)
            throws IOException, InterruptedException {
        Network copy = Networks.create(settings, training);
        int sample = Math.min(heldOut.count(), 1_000);
        Trainer trainer = new Trainer(copy, settings, training, heldOut.subset(firstIndices(sample)));
        trainer.run(WARM_UP, Trainer.Listener.NONE);
        long start = System.nanoTime();
        trainer.run(STEPS, Trainer.Listener.NONE);
        double step = secondsSince(start) / TIMED;
        start = System.nanoTime();
        trainer.validate();
        double validation = sample == 0 ? 0 : secondsSince(start) * heldOut.count() / sample;
        return new Pace(step, validation);
    }

    /** How many steps fit into {@code seconds}; the validation after the last step is no longer training. */
    long steps(double seconds, double stepsPerEpoch) {
        double perStep = secondsPerStep + secondsPerValidation / stepsPerEpoch;
        return Math.max(1, (long) (seconds * (1 - RESERVE) / perStep));
    }

    private static int[] firstIndices(int count) {
        return java.util.stream.IntStream.range(0, count).toArray();
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
