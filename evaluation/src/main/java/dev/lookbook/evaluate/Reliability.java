package dev.lookbook.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * How well confidence and accuracy agree. The expected calibration error is that of Naeini et al. 2015 and Guo et al.
 * 2017: answers fall into 15 bins of equal width by their confidence, and the gaps between the bins' mean confidence
 * and accuracy are averaged, weighted by the bins' counts.
 */
final class Reliability {
    static final int BINS = 15;

    private Reliability() {}

    /** The bin of a confidence: from just above {@code bin / 15} to {@code (bin + 1) / 15} inclusive. */
    static int bin(float confidence) {
        return Math.max(0, Math.min(BINS - 1, (int) Math.ceil(confidence * BINS) - 1));
    }

    static List<Report.Bin> bins(Answers answers) {
        int[] count = new int[BINS];
        double[] confidence = new double[BINS];
        int[] right = new int[BINS];
        for (int i = 0; i < answers.count(); i++) {
            int bin = bin(answers.confidence()[i]);
            count[bin]++;
            confidence[bin] += answers.confidence()[i];
            right[bin] += answers.right()[i] ? 1 : 0;
        }
        List<Report.Bin> bins = new ArrayList<>();
        for (int b = 0; b < BINS; b++) {
            int of = Math.max(1, count[b]);
            bins.add(new Report.Bin(
                    b / (double) BINS, (b + 1) / (double) BINS, count[b], confidence[b] / of, right[b] / (double) of));
        }
        return List.copyOf(bins);
    }

    /** Simulated rounds: with many pictures there is less chance to average out, and each round takes longer. */
    private static int rounds(Answers answers) {
        return Math.max(200, Math.min(1000, 20_000_000 / answers.count()));
    }

    static double error(Answers answers) {
        Gaps gaps = new Gaps(answers);
        for (int i = 0; i < answers.count(); i++) {
            gaps.add(i, answers.right()[i]);
        }
        return gaps.error();
    }

    /**
     * A 95% interval of the error: the basic bootstrap over pictures. Noise only ever makes the error larger, so that
     * resampled errors lie above the measured one just as that lies above the true one; the usual percentile interval
     * would count this excess twice (on 10,000 pictures of a perfectly calibrated model it never holds the truth). The
     * interval starts at 0 if a perfectly calibrated model may show as much, and always holds the measured error.
     */
    static Interval interval(Answers answers, Report.Expected ifPerfect, long seed) {
        double measured = error(answers);
        Interval resampled = resample(answers, seed);
        double low = Math.max(0, 2 * measured - resampled.high());
        double high = Math.min(1, Math.max(measured, 2 * measured - resampled.low()));
        return new Interval(measured <= ifPerfect.interval().high() ? 0 : Math.min(low, measured), high);
    }

    private static Interval resample(Answers answers, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Gaps gaps = new Gaps(answers);
        double[] errors = IntStream.range(0, rounds(answers))
                .mapToDouble(round -> {
                    for (int i = 0; i < answers.count(); i++) {
                        int drawn = random.nextInt(answers.count());
                        gaps.add(drawn, answers.right()[drawn]);
                    }
                    return gaps.error();
                })
                .toArray();
        return Interval.middle(errors);
    }

    /**
     * What a perfectly calibrated model with the same confidences would show on as many pictures: its answers are right
     * as often as they say. This is not 0, since the bins' accuracies are noisy.
     */
    static Report.Expected ifPerfect(Answers answers, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Gaps gaps = new Gaps(answers);
        double[] errors = IntStream.range(0, rounds(answers))
                .mapToDouble(round -> {
                    for (int i = 0; i < answers.count(); i++) {
                        gaps.add(i, random.nextDouble() < answers.confidence()[i]);
                    }
                    return gaps.error();
                })
                .toArray();
        return new Report.Expected(Arrays.stream(errors).average().orElseThrow(), Interval.middle(errors));
    }

    /** Sums up the gaps of many simulated rounds without sorting the answers into bins again. */
    private static final class Gaps {
        private final int[] bin;
        private final float[] confidence;
        private final double[] gap = new double[BINS]; // sum of confidence - right
        private int added;

        Gaps(Answers answers) {
            confidence = answers.confidence();
            bin = IntStream.range(0, confidence.length)
                    .map(i -> bin(confidence[i]))
                    .toArray();
        }

        void add(int i, boolean right) {
            gap[bin[i]] += confidence[i] - (right ? 1 : 0);
            added++;
        }

        /** The error of what was added since the last call. */
        double error() {
            double sum = 0;
            for (int b = 0; b < BINS; b++) {
                sum += Math.abs(gap[b]);
                gap[b] = 0;
            }
            double error = sum / added;
            added = 0;
            return error;
        }
    }
}
