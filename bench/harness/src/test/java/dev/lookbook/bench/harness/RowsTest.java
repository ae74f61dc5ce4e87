package dev.lookbook.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsTest {
    private static final SpeedRow SPEED =
            new SpeedRow("djl", "classic", 2, "fp32", 2, 421_642, 4400.5, 600, 7400, 500, 1.25);
    private static final ScheduleRow SCHEDULE =
            new ScheduleRow("djl", "classic", 0.5, 3, "fp32", 2, 469, 12.5, 17.25, 0.8934, 700);

    private static final Code CODE = new Code("abc", "0123");

    @TempDir
    Path folder;

    @Test
    void whatIsKeptIsReadBack() throws Exception {
        Rows.add(folder, SPEED);
        Rows.add(folder, SCHEDULE);
        Rows.add(folder, SCHEDULE);

        assertThat(Rows.speed(folder)).containsExactly(SPEED);
        assertThat(Rows.schedules(folder)).containsExactly(SCHEDULE, SCHEDULE);
    }

    @Test
    void aRunThatWasEndedIsReadBackAsSuch() throws Exception {
        ScheduleRow ended = new ScheduleRow("dl4j", "classic", 4, 1, "", 2, 0, Double.NaN, 1500, Double.NaN, 0);

        Rows.add(folder, ended);

        assertThat(Rows.schedules(folder)).containsExactly(ended);
        assertThat(Rows.schedules(folder).get(0).tookTooLong()).isTrue();
    }

    @Test
    void thereIsNothingBeforeTheFirstMeasurement() throws Exception {
        assertThat(Rows.speed(folder)).isEmpty();
        assertThat(Rows.schedules(folder)).isEmpty();
    }

    @Test
    void aBrokenLineIsNamed() throws Exception {
        Rows.add(folder, SPEED);
        Files.writeString(folder.resolve(Rows.SPEED), "djl,classic,two\n", StandardOpenOption.APPEND);

        assertThatIOException()
                .isThrownBy(() -> Rows.speed(folder))
                .withMessageContaining("line 3 is not a measurement. Remove the line");
    }

    @Test
    void figuresOfDifferentMachinesAreKeptApart() throws Exception {
        Ladder ladder = new Ladder(List.of(1.0, 2.5), List.of(0.91), 3, 1200, 2);
        Setup.here(1, ladder, "bench/peers", CODE).write(folder);

        Setup.here(1, ladder, "bench/peers --short", CODE).write(folder);
        Rows.add(folder, SPEED);

        assertThat(Setup.read(folder).ladder()).isEqualTo(ladder);
        assertThat(Setup.read(folder).value("command")).isEqualTo("bench/peers; bench/peers --short");
        assertThatIOException()
                .isThrownBy(() -> Setup.here(2, ladder, "bench/peers", CODE).write(folder))
                .withMessageContaining("threads was \"1\" and is \"2\" now");
        assertThatIOException()
                .isThrownBy(() -> Setup.here(1, ladder, "bench/peers", new Code("abc", "later"))
                        .write(folder))
                .withMessageContaining("code was \"0123\" and is \"later\" now");
    }

    @Test
    void schedulesOfDifferentLaddersAreKeptApart() throws Exception {
        Ladder ladder = new Ladder(List.of(1.0, 2.5), List.of(0.91), 3, 1200, 2);
        Ladder other = new Ladder(List.of(1.0), List.of(0.91), 3, 1200, 2);
        Setup.here(1, ladder, "bench/peers", CODE).write(folder);

        Setup.here(1, other, "bench/peers", CODE).write(folder); // nothing was measured yet
        Rows.add(folder, SCHEDULE);

        assertThatIOException()
                .isThrownBy(() -> Setup.here(1, ladder, "bench/peers", CODE).write(folder))
                .withMessageContaining("epochs was \"1.0\" and is \"1.0,2.5\" now");
        assertThat(Setup.read(folder).ladder()).isEqualTo(other);
    }
}
