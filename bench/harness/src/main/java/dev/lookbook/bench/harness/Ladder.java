package dev.lookbook.bench.harness;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Looks for the shortest training schedules that reach accuracies: tries longer and longer ones, each from scratch, each
 * with several seeds.
 *
 * @param rungs the schedules, in epochs, ascending
 * @param targets the accuracies to reach, by the mean of all seeds, ascending, from 0 to 1
 * @param seeds runs per schedule
 * @param mostSeconds schedules that would train longer are not tried
 * @param patience after this many longer schedules without a better mean the search ends; 0: it never does
 */
public record Ladder(List<Double> rungs, List<Double> targets, int seeds, double mostSeconds, int patience) {
    /** A schedule whose first runs are, in the mean, this far below the next target is left at that: seeds differ by less. */
    private static final double HOPELESS = 0.006;

    public Ladder {
        rungs = List.copyOf(rungs);
        targets = List.copyOf(targets);
    }

    /** The run to do next. */
    record Next(double epochs, long seed) {}

    /** A schedule and what its runs came to. */
    public record Result(double epochs, List<ScheduleRow> runs) {

        public double meanAccuracy() {
            return runs.stream().mapToDouble(ScheduleRow::accuracy).average().orElse(Double.NaN);
        }

        public double meanSeconds() {
            return runs.stream()
                    .mapToDouble(ScheduleRow::trainSeconds)
                    .average()
                    .orElse(Double.NaN);
        }
    }

    /** The next run of an entrant whose runs so far are {@code done}; empty if there is nothing left to find out. */
    Optional<Next> next(List<ScheduleRow> done) {
        double secondsPerEpoch = 0;
        double best = 0;
        int withoutGain = 0;
        for (double epochs : rungs) {
            OptionalDouble open = openBelow(epochs, done);
            Result rung = result(epochs, done);
            boolean tooLong = secondsPerEpoch * epochs > mostSeconds;
            boolean givenUp = patience > 0 && withoutGain >= patience;
            if (open.isEmpty() || tooLong || givenUp) {
                return Optional.empty();
            }
            if (rung.runs().stream().anyMatch(ScheduleRow::tookTooLong)) {
                return Optional.empty();
            }
            boolean hopeless = !rung.runs().isEmpty() && rung.meanAccuracy() < open.getAsDouble() - HOPELESS;
            if (rung.runs().size() < seeds && !hopeless) {
                return Optional.of(new Next(epochs, leastSeedMissing(rung)));
            }
            withoutGain = rung.meanAccuracy() > best ? 0 : withoutGain + 1;
            best = Math.max(best, rung.meanAccuracy());
            secondsPerEpoch = rung.meanSeconds() / epochs;
        }
        return Optional.empty();
    }

    /** Whether the search is at its end, and a target that was not reached will not be. */
    public boolean isSettled(List<ScheduleRow> done) {
        return next(done).isEmpty();
    }

    /** Whether the next longer schedule would take, or took, more than the most seconds. */
    public boolean endedByTime(List<ScheduleRow> done) {
        List<Result> tried = results(done);
        if (tried.isEmpty()) {
            return false;
        }
        Result last = tried.get(tried.size() - 1);
        int after = rungs.indexOf(last.epochs()) + 1;
        return last.runs().stream().anyMatch(ScheduleRow::tookTooLong)
                || after < rungs.size() && last.meanSeconds() / last.epochs() * rungs.get(after) > mostSeconds;
    }

    /** The shortest schedule of which all seeds were run and reach {@code target} in the mean; empty if none does. */
    public Optional<Result> reached(double target, List<ScheduleRow> done) {
        return rungs.stream()
                .map(epochs -> result(epochs, done))
                .filter(result -> result.runs().size() >= seeds)
                .filter(result -> result.meanAccuracy() >= target - 1e-9)
                .findFirst();
    }

    /** All schedules that were tried, ascending. */
    public List<Result> results(List<ScheduleRow> done) {
        return rungs.stream()
                .map(epochs -> result(epochs, done))
                .filter(result -> !result.runs().isEmpty())
                .toList();
    }

    /** The least target that no shorter schedule reaches. */
    private OptionalDouble openBelow(double epochs, List<ScheduleRow> done) {
        List<ScheduleRow> shorter =
                done.stream().filter(row -> row.epochs() < epochs).toList();
        return targets.stream()
                .filter(target -> reached(target, shorter).isEmpty())
                .mapToDouble(Double::doubleValue)
                .findFirst();
    }

    private static long leastSeedMissing(Result rung) {
        long seed = 1;
        while (isThere(seed, rung)) {
            seed++;
        }
        return seed;
    }

    private static boolean isThere(long seed, Result rung) {
        return rung.runs().stream().anyMatch(row -> row.seed() == seed);
    }

    private static Result result(double epochs, List<ScheduleRow> done) {
        return new Result(
                epochs, done.stream().filter(row -> row.epochs() == epochs).toList());
    }
}
