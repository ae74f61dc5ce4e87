package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lookbook.classify.Classifier;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Triton's own Python client against our server. Skipped where there is none: {@code pip install 'tritonclient[http]'},
 * and name the Python that has it in the environment variable LOOKBOOK_TEST_PYTHON if it is not python3.
 */
class TritonClientTest {
    private static final int SECONDS = 60;
    private static final int COUNT = 3;

    @TempDir
    Path folder;

    @Test
    void tritonsClientGetsTheAnswersOfTheClassifier() throws Exception {
        String python =
                Optional.ofNullable(System.getenv("LOOKBOOK_TEST_PYTHON")).orElse("python3");
        assumeTrue(
                has(python),
                "Triton's client is not here: pip install 'tritonclient[http]', or name a Python that has it in"
                        + " LOOKBOOK_TEST_PYTHON");
        Path pixels = Files.write(folder.resolve("pixels"), TestImages.pixels(COUNT));
        Path script = Path.of(getClass().getResource("/triton_client.py").toURI());
        float[] expected;
        try (Classifier classifier = Classifier.open(Running.shipped("tiny"), 1)) {
            expected = classifier.score(TestImages.pixels(COUNT), COUNT).probabilities();
        }

        try (Running running = Running.with(folder, "tiny")) {
            Path out = folder.resolve("out");
            Path err = folder.resolve("err"); // warnings must not get among the JSON
            int exit =
                    run(out, err, python, script.toString(), "127.0.0.1:" + running.server.port(), pixels.toString());
            assertThat(exit).as(Files.readString(err)).isZero();

            JsonNode answers = Json.MAPPER.readTree(Files.readString(out));
            for (String way : List.of("defaults", "json", "gzip", "deflate", "packed answer")) {
                JsonNode probabilities = answers.path(way);
                assertThat(probabilities).as(way).hasSize(expected.length);
                for (int i = 0; i < expected.length; i++) {
                    assertThat((float) probabilities.get(i).doubleValue())
                            .as(way)
                            .isEqualTo(expected[i]);
                }
            }
            assertThat(answers.path("error").stringValue()).contains("there is no model 'no such model'");
            assertThat(answers.path("status").stringValue()).isEqualTo("404");
        }
    }

    private boolean has(String python) throws InterruptedException {
        try {
            return run(folder.resolve("out"), folder.resolve("err"), python, "-c", "import numpy, tritonclient.http")
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Into files, since a process that nobody reads from stops when its pipe is full. */
    private static int run(Path out, Path err, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(err.toFile())
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command[0] + " has not ended after " + SECONDS + " s");
        }
        return process.exitValue();
    }
}
