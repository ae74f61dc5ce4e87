package dev.lookbook.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void measuresEverythingOnceAndThenHasNothingLeftToDo() throws Exception {
        Path out = home.resolve("figures");
        String[] arguments = {"--short", "--contestants", "a:means,b:means", "--out", out.toString()};

        assertThat(run(arguments)).as(errors.toString()).isZero();
        List<String> inTheFirstRun = List.copyOf(started);
        assertThat(run(arguments)).as(errors.toString()).isZero();

        assertThat(inTheFirstRun).containsExactly("a", "b", "a", "b");
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

    private int run(String... arguments) {
        CommandLine command = Peers.commandLine((name, from, threads) -> {
            started.add(name);
            return MeanImages.process(home);
        });
        List<String> all = new ArrayList<>(List.of("--home", home.toString(), "--data", DATA.toString()));
        all.addAll(List.of(arguments));
        return command.setErr(new PrintWriter(errors, true)).execute(all.toArray(String[]::new));
    }
}
