package dev.lookbook.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** What a process of its own answered. */
record Launched(int exitCode, String out, String err) {

    private static final int SECONDS = 120;

    /** Starts a process and waits for its end; the variables come on top of ours, and an empty value removes one. */
    static Launched run(Path folder, Map<String, String> variables, List<String> command)
            throws IOException, InterruptedException {
        return start(folder, variables, command).await();
    }

    static Running start(Path folder, Map<String, String> variables, List<String> command) throws IOException {
        Path out = Files.createTempFile("lookbook", ".out");
        Path err = Files.createTempFile("lookbook", ".err");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(out.toFile())
                .redirectError(err.toFile());
        variables.forEach((name, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(name);
            } else {
                builder.environment().put(name, value);
            }
        });
        return new Running(builder.start(), out, err);
    }

    /** A process under way. */
    record Running(Process process, Path outFile, Path errFile) {

        Launched await() throws IOException, InterruptedException {
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
            String out = Files.readString(outFile, StandardCharsets.UTF_8);
            String err = Files.readString(errFile, StandardCharsets.UTF_8);
            Files.delete(outFile);
            Files.delete(errFile);
            return new Launched(process.exitValue(), out, err);
        }
    }
}
