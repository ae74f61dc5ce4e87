package dev.lookbook.audience;

import dev.lookbook.evaluate.Interval;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a backtest has found: {@code backtest.json}.
 *
 * @param labels whether outcomes are counted by {@code true} labels or by the {@code predicted} probabilities
 * @param baseRate share of all ranked customers who bought, over all dates
 * @param k the number of customers that the comparison is about
 * @param best the baseline with the highest precision at {@code k}
 * @param overBest how many times the precision of the best baseline
 * @param errorCost the share of the precision that the classifier's mistakes cost; empty without true labels
 */
record BacktestReport(
        String tool,
        Campaign campaign,
        List<Manifest.Input> inputs,
        String labels,
        List<Day> dates,
        double baseRate,
        int k,
        List<Row> rows,
        String best,
        Ratio overBest,
        Optional<Ratio> errorCost,
        List<Decile> deciles,
        Map<String, List<Double>> gains,
        List<Skipped> skipped) {

    /** One date. */
    record Day(String date, int customers, double bought, double precision, double bestPrecision) {}

    /** How one ranker did among the first {@code k}. */
    record Row(
            String ranker,
            int k,
            double precision,
            Interval precisionInterval,
            double recall,
            double lift,
            Interval liftInterval) {}

    /** A ratio and its 95% interval. */
    record Ratio(double value, Interval interval) {}

    /** A tenth of the customers, the best first. */
    record Decile(int decile, double share, double lift, Interval liftInterval) {}

    Row row(Ranker ranker, int k) {
        return rows.stream()
                .filter(row -> row.ranker().equals(ranker.title()) && row.k() == k)
                .findFirst()
                .orElseThrow();
    }
}
