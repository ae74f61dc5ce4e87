package dev.lookbook.cli;

import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Command;

/**
 * {@code lookbook warm-up}: goes once through what people wait for, so that Java can write the classes it took to an
 * archive. The launcher runs it after a build.
 */
@Command(name = "warm-up", hidden = true, description = "Go once through the common commands, saying nothing.")
final class WarmUpCommand implements Runnable {

    @Override
    public void run() {
        try (PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8)) {
            Console silent = new Console(nowhere, nowhere, new ByteArrayInputStream(new byte[0]), false, true);
            Lookbook.run(silent, "--help");
            Lookbook.run(silent, "no-such-command");
        }
    }
}
