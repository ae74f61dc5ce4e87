package dev.lookbook.explain;

/**
 * What can be said of a layer's values for one picture.
 *
 * @param zeros share of the values that are exactly 0
 * @param negatives share of the values below 0
 * @param largest value
 * @param smallest value
 * @param shiftSimilarity cosine between its values for the picture and for the picture moved by one pixel, mean of the
 *     four directions; 1 means that the shift changes nothing
 */
public record LayerStatistics(double zeros, double negatives, double largest, double smallest, double shiftSimilarity) {

    /** The largest distance from zero. */
    public double reach() {
        return Math.max(largest, -smallest);
    }

    /** @param shifted {@code [shifts][values]} */
    static LayerStatistics of(float[] values, float[][] shifted) {
        int zeros = 0;
        int negatives = 0;
        double largest = Double.NEGATIVE_INFINITY;
        double smallest = Double.POSITIVE_INFINITY;
        for (float value : values) {
            zeros += value == 0 ? 1 : 0;
            negatives += value < 0 ? 1 : 0;
            largest = Math.max(largest, value);
            smallest = Math.min(smallest, value);
        }
        double similarity = 0;
        for (float[] one : shifted) {
            similarity += Cosine.of(values, one) / shifted.length;
        }
        return new LayerStatistics(
                zeros / (double) values.length, negatives / (double) values.length, largest, smallest, similarity);
    }
}
