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
import java.util.function.Predicate;
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

    /**
     * How many times better our best is than the peers'.
     *
     * @param detail both, in words
     */
    record Ratio(double value, String detail) {}

    /** Training images per second of {@code classic}, ours and the fastest peer's. */
    Optional<Ratio> trainingRatio() {
        Optional<Contestant> ours = fastest(this::isOurClassic);
        Optional<Contestant> peer = fastest(contestant -> !isOurs(contestant) && isClassic(contestant));
        if (ours.isEmpty() || peer.isEmpty()) {
            return Optional.empty();
        }
        Spread we = trainingPace(ours.get());
        Spread they = trainingPace(peer.get());
        String detail = "in " + precision(ours.get()) + " " + we.text(we.median(), Markdown::whole) + ", " + peer.get()
                + " in " + precision(peer.get()) + " " + they.text(they.median(), Markdown::whole);
        Optional<Contestant> alike = fastest(
                contestant -> isOurClassic(contestant) && precision(contestant).equals(precision(peer.get())));
        if (alike.isPresent() && !alike.equals(ours)) {
            detail += "; both in " + precision(peer.get()) + " "
                    + times(trainingPace(alike.get()).median() / they.median());
        }
        return Optional.of(new Ratio(we.median() / they.median(), detail));
    }

    static String times(double ratio) {
        return Markdown.decimals(1, ratio) + "x";
    }

    private Optional<Contestant> fastest(Predicate<Contestant> among) {
        return contestants().stream()
                .filter(contestant -> !speed(contestant).isEmpty())
                .filter(among)
                .max(Comparator.comparingDouble(
                        contestant -> trainingPace(contestant).median()));
    }

    private Spread trainingPace(Contestant contestant) {
        return Spread.of(speed(contestant), SpeedRow::trainImagesPerSecond);
    }

    private String precision(Contestant contestant) {
        return speed(contestant).get(0).precision();
    }

    private boolean isOurClassic(Contestant contestant) {
        return isOurs(contestant) && isClassic(contestant);
    }

    private static boolean isClassic(Contestant contestant) {
        return contestant.network().equals(CLASSIC);
    }

    /** How many times longer the fastest peer trains to reach an accuracy than the fastest of our networks. */
    Optional<Ratio> timeRatio(double target) {
        if (setup.isEmpty()) {
            return Optional.empty();
        }
        Optional<Contestant> ours = soonest(target, PeerFigures::isOurs);
        Optional<Contestant> peer = soonest(target, contestant -> !isOurs(contestant));
        if (ours.isEmpty() || peer.isEmpty()) {
            return Optional.empty();
        }
        double we = seconds(target, ours.get());
        double they = seconds(target, peer.get());
        return Optional.of(new Ratio(
                they / we,
                ours.get() + " " + Markdown.seconds(we) + " s, " + peer.get() + " " + Markdown.seconds(they) + " s"));
    }

    private Optional<Contestant> soonest(double target, Predicate<Contestant> among) {
        return contestants().stream()
                .filter(among)
                .filter(contestant ->
                        ladder().reached(target, schedules(contestant)).isPresent())
                .min(Comparator.comparingDouble(contestant -> seconds(target, contestant)));
    }

    private double seconds(double target, Contestant contestant) {
        return ladder().reached(target, schedules(contestant)).orElseThrow().meanSeconds();
    }

    /** @throws java.util.NoSuchElementException if nothing was measured yet */
    Ladder ladder() {
        return setup.orElseThrow().ladder();
    }

    static boolean isOurs(Contestant contestant) {
        return contestant.entrant().startsWith(OURS);
    }
}
