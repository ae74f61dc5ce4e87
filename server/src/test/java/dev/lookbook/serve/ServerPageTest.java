package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The curl examples of docs/server.md, run as they stand there. */
@DisabledOnOs(OS.WINDOWS)
class ServerPageTest {
    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path folder;

    @Test
    void theExamplesWork() throws Exception {
        assumeTrue(Files.exists(Path.of("/usr/bin/curl")), "there is no curl here");
        Files.write(folder.resolve("shirt.png"), TestImages.png(0));
        Files.write(folder.resolve("coat.jpg"), TestImages.png(1)); // the content decides
        String page = Files.readString(Running.HOME.resolve("docs/server.md"));
        List<String> commands = BLOCK.matcher(page)
                .results()
                .flatMap(block -> block.group(1).lines())
                .filter(line -> line.startsWith("curl "))
                .toList();

        try (Running running = Running.with(folder, "tiny", "small", "base")) {
            assertThat(commands).hasSizeGreaterThan(7);
            for (String command : commands) {
                ProcessBuilder builder = new ProcessBuilder(
                                "sh", "-c", command.replace("curl ", "curl -sS --fail-with-body "))
                        .directory(folder.toFile())
                        .redirectErrorStream(true);
                builder.environment().put("LOOKBOOK", running.server.url());
                Process curl = builder.start();
                String answer = new String(curl.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertThat(curl.waitFor()).as(command + "\n" + answer).isZero();
                assertThat(answer).as(command).isNotBlank();
            }
        }
    }

    @Test
    void thePageSaysWhatTheLimitsAre() throws Exception {
        String page = Files.readString(Running.HOME.resolve("docs/server.md")).replaceAll("\\s+", " ");
        Limits limits = Limits.defaults();

        assertThat(page)
                .contains("(`--queue`, " + limits.queue() + ")")
                .contains("`--timeout` (" + limits.timeout().toSeconds() + " s)")
                .contains((limits.bodyBytes() >> 20) + " MiB as sent")
                .contains(limits.pixels() / 1_000_000 + " million pixels (`--max-pixels`)")
                .contains(limits.images() + " images (`--max-images`)");
    }
}
