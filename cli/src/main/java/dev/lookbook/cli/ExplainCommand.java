package dev.lookbook.cli;

import dev.lookbook.classify.Classifier;
import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Source;
import dev.lookbook.evaluate.ExplainedPicture;
import dev.lookbook.evaluate.FeatureSheet;
import dev.lookbook.explain.EmbeddingIndex;
import dev.lookbook.explain.Explainer;
import dev.lookbook.explain.Explanation;
import dev.lookbook.explain.FeatureSearch;
import dev.lookbook.explain.LayerFeatures;
import dev.lookbook.explain.TrainingSet;
import dev.lookbook.model.ModelFile;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lookbook explain}: what every layer saw, and what decided. */
@Command(
        name = "explain",
        description = {
            "Show what a network saw in a picture, layer by layer, and what decided its answer.",
            "Leaves one page that needs nothing beside it, explain.html, and its pictures as PNGs.",
        })
final class ExplainCommand implements Callable<Integer> {

    private static final Path RUNS = Path.of("runs");

    private final Lookbook lookbook;

    @Parameters(
            arity = "0..*",
            paramLabel = "IMAGE",
            description = "Pictures, or rows of a CSV or IDX file as FILE#INDEX.")
    private List<String> images = List.of();

    @Mixin
    private ModelOption model;

    @Mixin
    private DataOptions dataOptions;

    @Option(
            names = {"-f", "--format"},
            paramLabel = "FORMAT",
            defaultValue = "html",
            description = "html, or json: the same as data, to stdout, an object per picture"
                    + " (default: ${DEFAULT-VALUE}).")
    private ExplainFormat format;

    @Option(
            names = "--features",
            description = "Instead of a picture: the nine patches of the test images that excite each filter most.")
    private boolean features;

    @Option(
            names = {"-d", "--data"},
            paramLabel = "SOURCE",
            defaultValue = "fashion-mnist",
            description = "With --features: fashion-mnist, a folder of IDX files, a CSV file or a folder of pictures"
                    + " (default: ${DEFAULT-VALUE}).")
    private String data;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "A new folder (default: runs/explain, runs/explain2, ...); several pictures get a folder each"
                    + " in it.")
    private Optional<Path> out = Optional.empty();

    ExplainCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws IOException {
        if (images.isEmpty() != features) {
            throw new UsageException(
                    features
                            ? "--features looks at the test images: leave out " + images.get(0)
                            : "name a picture to explain, or give --features");
        }
        if (features && format == ExplainFormat.JSON) {
            throw new UsageException("--features makes a page: leave out --format json");
        }
        if (out.isPresent() && format == ExplainFormat.JSON) {
            throw new UsageException("--format json writes to stdout: leave out --out, or send it to a file with >");
        }
        if (out.isPresent()) {
            NewFile.requireAbsent(out.get());
        }
        return features ? showFeatures() : explain();
    }

    private int showFeatures() throws IOException {
        ModelFile file = ModelFile.read(model.file());
        LabelledImages test = dataOptions.source(data).read(Source.TEST);
        ImageSize.require(test, data, file);
        List<LayerFeatures> found = FeatureSearch.run(file, test.pixels(), test.count(), FeatureSheet.PATCHES);
        Path folder = folder("features").path();
        new FeatureSheet(file, test, data + " " + Source.TEST).write(folder, found);
        lookbook.console().out().println(folder.resolve("features.html"));
        return Lookbook.DONE;
    }

    private RunFolder folder(String name) throws IOException {
        return out.isPresent() ? RunFolder.create(out.get()) : RunFolder.next(RUNS, name);
    }

    private int explain() throws IOException {
        Path modelFile = model.file();
        try (Classifier classifier = Classifier.open(modelFile)) {
            Optional<EmbeddingIndex> index = IndexFiles.find(modelFile, classifier.model());
            TrainingImages training = TrainingImages.of(index, dataOptions);
            try (Explainer explainer =
                    Explainer.open(classifier, index.map(one -> new TrainingSet(one, training::pixels)))) {
                int exitCode = explain(classifier, explainer, training);
                training.note().ifPresent(lookbook.console()::note);
                return exitCode;
            }
        }
    }

    private int explain(Classifier classifier, Explainer explainer, TrainingImages training) throws IOException {
        int failed = 0;
        RunFolder folder = null;
        for (int i = 0; i < images.size(); i++) {
            OnePicture picture;
            try {
                picture = OnePicture.read(images.get(i), classifier.preparation());
            } catch (IOException e) {
                if (images.size() == 1) {
                    throw e;
                }
                lookbook.console().err().println("lookbook: " + Problems.message(e));
                failed++;
                continue;
            }
            Explanation explanation = explainer.explain(picture.prepared());
            ExplainedPicture explained = new ExplainedPicture(
                    picture.name(),
                    picture.original(),
                    classifier.model(),
                    explanation,
                    training.of(explanation.neighbours()));
            if (format == ExplainFormat.JSON) {
                lookbook.console().out().println(explained.json());
                continue;
            }
            if (folder == null) {
                folder = folder("explain");
            }
            Path own = images.size() == 1
                    ? folder.path()
                    : RunFolder.create(folder.file(PreparedFolder.fileName(i, picture.name())))
                            .path();
            explained.write(own);
            tell(explained, own);
        }
        return failed == 0 ? Lookbook.DONE : Lookbook.FAILED;
    }

    private void tell(ExplainedPicture explained, Path folder) {
        Explanation explanation = explained.explanation();
        float runnerUp = explanation.prediction().probabilities().get(explanation.runnerUp());
        lookbook.console()
                .out()
                .printf(
                        "%s: %s %.1f%%, then %s %.1f%%; %s%n",
                        explained.input(),
                        explanation.prediction().label(),
                        100 * explanation.prediction().confidence(),
                        explanation.runnerUp(),
                        100 * runnerUp,
                        folder.resolve("explain.html"));
    }
}
