package dev.lookbook.audience;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** How good an audience should be, after what the same rules would have chosen earlier; and that in words. */
final class Expectations {
    private Expectations() {}

    /** Share of the chosen who will buy. */
    static Optional<Forecast> precision(Manifest.Window now, List<Manifest.Window> earlier) {
        List<Forecast.Cut> cuts = earlier.stream()
                .filter(window -> window.chosen() > 0) // nobody reached the threshold then, and nothing was seen
                .map(window -> new Forecast.Cut(
                        window.predicted(), window.bought(), variance(window.bought(), window.chosen())))
                .toList();
        if (cuts.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(Forecast.of(cuts, now.predicted(), share -> variance(share, now.chosen()), 1));
    }

    /** Share of all who are eligible who will buy. */
    static Optional<Forecast> baseRate(Manifest.Window now, List<Manifest.Window> earlier) {
        if (earlier.isEmpty()) {
            return Optional.empty();
        }
        List<Forecast.Cut> cuts = earlier.stream()
                .map(window -> new Forecast.Cut(
                        window.predictedOfAll(),
                        window.boughtOfAll(),
                        variance(window.boughtOfAll(), window.eligible())))
                .toList();
        return Optional.of(Forecast.of(cuts, now.predictedOfAll(), share -> variance(share, now.eligible()), 1));
    }

    /** How many times the share of all eligible the share of the chosen will be. */
    static Optional<Forecast> lift(Manifest.Window now, List<Manifest.Window> earlier) {
        List<Forecast.Cut> cuts = earlier.stream()
                .filter(window -> window.chosen() > 0 && window.boughtOfAll() > 0)
                .map(window -> new Forecast.Cut(
                        window.predicted() / window.predictedOfAll(),
                        window.bought() / window.boughtOfAll(),
                        liftVariance(window.bought(), window.boughtOfAll(), window)))
                .toList();
        if (cuts.isEmpty()) {
            return Optional.empty();
        }
        double base = baseRate(now, earlier).orElseThrow().expected();
        return Optional.of(Forecast.of(
                cuts,
                now.predicted() / now.predictedOfAll(),
                lift -> liftVariance(Math.min(1, lift * base), base, now),
                Double.MAX_VALUE));
    }

    /** Of a share of {@code count} customers; never 0, since none of a few says little. */
    private static double variance(double share, long count) {
        double likely = (share * count + 0.5) / (count + 1);
        return likely * (1 - likely) / count;
    }

    /** The chosen are among the eligible: where all are chosen, lift is 1 without doubt. */
    private static double liftVariance(double share, double base, Manifest.Window window) {
        double rest = 1 - (double) window.chosen() / window.eligible();
        return variance(share, window.chosen()) * rest / (base * base);
    }

    static String sentence(Manifest manifest) {
        if (manifest.expectedPrecision().isEmpty()) {
            return manifest.earlierWindows().isEmpty()
                    ? "How many will buy cannot be said: there are too few purchases before the date to try it on."
                    : "How many will buy cannot be said: nobody would have been chosen before the date.";
        }
        Forecast precision = manifest.expectedPrecision().get();
        String lift = manifest.expectedLift()
                .map(one -> format(
                        one.low() > 1
                                ? " That is %.1f times as many as among all who are eligible (%.1f to %.1f)."
                                : " No lift is shown: %.1f times as many as among all who are eligible (%.1f to %.1f).",
                        one.expected(),
                        one.low(),
                        one.high()))
                .orElse("");
        return format(
                        "Expected to buy %s within %d days: %.1f%% of the chosen (90%% interval %.1f to %.1f%%).",
                        String.join(" or ", manifest.campaign().classes()),
                        manifest.campaign().horizonDays(),
                        100 * precision.expected(),
                        100 * precision.low(),
                        100 * precision.high())
                + lift;
    }

    static String sentence(Skipped skipped) {
        return format("%,d rows of %s, %s", skipped.rows(), skipped.file(), skipped.problem())
                + (skipped.line() > 0 ? format("; first in line %d: \"%s\"", skipped.line(), skipped.value()) : "");
    }

    private static String format(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
