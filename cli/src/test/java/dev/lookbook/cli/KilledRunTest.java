package dev.lookbook.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.evaluate.Report;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real process, killed as {@code kill -9} does, and another that goes on with its run. */
class KilledRunTest {
    private static final int PATIENCE_MILLIS = 60_000;

    @TempDir
    Path folder;

    /** Noise is enough to train on, and quick to evaluate. */
    @BeforeEach
    void drawNoise() throws IOException {
        Path data = Files.createDirectory(folder.resolve("noise"));
        Random random = new Random(8);
        for (String split : List.of("train", "test")) {
            List<String> rows = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                rows.add(i % 10 + ","
                        + random.ints(28 * 28, 0, 256)
                                .mapToObj(Integer::toString)
                                .collect(Collectors.joining(",")));
            }
            Files.write(data.resolve(split + ".csv"), rows);
        }
    }

    @Test
    void aRunThatIsKilledAndResumedEndsWithTheWeightsOfAnUnbrokenOne() throws Exception {
        Launched.Running unbroken = start(training("whole"));
        Launched.Running doomed = start(training("doomed"));
        waitForEpochs("doomed");
        doomed.process().destroyForcibly();
        Launched killed = doomed.await();
        Launched whole = unbroken.await();
        assertThat(folder.resolve("doomed/report.json"))
                .as("the run was over before it was killed")
                .doesNotExist();

        Launched resumed = start(List.of("train", "--resume", "doomed")).await();

        assertThat(whole.exitCode()).as(whole.err()).isZero();
        assertThat(killed.exitCode()).isNotZero();
        assertThat(resumed.exitCode()).as(resumed.err()).isZero();
        assertThat(weights("doomed")).isEqualTo(weights("whole"));
        try (Stream<Path> left = Files.walk(folder.resolve("doomed"))) {
            assertThat(left.filter(file -> file.toString().endsWith(".tmp")))
                    .as("files that the killed process left half-written under their names")
                    .allSatisfy(
                            file -> assertThat(file.getFileName().toString()).startsWith("."));
        }
    }

    @Test
    void aRunThatIsAskedToStopStopsWithoutACrash() throws Exception {
        Launched.Running running = start(training("stopped"));
        waitForEpochs("stopped");
        running.process().destroy(); // SIGTERM; Ctrl-C takes the same way
        Launched stopped = running.await();

        assertThat(stopped.exitCode()).as(stopped.err()).isEqualTo(128 + 15);
        assertThat(folder).isDirectoryNotContaining("glob:**/hs_err*");
    }

    private List<String> training(String out) {
        return List.of(
                "train",
                "--data",
                "noise",
                "--holdout",
                "200",
                "--model",
                "tiny",
                "--steps",
                "60",
                "--threads",
                "1",
                "--precision",
                "fp32",
                "--out",
                out);
    }

    private Launched.Running start(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.awt.headless=true",
                "-Dlookbook.home=" + System.getProperty("lookbook.home"),
                "dev.lookbook.cli.Lookbook"));
        command.addAll(arguments);
        return Launched.start(folder, Map.of(), command);
    }

    /** Until a run is well into its steps, of which an epoch of noise has three. */
    private void waitForEpochs(String run) throws IOException, InterruptedException {
        Path results = folder.resolve(run).resolve("results.csv");
        for (int waited = 0; waited < PATIENCE_MILLIS; waited += 20) {
            if (Files.exists(results) && Files.readAllLines(results).size() > 4) {
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError(run + " did not come to its steps");
    }

    private String weights(String run) throws IOException {
        return Report.read(folder.resolve(run).resolve("report.json"))
                .weightsSha256()
                .orElseThrow();
    }
}
