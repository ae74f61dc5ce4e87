package dev.lookbook.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

class LadderTest {
    private static final double SECONDS_PER_EPOCH = 10;

    private final Ladder ladder = new Ladder(List.of(1.0, 2.0, 4.0, 8.0, 16.0), List.of(0.91, 0.92), 3, 100, 2);

    @Test
    void beginsWithTheShortestScheduleAndItsFirstSeed() {
        assertThat(ladder.next(List.of())).contains(new Ladder.Next(1, 1));
    }

    @Test
    void findsTheShortestSchedulesThatReachTheTargets() {
        List<ScheduleRow> done = climb(epochs -> epochs < 2 ? 0.905 : epochs < 8 ? 0.912 : 0.921);

        assertThat(ladder.reached(0.91, done).orElseThrow().epochs()).isEqualTo(2);
        assertThat(ladder.reached(0.92, done).orElseThrow().epochs()).isEqualTo(8);
        assertThat(ladder.reached(0.92, done).orElseThrow().meanSeconds()).isEqualTo(80);
        assertThat(ladder.isSettled(done)).isTrue();
        assertThat(done).extracting(ScheduleRow::epochs).doesNotContain(16.0);
    }

    @Test
    void doesNotRepeatAScheduleThatIsFarBelowTheNextTarget() {
        List<ScheduleRow> done = climb(epochs -> epochs < 4 ? 0.89 : 0.921);

        assertThat(done.stream().filter(row -> row.epochs() == 1)).hasSize(1);
        assertThat(done.stream().filter(row -> row.epochs() == 4)).hasSize(3);
    }

    @Test
    void aScheduleWithoutAllItsSeedsReachesNothing() {
        List<ScheduleRow> done = List.of(row(1, 1, 0.95), row(1, 2, 0.95));

        assertThat(ladder.reached(0.91, done)).isEmpty();
        assertThat(ladder.next(done)).contains(new Ladder.Next(1, 3));
    }

    @Test
    void aMeasurementThatWasRemovedIsTakenAgain() {
        List<ScheduleRow> withoutTheSecond = List.of(row(1, 1, 0.95), row(1, 3, 0.95));

        assertThat(ladder.next(withoutTheSecond)).contains(new Ladder.Next(1, 2));
    }

    @Test
    void aShorterScheduleThatWasNotRunIsRunAlthoughALongerOneReachesAll() {
        List<ScheduleRow> done = List.of(row(1, 1, 0.80), row(4, 1, 0.95), row(4, 2, 0.95), row(4, 3, 0.95));

        assertThat(ladder.next(done)).contains(new Ladder.Next(2, 1));
        assertThat(ladder.isSettled(done)).isFalse();
    }

    @Test
    void theMeanOfTheSeedsCounts() {
        List<ScheduleRow> justBelow = List.of(row(1, 1, 0.915), row(1, 2, 0.910), row(1, 3, 0.9049));
        List<ScheduleRow> justThere = List.of(row(1, 1, 0.915), row(1, 2, 0.910), row(1, 3, 0.9050));

        assertThat(ladder.reached(0.91, justBelow)).isEmpty();
        assertThat(ladder.reached(0.91, justThere)).isPresent();
    }

    @Test
    void triesNoScheduleThatWouldTakeTooLong() {
        List<ScheduleRow> done = climb(epochs -> 0.90 + epochs / 1000);

        assertThat(done).extracting(ScheduleRow::epochs).contains(8.0).doesNotContain(16.0);
        assertThat(ladder.isSettled(done)).isTrue();
        assertThat(ladder.endedByTime(done)).isTrue();
        assertThat(ladder.reached(0.91, done)).isEmpty();
    }

    @Test
    void aRunThatWasEndedEndsTheSearch() {
        List<ScheduleRow> done = List.of(row(1, 1, 0.80), row(2, 1, Double.NaN));

        assertThat(ladder.next(done)).isEmpty();
        assertThat(ladder.endedByTime(done)).isTrue();
    }

    @Test
    void givesUpWhenLongerSchedulesBringNoGain() {
        List<ScheduleRow> done = climb(epochs -> epochs == 1 ? 0.90 : 0.899);

        assertThat(done.stream().map(ScheduleRow::epochs).distinct()).containsExactly(1.0, 2.0, 4.0);
        assertThat(ladder.isSettled(done)).isTrue();
        assertThat(ladder.endedByTime(done)).isFalse();
    }

    @Test
    void withoutPatienceItNeverGivesUp() {
        Ladder stubborn = new Ladder(ladder.rungs(), ladder.targets(), 3, 1000, 0);
        List<ScheduleRow> done = climb(stubborn, epochs -> epochs == 1 ? 0.90 : 0.899);

        assertThat(done).extracting(ScheduleRow::epochs).contains(16.0);
    }

    private List<ScheduleRow> climb(DoubleUnaryOperator accuracy) {
        return climb(ladder, accuracy);
    }

    /** Runs everything that the ladder asks for. */
    private static List<ScheduleRow> climb(Ladder ladder, DoubleUnaryOperator accuracy) {
        List<ScheduleRow> done = new ArrayList<>();
        for (Optional<Ladder.Next> next = ladder.next(done); next.isPresent(); next = ladder.next(done)) {
            double epochs = next.get().epochs();
            done.add(row(epochs, next.get().seed(), accuracy.applyAsDouble(epochs)));
        }
        return done;
    }

    private static ScheduleRow row(double epochs, long seed, double accuracy) {
        double seconds = SECONDS_PER_EPOCH * epochs;
        return new ScheduleRow("toy", "classic", epochs, seed, "fp32", 2, 1, seconds, seconds, accuracy, 0);
    }
}
