package dev.lookbook.evaluate;

import java.util.OptionalDouble;

/**
 * What turns a network's logits into probabilities that can be believed: {@code softmax(logits / temperature)}.
 *
 * @param calibrated false when there was nothing (or too little) to fit on: the temperature is then 1
 * @param temperature above 1 makes the answers more modest, below 1 bolder
 * @param sureAt the smallest confidence, a multiple of 0.0001, at which at least 99% of the held-out answers at or
 *     above it are right; empty if fewer than {@value #ANSWERS_FOR_SURE} answers lie at or above every such confidence
 */
public record Calibration(boolean calibrated, double temperature, OptionalDouble sureAt) {
    /** Below this many pictures no temperature is fitted. */
    public static final int PICTURES_TO_FIT = 100;
    /** The rule of three: with fewer answers than this, not even one without a mistake shows an accuracy of 99%. */
    public static final int ANSWERS_FOR_SURE = 300;

    static final double SURE_ACCURACY = 0.99;
    private static final double COLDEST = 0.05;
    private static final double HOTTEST = 20;

    public Calibration {
        if (!(temperature > 0 && temperature < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("a temperature must be above 0, but was " + temperature);
        }
        if (sureAt.isPresent() && !(sureAt.getAsDouble() >= 0 && sureAt.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("sureAt must be from 0 to 1, but was " + sureAt.getAsDouble());
        }
    }

    /** What a model has that saw no held-out images: temperature 1, and it is never sure. */
    public static Calibration none() {
        return new Calibration(false, 1, OptionalDouble.empty());
    }

    /**
     * Fits on images that the network was not trained on.
     *
     * @param logits {@code [labels.length][classes]}, row-major
     * @param labels the right class of each row, from 0 to {@code classes - 1}
     * @return {@link #none()} below {@value #PICTURES_TO_FIT} rows
     * @throws IllegalArgumentException if the sizes disagree or a logit is not finite
     */
    public static Calibration fit(float[] logits, int[] labels, int classes) {
        check(logits, labels, classes);
        if (labels.length < PICTURES_TO_FIT) {
            return none();
        }
        double temperature = temperature(logits, labels, classes);
        return new Calibration(true, temperature, sureAt(logits, labels, classes, temperature));
    }

    private static void check(float[] logits, int[] labels, int classes) {
        if (logits.length != (long) labels.length * classes) {
            throw new IllegalArgumentException(labels.length + " labels of " + classes + " classes need "
                    + (long) labels.length * classes + " logits, but there are " + logits.length);
        }
        for (int i = 0; i < logits.length; i++) {
            if (!Float.isFinite(logits[i])) {
                throw new IllegalArgumentException("logit " + i % classes + " of row " + i / classes + " is "
                        + logits[i] + ": the network has diverged");
            }
        }
        for (int i = 0; i < labels.length; i++) {
            if (labels[i] < 0 || labels[i] >= classes) {
                throw new IllegalArgumentException(
                        "label " + labels[i] + " of row " + i + " is not a class: there are " + classes);
            }
        }
    }

    /**
     * Minimises the mean negative log-likelihood (Guo et al. 2017). It is convex in the inverse temperature, so its
     * slope has one root: Newton's steps find it, and bisection takes over where they leave the bracket.
     */
    private static double temperature(float[] logits, int[] labels, int classes) {
        double low = 1 / HOTTEST;
        double high = 1 / COLDEST;
        double inverse = 1;
        for (int step = 0; step < 100 && high - low > 1e-9; step++) {
            Slope at = slope(logits, labels, classes, inverse);
            if (at.first > 0) {
                high = inverse;
            } else {
                low = inverse;
            }
            double newton = inverse - at.first / at.second; // NaN or infinite if flat: then not inside the bracket
            double next = newton > low && newton < high ? newton : (low + high) / 2;
            if (Math.abs(next - inverse) < 1e-10) {
                break;
            }
            inverse = next;
        }
        return 1 / inverse;
    }

    /** First and second derivative of the mean negative log-likelihood by the inverse temperature. */
    private record Slope(double first, double second) {}

    private static Slope slope(float[] logits, int[] labels, int classes, double inverse) {
        double first = 0;
        double second = 0;
        double[] p = new double[classes];
        for (int i = 0; i < labels.length; i++) {
            Softmax.of(logits, i * classes, inverse, p);
            double mean = 0;
            double square = 0;
            for (int k = 0; k < classes; k++) {
                double z = logits[i * classes + k];
                mean += p[k] * z;
                square += p[k] * z * z;
            }
            first += mean - logits[i * classes + labels[i]];
            second += square - mean * mean;
        }
        return new Slope(first / labels.length, second / labels.length);
    }

    private static OptionalDouble sureAt(float[] logits, int[] labels, int classes, double temperature) {
        int steps = 10_000;
        int[] answers = new int[steps + 1]; // by confidence in steps of 0.0001, rounded down
        int[] right = new int[steps + 1];
        double[] p = new double[classes];
        for (int i = 0; i < labels.length; i++) {
            Softmax.of(logits, i * classes, 1 / temperature, p);
            int best = Softmax.argmax(p);
            int step = (int) Math.min(steps, Math.floor(p[best] * steps));
            answers[step]++;
            right[step] += best == labels[i] ? 1 : 0;
        }
        OptionalDouble sureAt = OptionalDouble.empty();
        int answersAbove = 0;
        int rightAbove = 0;
        for (int step = steps; step >= 0; step--) {
            answersAbove += answers[step];
            rightAbove += right[step];
            boolean enough = answers[step] > 0 && answersAbove >= ANSWERS_FOR_SURE;
            if (enough && rightAbove >= SURE_ACCURACY * answersAbove) {
                sureAt = OptionalDouble.of(step / (double) steps);
            }
        }
        return sureAt;
    }
}
