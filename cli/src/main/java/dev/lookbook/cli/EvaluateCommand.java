package dev.lookbook.cli;

import dev.lookbook.classify.Classifier;
import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Source;
import dev.lookbook.evaluate.Evaluation;
import dev.lookbook.evaluate.LabelMap;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lookbook evaluate}: how good a model is. */
@Command(
        name = "evaluate",
        description = "Score a model on labelled images; prints the result and writes a report with charts.")
final class EvaluateCommand implements Callable<Integer> {

    private static final Path RUNS = Path.of("runs");

    private final Lookbook lookbook;

    @Mixin
    private ModelOption model;

    @Option(
            names = {"-d", "--data"},
            paramLabel = "SOURCE",
            defaultValue = "fashion-mnist",
            description = "fashion-mnist, a folder of IDX files, a CSV file or a folder of pictures"
                    + " (default: ${DEFAULT-VALUE}).")
    private String data;

    @Mixin
    private DataOptions dataOptions;

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            description = "train, val, test or all (default: test; all for data in one piece with a --map).")
    private Optional<String> split = Optional.empty();

    @Option(
            names = "--map",
            paramLabel = "FILE",
            description = "A YAML file that tells which of the model's labels count as right for which class,"
                    + " such as \"shoes: [Sneaker, Sandal]\".")
    private Optional<Path> map = Optional.empty();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "A new folder for the report (default: runs/evaluate, runs/evaluate2, ...).")
    private Optional<Path> out = Optional.empty();

    /** What {@code args.yaml} of an evaluation holds. */
    record Args(String model, String modelFile, String data, String split, String map) {}

    EvaluateCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws IOException {
        if (out.isPresent()) {
            NewFile.requireAbsent(out.get());
        }
        Path modelFile = model.file();
        Source source = dataOptions.source(data);
        String chosen = split.orElse(map.isPresent() && !source.isSplit() ? Source.ALL : Source.TEST);
        if (chosen.equals(Source.TEST)) {
            source.note().ifPresent(lookbook.console()::note);
        }
        LabelledImages images = source.read(chosen);
        try (Classifier classifier = Classifier.open(modelFile)) {
            Evaluation evaluation = evaluate(classifier, images, data + " " + chosen);
            RunFolder folder = out.isPresent() ? RunFolder.create(out.get()) : RunFolder.next(RUNS, "evaluate");
            String name = classifier.model().info().name();
            folder.writeArgs(new Args(
                    name,
                    modelFile.toString(),
                    data,
                    chosen,
                    map.map(Path::toString).orElse("")));
            evaluation.write(folder).ifPresent(lookbook.console()::note);
            lookbook.console().out().print(ReportText.of(evaluation.report()));
            lookbook.console().note("The report: " + folder.file("report.html"));
        }
        return Lookbook.DONE;
    }

    private Evaluation evaluate(Classifier classifier, LabelledImages images, String what) throws IOException {
        if (map.isEmpty()) {
            return Evaluation.of(classifier, images, what);
        }
        List<String> labels = classifier.model().info().labels();
        return Evaluation.of(classifier, images, LabelMap.read(map.get(), images.labels(), labels), what);
    }
}
