package dev.lookbook.cli;

import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --model}, for the commands that use a trained model. */
final class ModelOption {

    @Option(
            names = {"-m", "--model"},
            paramLabel = "MODEL",
            defaultValue = "small",
            description = "A shipped model's name, a model file or a run directory (default: ${DEFAULT-VALUE}).")
    private String text;

    /** What the user wrote. */
    String text() {
        return text;
    }

    Path file() throws IOException {
        return Home.findModel(text);
    }
}
