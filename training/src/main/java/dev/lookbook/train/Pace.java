package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * How long this machine takes, measured on a throw-away copy of the network.
 *
 * @param secondsPerStep one optimiser step
 * @param secondsPerValidation one pass over the held-out pictures
 */
record Pace(double secondsPerStep, double secondsPerValidation) {
    /** The steps that a measurement takes at most. */
    static final int STEPS = 60;

    private static final int ROUND = 3;
    private static final int WARM_UP = 2 * ROUND;

    /** Timing is part of the budget. Longer is better: processors that others share change their speed every few seconds. */
    private static final double SHARE_OF_BUDGET = 0.06;

    private static final double MOST_SECONDS = 10;

    /** Machines slow down when they get warm and share their cores: part of the budget is kept back for that. */
    private static final double RESERVE = 0.05;

    /** How many seconds of a budget the timing may take. */
    static double limit(double budget) {
        return Math.min(MOST_SECONDS, SHARE_OF_BUDGET * budget);
    }

    /** @param limit seconds that this may take, about; three steps to warm up and two to time are the least */
    static Pace measure(
            TrainSettings settings,
            LabelledImages training,
            LabelledImages heldOut,
            Optional<Teacher> teacher,
            double limit)
            throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Network copy = Networks.create(settings, training);
        int sample = Math.min(heldOut.count(), 1_000);
        Trainer trainer = new Trainer(copy, settings, training, heldOut.subset(firstIndices(sample)), teacher);
        StepTimes times = new StepTimes();
        do {
            boolean warm = trainer.stepsDone() >= WARM_UP || trainer.stepsDone() > 0 && secondsSince(begin) > limit / 2;
            trainer.run(trainer.stepsDone() + ROUND, warm ? times.fromNow() : Trainer.Listener.NONE);
        } while (trainer.stepsDone() < STEPS && (times.isEmpty() || secondsSince(begin) < limit));
        double validation = sample == 0 ? 0 : secondsPerValidation(trainer, settings) * heldOut.count() / sample;
        return new Pace(times.typical(), validation);
    }

    private static double secondsPerValidation(Trainer trainer, TrainSettings settings) {
        Precision.of(settings.precision()).use(); // as in a run
        try {
            // The first one prepares itself for batches of another size, which takes several times as long.
            trainer.validate();
            long start = System.nanoTime();
            trainer.validate();
            return secondsSince(start);
        } finally {
            Precision.FP32.use();
        }
    }

    /** How many steps fit into {@code seconds}; the validation after the last step is no longer training. */
    long steps(double seconds, double stepsPerEpoch) {
        double perStep = secondsPerStep + secondsPerValidation / stepsPerEpoch;
        return Math.max(1, (long) (seconds * (1 - RESERVE) / perStep));
    }

    /** How long steps take in the mean, but for the slowest tenth: those were disturbed. */
    private static final class StepTimes implements Trainer.Listener {
        private final List<Double> seconds = new ArrayList<>();
        private long last;
        private boolean isFirst;

        /** For steps from now on, but for the first: it waits for its pictures, which later are made ahead. */
        StepTimes fromNow() {
            isFirst = true;
            return this;
        }

        @Override
        public void step(TrainingProgress.Step done) {
            if (!isFirst) {
                seconds.add(secondsSince(last));
            }
            isFirst = false;
            last = System.nanoTime();
        }

        @Override
        public void epoch(Trainer.EpochDone done) {
            last = System.nanoTime(); // the next step's time is without the validation, which is measured by itself
        }

        boolean isEmpty() {
            return seconds.isEmpty();
        }

        double typical() {
            Collections.sort(seconds);
            int kept = seconds.size() - seconds.size() / 10;
            return seconds.subList(0, kept).stream().mapToDouble(s -> s).sum() / kept;
        }
    }

    private static int[] firstIndices(int count) {
        return java.util.stream.IntStream.range(0, count).toArray();
    }

    private static double secondsSince(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
