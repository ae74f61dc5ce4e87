package dev.lookbook.cli;

import dev.lookbook.classify.Classifier;
import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Source;
import dev.lookbook.evaluate.ExplainedPicture;
import dev.lookbook.evaluate.FeatureSheet;
import dev.lookbook.evaluate.IndexFiles;
import dev.lookbook.evaluate.TrainingImages;
import dev.lookbook.explain.EmbeddingIndex;
import dev.lookbook.explain.Explainer;
import dev.lookbook.explain.Explanation;
import dev.lookbook.explain.FeatureSearch;
import dev.lookbook.explain.LayerFeatures;
import dev.lookbook.explain.TrainingSet;
import dev.lookbook.model.ModelFile;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
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
            description =
                    "Pictures, or rows of a CSV or IDX file as FILE#INDEX; - reads such names from stdin, one a line.")
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
            TrainingImages training = TrainingImages.of(index, dataOptions.dataDir());
            try (Explainer explainer =
                    Explainer.open(classifier, index.map(one -> new TrainingSet(one, training::pixels)))) {
                int exitCode = explain(classifier, explainer, training);
                training.note().ifPresent(lookbook.console()::note);
                return exitCode;
            }
        }
    }

    /** As many pictures at a time as there are processors; the answers come in the order of the names. */
    private int explain(Classifier classifier, Explainer explainer, TrainingImages training) throws IOException {
        List<String> names = new ArrayList<>();
        new Names(images, lookbook.console().in()).forEachRemaining(names::add);
        int atOnce = Runtime.getRuntime().availableProcessors();
        int failed = 0;
        Path folder = null;
        for (int first = 0; first < names.size(); first += atOnce) {
            List<Attempt> attempts = IntStream.range(first, Math.min(first + atOnce, names.size()))
                    .parallel()
                    .mapToObj(i -> Attempt.at(i, names.get(i), classifier, explainer, training))
                    .toList();
            if (names.size() == 1 && attempts.get(0).failure() != null) {
                throw attempts.get(0).failure();
            }
            boolean any = attempts.stream().anyMatch(attempt -> attempt.failure() == null);
            if (any && folder == null && format == ExplainFormat.HTML) {
                folder = folder("explain").path();
            }
            Path into = folder;
            List<String> lines = attempts.parallelStream()
                    .map(attempt -> attempt.failure() == null ? show(attempt, into, names.size()) : "")
                    .toList();
            for (int i = 0; i < lines.size(); i++) {
                if (attempts.get(i).failure() == null) {
                    lookbook.console().out().println(lines.get(i));
                } else {
                    lookbook.console()
                            .err()
                            .println("lookbook: "
                                    + Problems.message(attempts.get(i).failure()));
                    failed++;
                }
            }
        }
        return failed == 0 ? Lookbook.DONE : Lookbook.FAILED;
    }

    /** A picture explained, or the reason why not. */
    private record Attempt(int number, ExplainedPicture explained, IOException failure) {

        static Attempt at(
                int number, String name, Classifier classifier, Explainer explainer, TrainingImages training) {
            try {
                OnePicture picture = OnePicture.read(name, classifier.preparation());
                Explanation explanation = explainer.explain(picture.prepared());
                return new Attempt(
                        number,
                        new ExplainedPicture(
                                name,
                                picture.original(),
                                classifier.model(),
                                explanation,
                                training.of(explanation.neighbours())),
                        null);
            } catch (IOException e) {
                return new Attempt(number, null, e);
            }
        }
    }

    /** Writes the page and gives the line about it; or gives the data. */
    private String show(Attempt attempt, Path folder, int pictures) {
        ExplainedPicture explained = attempt.explained();
        if (format == ExplainFormat.JSON) {
            return explained.json();
        }
        try {
            String own = PreparedFolder.fileName(attempt.number(), explained.input());
            Path into = pictures == 1 ? folder : Files.createDirectory(folder.resolve(own));
            explained.write(into);
            return line(explained, into);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String line(ExplainedPicture explained, Path folder) {
        Explanation explanation = explained.explanation();
        float runnerUp = explanation.prediction().probabilities().get(explanation.runnerUp());
        return String.format(
                Locale.ROOT,
                "%s: %s %.1f%%, then %s %.1f%%; %s",
                explained.input(),
                explanation.prediction().label(),
                100 * explanation.prediction().confidence(),
                explanation.runnerUp(),
                100 * runnerUp,
                folder.resolve("explain.html"));
    }
}
