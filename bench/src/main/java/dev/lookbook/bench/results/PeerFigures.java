package dev.lookbook.bench.results;

import dev.lookbook.bench.harness.Contestant;
import dev.lookbook.bench.harness.Ladder;
import dev.lookbook.bench.harness.Rows;
import dev.lookbook.bench.harness.ScheduleRow;
import dev.lookbook.bench.harness.Setup;
import dev.lookbook.bench.harness.SpeedRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What {@code bench/peers} left.
 *
 * @param setup empty if nothing was measured yet
 */
record PeerFigures(Optional<Setup> setup, List<SpeedRow> speed, List<ScheduleRow> schedules) {
    private static final String OURS = "lookbook";
    private static final String CLASSIC = "classic";

    static PeerFigures read(Path folder) throws IOException {
        Optional<Setup> setup =
                Files.exists(folder.resolve(Setup.FILE)) ? Optional.of(Setup.read(folder)) : Optional.empty();
        return new PeerFigures(setup, Rows.speed(folder), Rows.schedules(folder));
    }

    /** All that have a figure: ours first, then the peers, each with its networks. */
    List<Contestant> contestants() {
        return Stream.concat(
                        speed.stream().map(SpeedRow::contestant),
                        schedules.stream().map(ScheduleRow::contestant))
                .distinct()
                .sorted(Comparator.<Contestant, Boolean>comparing(contestant -> !isOurs(contestant))
                        .thenComparing(Contestant::entrant)
                        .thenComparing(Contestant::network))
                .toList();
    }

    List<SpeedRow> speed(Contestant contestant) {
        return speed.stream().filter(row -> row.contestant().equals(contestant)).toList();
    }

    List<ScheduleRow> schedules(Contestant contestant) {
        return schedules.stream()
                .filter(row -> row.contestant().equals(contestant))
                .toList();
    }

    /** How many times the fastest peer's training images per second Lookbook has, both with {@code classic}. */
    OptionalDouble trainingRatio() {
        return ratio(mostImagesPerSecond(true), mostImagesPerSecond(false));
    }

    private OptionalDouble mostImagesPerSecond(boolean ours) {
        return contestants().stream()
                .filter(contestant -> isOurs(contestant) == ours)
                .filter(contestant -> contestant.network().equals(CLASSIC))
                .filter(contestant -> !speed(contestant).isEmpty())
                .mapToDouble(contestant -> Spread.of(speed(contestant), SpeedRow::trainImagesPerSecond)
                        .median())
                .max();
    }

    /** How many times longer the fastest peer trains to reach an accuracy than the fastest of our networks. */
    OptionalDouble timeRatio(double target) {
        return setup.isEmpty()
                ? OptionalDouble.empty()
                : ratio(leastSeconds(target, false), leastSeconds(target, true));
    }

    private static OptionalDouble ratio(OptionalDouble a, OptionalDouble b) {
        return a.isPresent() && b.isPresent()
                ? OptionalDouble.of(a.getAsDouble() / b.getAsDouble())
                : OptionalDouble.empty();
    }

    private OptionalDouble leastSeconds(double target, boolean ours) {
        return contestants().stream()
                .filter(contestant -> isOurs(contestant) == ours)
                .flatMap(contestant -> ladder().reached(target, schedules(contestant)).stream())
                .mapToDouble(Ladder.Result::meanSeconds)
                .min();
    }

    /** @throws java.util.NoSuchElementException if nothing was measured yet */
    Ladder ladder() {
        return setup.orElseThrow().ladder();
    }

    private static boolean isOurs(Contestant contestant) {
        return contestant.entrant().equals(OURS);
    }
}
