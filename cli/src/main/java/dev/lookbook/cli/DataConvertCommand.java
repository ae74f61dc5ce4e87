package dev.lookbook.cli;

import dev.lookbook.dataset.DataFormat;
import dev.lookbook.dataset.DatasetException;
import dev.lookbook.dataset.Source;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lookbook data convert}: the same images in another form. */
@Command(
        name = "convert",
        description = "Write the same images as IDX files, CSV or a folder of PNGs, without loss; prints the place.")
final class DataConvertCommand implements Callable<Integer> {

    private final Lookbook lookbook;

    @Mixin
    private SourceArgument argument;

    @Option(names = "--to", required = true, paramLabel = "FORMAT", description = "idx, csv or folder.")
    private DataFormat format;

    @Option(
            names = {"-o", "--out"},
            required = true,
            paramLabel = "PLACE",
            description = "A new folder; for CSV and one split also a new file that ends in .csv.")
    private Path out;

    DataConvertCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws DatasetException {
        Source source = argument.source();
        List<String> splits = argument.splits(source);
        format.convert(source, splits, out);
        lookbook.console().out().println(out);
        return Lookbook.DONE;
    }
}
