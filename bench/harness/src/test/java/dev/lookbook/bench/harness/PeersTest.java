package dev.lookbook.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The whole command, with an entrant that needs no library. */
class PeersTest {
    private static final Path DATA = Path.of(System.getProperty("lookbook.home"), "data/fashion-mnist");

    @TempDir
    Path home;

    private final StringWriter errors = new StringWriter();
    private final List<String> started = new ArrayList<>();
    private Duration spare = Duration.ofMinutes(2);

    @Test
    void measuresEverythingOnceAndThenHasNothingLeftToDo() throws Exception {
        Path out = home.resolve("figures");
        String[] arguments = {"--short", "--contestants", "a:means,b:means", "--out", out.toString()};

        assertThat(run(arguments)).as(errors.toString()).isZero();
        List<String> inTheFirstRun = List.copyOf(started);
        assertThat(run(arguments)).as(errors.toString()).isZero();

        assertThat(inTheFirstRun)
                .containsExactly(
                        "a train",
                        "a classify",
                        "a answer",
                        "a answer",
                        "b train",
                        "b classify",
                        "b answer",
                        "b answer",
                        "a train",
                        "b train");
        assertThat(started).as("nothing is measured twice").isEqualTo(inTheFirstRun);
        assertThat(Rows.speed(out))
                .extracting(SpeedRow::contestant)
                .containsExactly(new Contestant("a", "means"), new Contestant("b", "means"));
        assertThat(Rows.speed(out)).allSatisfy(row -> {
            assertThat(row.trainImagesPerSecond()).isPositive();
            assertThat(row.firstAnswer()).isPositive();
        });
        assertThat(Rows.schedules(out))
                .hasSize(2)
                .allSatisfy(row -> assertThat(row.accuracy()).isBetween(0.6, 0.7));
        assertThat(Setup.read(out).value("command")).isEqualTo("bench/peers --contestants a:means,b:means");
    }

    @Test
    void networksOfOneNameMustBeOneNetwork() throws Exception {
        Path out = Files.createDirectory(home.resolve("figures"));
        Rows.add(out, new SpeedRow("other", "means", 1, "fp32", 1, 7_850, 1, 1, 1, 1, 1));

        assertThat(run("--short", "--only", "speed", "--contestants", "a:means", "--out", out.toString()))
                .isEqualTo(1);
        assertThat(errors.toString()).contains("a:means has 7840 weights, and other:means has 7850");
    }

    @Test
    void aContestantThatIsNoneIsToldInOneLine() {
        assertThat(run("--short", "--contestants", "djl")).isEqualTo(1);
        assertThat(errors.toString().strip())
                .isEqualTo("bench/peers: \"djl\" must be LIBRARY:NETWORK, such as djl:classic");
    }

    @Test
    void measuringSpeedAloneKeepsTheLadderThatSchedulesWereMeasuredBy() throws Exception {
        Path out = Files.createDirectory(home.resolve("figures"));
        Ladder ladder = new Ladder(List.of(1.0, 2.0), List.of(0.5), 2, 60, 0);
        Setup.here(1, ladder, "bench/peers", new Code("", "")).write(out);
        Rows.add(out, new ScheduleRow("a", "means", 1, 1, "fp64", 1, 60, 1, 1, 0.67, 1));
        Rows.add(out, new SpeedRow("a", "means", 1, "fp64", 1, 7_840, 1, 1, 1, 1, 1)); // so that nothing is left to do

        int speed = run("--short", "--threads=1", "--contestants=a:means", "--out=" + out, "--only=speed");
        int all = run("--short", "--threads=1", "--contestants=a:means", "--out=" + out);

        assertThat(speed).isZero();
        assertThat(all).isEqualTo(1);
        assertThat(Setup.read(out).ladder()).isEqualTo(ladder);
        assertThat(Setup.read(out).value("command")).endsWith(" --only speed");
        assertThat(errors.toString().strip())
                .isEqualTo("bench/peers: " + out.resolve(Setup.FILE) + ": seeds was \"2\" and is \"1\" now."
                        + " Measure as before, move the old measurements away, or give --out");
        assertThat(started).isEmpty();
    }

    @Test
    void aSpeedThatTakesTooLongToMeasureIsTold() throws Exception {
        String out = home.resolve("figures").toString();
        spare = Duration.ZERO;

        int status = run("--short", "--only", "speed", "--minutes", "0", "--contestants", "a:means", "--out", out);

        assertThat(status).isEqualTo(1);
        assertThat(errors.toString().strip())
                .startsWith("bench/peers: a:means took longer than 0 s to train, and was ended. Give more --minutes");
        assertThat(Rows.speed(Path.of(out))).isEmpty();
    }

    private int run(String... arguments) {
        CommandLine command = Peers.commandLine(
                (name, from, threads, what) -> {
                    started.add(name + " " + what);
                    return MeanImages.process(home);
                },
                spare);
        List<String> all = new ArrayList<>(List.of("--home", home.toString(), "--data", DATA.toString()));
        all.addAll(List.of(arguments));
        return command.setErr(new PrintWriter(errors, true)).execute(all.toArray(String[]::new));
    }
}
