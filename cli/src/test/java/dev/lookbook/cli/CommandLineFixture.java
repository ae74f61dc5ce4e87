package dev.lookbook.cli;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Runs a command line in this process and keeps what it printed. */
final class CommandLineFixture {

    /** What one command line answered. */
    record Answer(int exitCode, String out, String err) {}

    private CommandLineFixture() {}

    static Answer lookbook(String... args) {
        return lookbookReading("", args);
    }

    static Answer lookbookReading(String stdin, String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Console console = new Console(
                new Output(out, StandardCharsets.UTF_8, "stdout"),
                new PrintStream(err, false, StandardCharsets.UTF_8),
                new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8)),
                false,
                false);
        int exitCode = Lookbook.run(console, args);
        return new Answer(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
