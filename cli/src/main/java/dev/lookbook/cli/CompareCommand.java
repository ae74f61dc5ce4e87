package dev.lookbook.cli;

import dev.lookbook.run.Comparison;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code lookbook compare}: runs side by side. */
@Command(name = "compare", description = "Print runs side by side: accuracy, calibration, time, size.")
final class CompareCommand implements Callable<Integer> {

    private final Lookbook lookbook;

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Run directories, such as runs/train.")
    private List<Path> runs;

    CompareCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws IOException {
        lookbook.console().out().print(Comparison.of(runs).table());
        return Lookbook.DONE;
    }
}
