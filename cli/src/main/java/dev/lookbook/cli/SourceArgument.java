package dev.lookbook.cli;

import dev.lookbook.dataset.DatasetException;
import dev.lookbook.dataset.Source;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** SOURCE and which split of it, for the commands about data. */
final class SourceArgument {

    @Parameters(
            index = "0",
            paramLabel = "SOURCE",
            defaultValue = "fashion-mnist",
            description = "fashion-mnist, a folder of IDX files, a CSV file or a folder of pictures"
                    + " (default: ${DEFAULT-VALUE}).")
    private String text;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            description = "One of train, val, test, all (default: each there is; show: the first there is).")
    private Optional<String> split = Optional.empty();

    @Mixin
    private DataOptions options;

    Source source() throws DatasetException {
        return options.source(text);
    }

    /** The splits that were asked for: one, or all that the source has. */
    List<String> splits(Source source) {
        return split.map(List::of).orElseGet(source::splits);
    }
}
