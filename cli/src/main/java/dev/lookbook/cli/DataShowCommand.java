package dev.lookbook.cli;

import dev.lookbook.dataset.SampleGrid;
import dev.lookbook.dataset.Source;
import dev.lookbook.image.Png;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lookbook data show}: some images of each class as one picture. */
@Command(name = "show", description = "Write some images of each class as one PNG; prints the file's name.")
final class DataShowCommand implements Callable<Integer> {

    private final Lookbook lookbook;

    @Mixin
    private SourceArgument argument;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            defaultValue = "samples.png",
            description = "The PNG to write (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(
            names = "--per-class",
            paramLabel = "N",
            defaultValue = "10",
            description = "How many images of each class (default: ${DEFAULT-VALUE}).")
    private int perClass;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Chooses the images.")
    private long seed;

    DataShowCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws IOException {
        if (perClass < 1 || perClass > 100) {
            throw new UsageException("--per-class must be from 1 to 100, but was " + perClass);
        }
        NewFile.require(out);
        Source source = argument.source();
        List<String> splits = argument.splits(source);
        Png.write(out, SampleGrid.draw(source.read(splits.get(0)), perClass, seed));
        lookbook.console().out().println(out);
        if (splits.size() > 1) {
            lookbook.console().note("These are of " + splits.get(0) + "; see others with: --split " + splits.get(1));
        }
        return Lookbook.DONE;
    }
}
