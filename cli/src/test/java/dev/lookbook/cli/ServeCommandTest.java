package dev.lookbook.cli;

import static dev.lookbook.cli.CommandLineFixture.lookbook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.cli.CommandLineFixture.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ServeCommandTest {
    @TempDir
    Path folder;

    @Test
    void anotherHostWithoutATokenIsWrongUsage() {
        Answer answer = lookbook("serve", "--host", "0.0.0.0", "--port", "0");

        assertThat(answer.exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
        assertThat(answer.err())
                .startsWith("lookbook: on host 0.0.0.0 other machines can reach the server")
                .contains("--token-file", "--insecure");
        assertThat(answer.err().lines()).hasSize(1);
    }

    @Test
    void whatCannotBeIsToldInOneLine() throws Exception {
        assertThat(lookbook("serve", "--max-body", "0").exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
        assertThat(lookbook("serve", "--threads", "0").err()).contains("threads must be from 1 to 1024, but was 0");
        assertThat(lookbook("serve", "--port", "70000").err()).contains("the port must be from 0 to 65535");
        assertThat(lookbook("serve", "--models", folder + "/none").err())
                .isEqualToIgnoringNewLines(
                        "lookbook: " + folder + "/none: no folder of models. Name one with --models");
        assertThat(lookbook("serve", "--token-file", folder + "/none").err()).contains("no such file");
        Path shortToken = Files.writeString(folder.resolve("token"), "secret\n");
        assertThat(lookbook("serve", "--token-file", shortToken.toString()).err())
                .contains("openssl rand -hex 32")
                .doesNotContain("secret\n");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aProcessServesUntilItIsToldToStop() throws Exception {
        BandModel.write(folder.resolve("bands.onnx"), OptionalDouble.of(0.5));
        Launched.Running process = start("serve", "--port", "0", "--models", folder.toString(), "--model", "bands");
        String url = address(process);

        int ready = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(url + "/v2/health/ready"))
                                .build(),
                        BodyHandlers.ofString())
                .statusCode();
        String other = lookbook("serve", "--port", url.substring(url.lastIndexOf(':') + 1))
                .err();
        process.process().destroy(); // SIGTERM; Ctrl-C takes the same way
        Launched ended = process.await();

        assertThat(ready).isEqualTo(200);
        assertThat(other)
                .startsWith("lookbook: cannot listen on 127.0.0.1 port ")
                .contains("--port");
        assertThat(ended.exitCode()).isEqualTo(128 + 15);
        assertThat(ended.out().lines()).containsExactly(url);
        assertThat(ended.err())
                .contains("bands.onnx: bands 1 opened and tried")
                .containsPattern(
                        "\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d INFO +access: 127.0.0.1 GET /v2/health/ready 200 14 bytes \\d+\\.\\d\\d ms")
                .contains("Ready ");
    }

    /** As under a supervisor that has stopped reading. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void aLogThatNobodyReadsHoldsUpNobody() throws Exception {
        BandModel.write(folder.resolve("bands.onnx"), OptionalDouble.of(0.5));
        Path out = folder.resolve("out");
        Process process = new ProcessBuilder(
                        command("serve", "--port", "0", "--models", folder.toString(), "--model", "bands"))
                .redirectOutput(out.toFile())
                .start(); // its stderr is a pipe, which takes 64 KiB
        try {
            while (Files.size(out) == 0 && process.isAlive()) {
                Thread.sleep(20);
            }
            HttpClient client = HttpClient.newHttpClient();
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(Files.readString(out).strip() + "/v2/health/live"))
                    .timeout(Duration.ofSeconds(20))
                    .build();

            for (int i = 0; i < 2_500; i++) { // a line of 80 bytes each: more than pipe and queue take
                assertThat(client.send(request, BodyHandlers.ofString()).statusCode())
                        .isEqualTo(200);
            }

            process.destroy();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
    }

    private Launched.Running start(String... arguments) throws IOException {
        return Launched.start(folder, Map.of(), command(arguments));
    }

    private static List<String> command(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                "-Djava.awt.headless=true",
                "-Dlookbook.home=" + System.getProperty("lookbook.home"),
                "dev.lookbook.cli.Lookbook"));
        command.addAll(List.of(arguments));
        return command;
    }

    private static String address(Launched.Running process) throws Exception {
        while (process.process().isAlive() && Files.size(process.outFile()) == 0) {
            Thread.sleep(20);
        }
        return Files.readString(process.outFile()).strip();
    }
}
