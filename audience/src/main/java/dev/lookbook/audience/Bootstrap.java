package dev.lookbook.audience;

import dev.lookbook.evaluate.Interval;
import java.util.Arrays;
import java.util.List;

/**
 * 95% intervals for shares of buyers, by drawing the customers again and again: a customer with all dates at once, since
 * what one customer does at two dates goes together. Each is drawn a Poisson number of times with mean 1.
 *
 * <p>Customers who bought nothing and whom nobody ranked high only count in the number of all; they are drawn together.
 */
final class Bootstrap {
    private static final long MOST_DRAWS = 60_000_000;
    private static final int MOST_REPLICATES = 1000;
    private static final int LEAST_REPLICATES = 200;

    private final int cells;
    private final List<double[]> customers; // [1 + 1 + 2 * cells]: bought, dates, then bought and dates in each cell
    private final double silent; // dates of the customers who are drawn together
    private final double[][] sums; // [replicates][2 + 2 * cells]

    /**
     * @param customers those that matter, each as {@code [2 + 2 * cells]}: bought and dates in all, then in each cell
     * @param silent how many times the others were ranked
     */
    Bootstrap(int cells, List<double[]> customers, double silent, long seed) {
        this.cells = cells;
        this.customers = customers;
        this.silent = silent;
        int replicates = (int) Math.max(
                LEAST_REPLICATES,
                Math.min(MOST_REPLICATES, MOST_DRAWS / Math.max(1, (long) customers.size() * (1 + cells))));
        this.sums = new double[replicates][];
        for (int r = 0; r < replicates; r++) {
            sums[r] = draw(Chance.of(seed, r));
        }
    }

    private double[] draw(Chance chance) {
        double[] sum = new double[2 + 2 * cells];
        for (double[] customer : customers) {
            int times = chance.poisson(1);
            for (int i = 0; times > 0 && i < sum.length; i++) {
                sum[i] += times * customer[i];
            }
        }
        sum[1] += Math.max(0, silent + Math.sqrt(silent) * chance.gaussian());
        return sum;
    }

    Interval precision(int cell) {
        return interval(sum -> sum[2 + 2 * cell] / sum[3 + 2 * cell]);
    }

    Interval lift(int cell) {
        return interval(sum -> sum[2 + 2 * cell] / sum[3 + 2 * cell] * sum[1] / sum[0]);
    }

    /** How many times the precision of the other cell. */
    Interval ratio(int cell, int other) {
        return interval(sum ->
                sum[2 + 2 * cell] / sum[3 + 2 * cell] * sum[3 + 2 * other] / Math.max(1e-12, sum[2 + 2 * other]));
    }

    /** The lift of a cell that holds one of {@code parts} equal parts of all. */
    Interval shareOfBought(int cell, int parts) {
        return interval(sum -> sum[2 + 2 * cell] * parts / sum[0]);
    }

    private interface Figure {
        double of(double[] sum);
    }

    private Interval interval(Figure figure) {
        double[] values = Arrays.stream(sums)
                .mapToDouble(figure::of)
                .filter(Double::isFinite)
                .sorted()
                .toArray();
        if (values.length == 0) {
            return new Interval(0, Double.MAX_VALUE);
        }
        return new Interval(
                values[(int) Math.floor(0.025 * (values.length - 1))],
                values[(int) Math.ceil(0.975 * (values.length - 1))]);
    }
}
