package dev.lookbook.image;

/** Histograms over 12 x 16 x 16 bins of CIE Lab: L from 0 to 100, a and b from -80 to 80, what is beyond at the end. */
final class ColourHistogram {

    static final int L_BINS = 12;
    static final int AB_BINS = 16;
    private static final int SIZE = L_BINS * AB_BINS * AB_BINS;
    private static final float AB_LIMIT = 80;

    /** What an empty bin counts as, so that its logarithm is finite. */
    private static final double FLOOR = 1e-5;

    private static final Gaussian SMOOTH_L = new Gaussian(0.8);
    private static final Gaussian SMOOTH_AB = new Gaussian(0.6);

    private ColourHistogram() {}

    /** The bin of every pixel. */
    static int[] bins(float[] red, float[] green, float[] blue) {
        int[] bins = new int[red.length];
        float[] lab = new float[3];
        for (int i = 0; i < bins.length; i++) {
            Lab.convert(red[i], green[i], blue[i], lab);
            int l = clamp((int) (lab[0] * L_BINS / 100), L_BINS);
            int a = clamp((int) Math.floor((lab[1] + AB_LIMIT) * AB_BINS / (2 * AB_LIMIT)), AB_BINS);
            int b = clamp((int) Math.floor((lab[2] + AB_LIMIT) * AB_BINS / (2 * AB_LIMIT)), AB_BINS);
            bins[i] = (l * AB_BINS + a) * AB_BINS + b;
        }
        return bins;
    }

    /** The smoothed histogram of weighted pixels, its sum 1. */
    static float[] of(int[] bins, float[] weights) {
        float[] counts = new float[SIZE];
        for (int i = 0; i < bins.length; i++) {
            counts[bins[i]] += weights[i];
        }
        float[] smooth = smooth(counts);
        double sum = 0;
        for (float count : smooth) {
            sum += count;
        }
        for (int i = 0; i < SIZE; i++) {
            smooth[i] /= (float) sum;
        }
        return smooth;
    }

    /** For each bin the logarithm of its share in the one histogram over that in the other. */
    static float[] logRatio(float[] one, float[] other) {
        float[] ratio = new float[SIZE];
        for (int i = 0; i < SIZE; i++) {
            ratio[i] = (float) (Math.log(one[i] + FLOOR) - Math.log(other[i] + FLOOR));
        }
        return ratio;
    }

    /** How much two histograms have in common, 0 to 1. */
    static double overlap(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += Math.min(one[i], other[i]);
        }
        return sum;
    }

    /** Neighbouring bins share their counts: light and shade spread one cloth over several. */
    private static float[] smooth(float[] counts) {
        float[] byL = SMOOTH_L.blurColumns(counts, AB_BINS * AB_BINS, L_BINS);
        float[] result = new float[SIZE];
        int plane = AB_BINS * AB_BINS;
        float[] ab = new float[plane];
        for (int l = 0; l < L_BINS; l++) {
            System.arraycopy(byL, l * plane, ab, 0, plane);
            System.arraycopy(SMOOTH_AB.blur(ab, AB_BINS, AB_BINS), 0, result, l * plane, plane);
        }
        return result;
    }

    private static int clamp(int bin, int bins) {
        return Math.max(0, Math.min(bins - 1, bin));
    }
}
