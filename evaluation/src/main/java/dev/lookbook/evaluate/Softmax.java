package dev.lookbook.evaluate;

/** Softmax in double precision, and the index of the largest value. */
final class Softmax {
    private Softmax() {}

    /** Writes {@code softmax(inverse * logits[from ...])} into {@code p}. */
    static void of(float[] logits, int from, double inverse, double[] p) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < p.length; k++) {
            largest = Math.max(largest, logits[from + k]);
        }
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            p[k] = Math.exp(inverse * (logits[from + k] - largest)); // at most exp(0): nothing overflows
            sum += p[k];
        }
        for (int k = 0; k < p.length; k++) {
            p[k] /= sum;
        }
    }

    /** The first of the largest. */
    static int argmax(double[] values) {
        int best = 0;
        for (int k = 1; k < values.length; k++) {
            if (values[k] > values[best]) {
                best = k;
            }
        }
        return best;
    }
}
