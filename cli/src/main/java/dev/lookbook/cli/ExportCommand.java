package dev.lookbook.cli;

import dev.lookbook.train.TrainedRun;
import dev.lookbook.train.Training;
import dev.lookbook.train.TrainingProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lookbook export}: finished runs as one model file. */
@Command(
        name = "export",
        description =
                "Make one model file of finished runs, averaging the probabilities of several; calibrate and evaluate it.")
final class ExportCommand implements Callable<Integer> {

    private final Lookbook lookbook;

    @Mixin
    private DataOptions dataOptions;

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "Run directories with their checkpoints, trained on the same pictures.")
    private List<Path> runs;

    @Option(
            names = "--mirror",
            description = "Average each picture with its mirror image, too; an answer takes twice as long.")
    private boolean mirror;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "What the model is called (default: as its network, or ensemble if there are several).")
    private Optional<String> name = Optional.empty();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "A new run directory (default: runs/export, runs/export2, ...).")
    private Optional<Path> out = Optional.empty();

    ExportCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (out.isPresent()) {
            NewFile.requireAbsent(out.get());
        }
        Console console = lookbook.console();
        TrainingProgress progress = console.isQuiet() ? TrainingProgress.SILENT : new TrainingLines(console.err());
        TrainedRun run = Training.export(runs, mirror, name, out, dataOptions.dataDir(), progress);
        ReportText.print(run, console);
        return Lookbook.DONE;
    }
}
