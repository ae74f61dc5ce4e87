package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lookbook.classify.Classifier;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
            Process process = run(python, script.toString(), "127.0.0.1:" + running.server.port(), pixels.toString());
            String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).as(out).isZero();

            JsonNode answers = Json.MAPPER.readTree(out);
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

    private static boolean has(String python) throws InterruptedException {
        try {
            Process process = run(python, "-c", "import numpy, tritonclient.http");
            process.getInputStream().readAllBytes();
            return process.waitFor(SECONDS, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static Process run(String... command) throws IOException {
        return new ProcessBuilder(command).redirectErrorStream(true).start();
    }
}
