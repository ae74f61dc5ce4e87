package dev.lookbook.cli;

import dev.lookbook.dataset.DatasetException;
import dev.lookbook.dataset.Source;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --data-dir}, for the commands that read labelled images. */
final class DataOptions {

    @Option(
            names = "--data-dir",
            paramLabel = "DIR",
            description = "Where to look for fashion-mnist, instead of the usual places.")
    private Optional<Path> dataDir = Optional.empty();

    Source source(String text) throws DatasetException {
        return Source.of(text, dataDir);
    }

    Optional<Path> dataDir() {
        return dataDir;
    }
}
