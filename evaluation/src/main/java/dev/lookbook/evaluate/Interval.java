package dev.lookbook.evaluate;

import java.util.Arrays;

/** A 95% interval. */
public record Interval(double low, double high) {
    private static final double Z = 1.959963984540054; // of the normal distribution, 2.5% above it

    public Interval {
        if (!(low <= high)) {
            throw new IllegalArgumentException("an interval from " + low + " to " + high + " has no inside");
        }
    }

    /**
     * Wilson's score interval of a share: unlike a bootstrap it is not a point when all (or none) are right.
     *
     * @param right of {@code count}, which is at least 1
     */
    public static Interval wilson(long right, long count) {
        if (count < 1 || right < 0 || right > count) {
            throw new IllegalArgumentException(right + " of " + count + " is not a share");
        }
        double share = right / (double) count;
        double centre = share + Z * Z / (2 * count);
        double reach = Z * Math.sqrt(share * (1 - share) / count + Z * Z / (4.0 * count * count));
        double scale = 1 + Z * Z / count;
        return new Interval(Math.max(0, (centre - reach) / scale), Math.min(1, (centre + reach) / scale));
    }

    /** The middle 95% of simulated values, by linear interpolation; {@code values} is sorted by the call. */
    static Interval middle(double[] values) {
        Arrays.sort(values);
        return new Interval(quantile(values, 0.025), quantile(values, 0.975));
    }

    private static double quantile(double[] sorted, double share) {
        double at = share * (sorted.length - 1);
        int below = (int) at;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
    }
}
