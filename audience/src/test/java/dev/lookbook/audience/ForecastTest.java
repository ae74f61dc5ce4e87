package dev.lookbook.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ForecastTest {

    private static Forecast.Cut cut(double predicted, double seen) {
        return new Forecast.Cut(predicted, seen, 0.0001);
    }

    @Test
    void aMethodThatSaidTooLittleBeforeIsPutRight() {
        Forecast forecast = Forecast.of(List.of(cut(0.1, 0.2), cut(0.2, 0.4)), 0.15, share -> 0.0001, 1);

        assertThat(forecast.expected()).isCloseTo(0.3, within(1e-12));
    }

    @Test
    void cutsThatDifferMoreMakeAWiderInterval() {
        Forecast alike = Forecast.of(List.of(cut(0.1, 0.1), cut(0.1, 0.11), cut(0.1, 0.09)), 0.1, share -> 0.0001, 1);
        Forecast unlike = Forecast.of(List.of(cut(0.1, 0.1), cut(0.1, 0.16), cut(0.1, 0.04)), 0.1, share -> 0.0001, 1);

        assertThat(unlike.expected()).isCloseTo(alike.expected(), within(1e-12));
        assertThat(unlike.high() - unlike.low()).isGreaterThan(2 * (alike.high() - alike.low()));
    }

    @Test
    void oneCutSaysLittle() {
        Forecast one = Forecast.of(List.of(cut(0.2, 0.2)), 0.2, share -> 0.0001, 1);

        assertThat(one.low()).isZero();
        assertThat(one.high()).isEqualTo(1);
    }

    @Test
    void neverLeavesWhatIsPossible() {
        Forecast forecast = Forecast.of(List.of(cut(0.9, 0.99), cut(0.9, 0.9), cut(0.9, 0.95)), 0.95, s -> 0.01, 1);

        assertThat(forecast.expected()).isLessThanOrEqualTo(1);
        assertThat(forecast.high()).isLessThanOrEqualTo(1);
        assertThat(forecast.low()).isPositive();
    }

    @Test
    void windowsInWhichNobodyWasChosenSayNothing() {
        Manifest.Window now = new Manifest.Window("2025-11-03", 100, 10, 0, 0.2, 0, 0.1);
        Manifest.Window before = new Manifest.Window("2025-10-06", 100, 10, 0.3, 0.2, 0.1, 0.1);
        Manifest.Window nobody = new Manifest.Window("2025-09-08", 100, 0, 0, 0, 0.1, 0.1);

        assertThat(Expectations.precision(now, List.of(before, nobody)))
                .isEqualTo(Expectations.precision(now, List.of(before)))
                .hasValueSatisfying(one -> assertThat(one.expected()).isCloseTo(0.3, within(1e-12)));
        assertThat(Expectations.lift(now, List.of(before, nobody)).orElseThrow().high())
                .isFinite();
        assertThat(Expectations.precision(now, List.of(nobody))).isEmpty();
        assertThat(Expectations.lift(now, List.of(nobody))).isEmpty();
    }

    @ParameterizedTest(name = "windows differ by {0}, {1} customers")
    @CsvSource({"0, 400", "0.1, 400", "0.2, 1000", "0.4, 400"})
    void nineOfTenIntervalsHoldWhatComes(double spread, int customers) {
        long seed = 5;
        Chance chance = Chance.of(seed, 0);
        int held = 0;
        int trials = 1000;
        for (int trial = 0; trial < trials; trial++) {
            List<Forecast.Cut> cuts = new ArrayList<>();
            for (int cut = 0; cut < 8; cut++) {
                double seen = share(chance, customers, spread);
                cuts.add(new Forecast.Cut(0.1, seen, seen * (1 - seen) / customers));
            }
            double now = share(chance, customers, spread);

            Forecast forecast = Forecast.of(cuts, 0.1, share -> share * (1 - share) / customers, 1);

            held += forecast.low() <= now && now <= forecast.high() ? 1 : 0;
        }

        assertThat(held / (double) trials).as("seed %d", seed).isBetween(0.85, 0.95);
    }

    /** Of customers who buy with a probability of a tenth that differs from window to window. */
    private static double share(Chance chance, int customers, double spread) {
        double probability = 0.1 * Math.exp(spread * chance.gaussian());
        int buyers = 0;
        for (int i = 0; i < customers; i++) {
            buyers += chance.happens(probability) ? 1 : 0;
        }
        return buyers / (double) customers;
    }
}
