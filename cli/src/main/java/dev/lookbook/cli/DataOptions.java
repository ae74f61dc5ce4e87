package dev.lookbook.cli;

import dev.lookbook.dataset.DatasetException;
import dev.lookbook.dataset.FashionMnist;
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
        requireEffectOn(text);
        return Source.of(text, dataDir);
    }

    /** The same refusal as that of {@link Source}, as the wrong usage that it is on one command line. */
    void requireEffectOn(String data) {
        if (dataDir.isPresent() && !data.equals(FashionMnist.NAME)) {
            throw new UsageException("--data-dir says where to look for " + FashionMnist.NAME + ", and the data are "
                    + data + ": leave it out, or give the whole path as the data");
        }
    }

    Optional<Path> dataDir() {
        return dataDir;
    }
}
