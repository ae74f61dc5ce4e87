package dev.lookbook.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** How accurate a model is when it may keep silent: only answers of some confidence and above are given. */
final class RiskCoverage {
    private static final double[] SHARES = {0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 1};

    private RiskCoverage() {}

    /**
     * Every set of answers that a confidence threshold can give, smallest first: answers of equal confidence come
     * together.
     */
    static List<Report.Coverage> curve(Answers answers) {
        int[] boldestFirst = IntStream.range(0, answers.count())
                .boxed()
                .sorted((a, b) -> Float.compare(answers.confidence()[b], answers.confidence()[a]))
                .mapToInt(Integer::intValue)
                .toArray();
        List<Report.Coverage> curve = new ArrayList<>();
        int right = 0;
        for (int n = 1; n <= boldestFirst.length; n++) {
            int i = boldestFirst[n - 1];
            right += answers.right()[i] ? 1 : 0;
            float confidence = answers.confidence()[i];
            if (n == boldestFirst.length || answers.confidence()[boldestFirst[n]] < confidence) {
                curve.add(new Report.Coverage(
                        n / (double) boldestFirst.length,
                        n,
                        confidence,
                        right / (double) n,
                        Interval.wilson(right, n)));
            }
        }
        return List.copyOf(curve);
    }

    /** For round shares of the pictures, the smallest set of the curve that covers at least that share. */
    static List<Report.Coverage> table(List<Report.Coverage> curve) {
        List<Report.Coverage> table = new ArrayList<>();
        for (double share : SHARES) {
            Report.Coverage point = curve.stream()
                    .filter(p -> p.share() >= share - 1e-12)
                    .findFirst()
                    .orElseThrow();
            if (!table.contains(point)) {
                table.add(point);
            }
        }
        return List.copyOf(table);
    }
}
