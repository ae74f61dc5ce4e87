package dev.lookbook.audience;

import java.util.List;

/**
 * What to expect of a figure that the method predicts, after how it came out at earlier cuts; with a 90% interval for what
 * will be seen. The interval is that of a random-effects meta-analysis for a new study (Higgins, Thompson and
 * Spiegelhalter 2009): the chance of who buys, and that no four weeks are like the four before. The first is known, and counts as normal; the second
 * is estimated from a few cuts, and counts as Student's t.
 */
record Forecast(double expected, double low, double high) {
    /** Quantiles at 95% of Student's t with 1, 2, ... degrees of freedom. */
    private static final double[] T = {6.314, 2.920, 2.353, 2.132, 2.015, 1.943, 1.895, 1.860, 1.833, 1.812};

    /** The same of the normal distribution. */
    private static final double Z = 1.644853626951472;

    /** With one earlier cut nothing is known of how they differ; this relative difference is assumed. */
    private static final double UNKNOWN_SPREAD = 0.5;

    /**
     * An earlier cut.
     *
     * @param predicted the figure as the method predicted it, above 0
     * @param seen the figure as it came out
     * @param variance of {@code seen} by the chance of single customers
     */
    record Cut(double predicted, double seen, double variance) {}

    /**
     * @param cuts at least one
     * @param predicted the figure of now, as the method predicts it
     * @param chance what {@code variance} of {@link Cut} is expected to be, now, for a figure; see {@link Chance}
     * @param most an upper bound of the figure
     */
    static Forecast of(List<Cut> cuts, double predicted, Variance chance, double most) {
        int n = cuts.size();
        double seenSum = cuts.stream().mapToDouble(Cut::seen).sum();
        double predictedSum = cuts.stream().mapToDouble(Cut::predicted).sum();
        double ratio = seenSum / predictedSum;
        double noise = 0; // of the ratio of a cut, by chance
        double spread = 0; // of the ratios of the cuts, for whatever reason
        for (Cut cut : cuts) {
            noise += cut.variance() / (cut.predicted() * cut.predicted()) / n;
            double gap = cut.seen() / cut.predicted() - ratio;
            spread += gap * gap / Math.max(1, n - 1);
        }
        double between = n == 1 ? UNKNOWN_SPREAD * UNKNOWN_SPREAD * ratio * ratio : Math.max(0, spread - noise);
        double expected = predicted * ratio;
        double now = chance.of(expected) / (predicted * predicted);
        double t = T[Math.min(T.length, Math.max(1, n - 1)) - 1];
        // The chance of single customers is known; how much windows differ is itself estimated from a few.
        double reach = predicted * Math.sqrt(Z * Z * (now + noise / n) + t * t * between * (1 + 1.0 / n));
        return new Forecast(Math.min(most, expected), Math.max(0, expected - reach), Math.min(most, expected + reach));
    }

    /** The variance that a figure has by the chance of single customers. */
    interface Variance {
        double of(double figure);
    }
}
