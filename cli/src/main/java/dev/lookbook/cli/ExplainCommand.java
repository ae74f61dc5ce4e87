package dev.lookbook.cli;

import dev.lookbook.classify.Classifier;
import dev.lookbook.dataset.FashionMnist;
import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Source;
import dev.lookbook.evaluate.Charts;
import dev.lookbook.evaluate.ExplainedPicture;
import dev.lookbook.evaluate.FeatureSheet;
import dev.lookbook.evaluate.Html;
import dev.lookbook.evaluate.IndexFiles;
import dev.lookbook.evaluate.TrainingImages;
import dev.lookbook.explain.EmbeddingIndex;
import dev.lookbook.explain.Explainer;
import dev.lookbook.explain.Explanation;
import dev.lookbook.explain.FeatureSearch;
import dev.lookbook.explain.LayerFeatures;
import dev.lookbook.explain.TrainingSet;
import dev.lookbook.image.Picture;
import dev.lookbook.model.ModelFile;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
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
            description = "With --features: fashion-mnist, a folder of IDX files, a CSV file or a folder of pictures"
                    + " (default: fashion-mnist).")
    private Optional<String> data = Optional.empty();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "DIR",
            description = "A new folder (default: runs/explain, runs/explain2, ..., with --features runs/features);"
                    + " several pictures get a folder each in it.")
    private Optional<Path> out = Optional.empty();

    private Path pages; // guarded by this

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
        if (data.isPresent() && !features) {
            throw new UsageException("--data says where --features looks for images: leave it out, or give --features");
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
        String source = data.orElse(FashionMnist.NAME);
        LabelledImages test = dataOptions.source(source).read(Source.TEST);
        ImageSize.require(test, source, file);
        List<LayerFeatures> found = FeatureSearch.run(file, test.pixels(), test.count(), FeatureSheet.PATCHES);
        Path folder = folder("features").path();
        new FeatureSheet(file, test, source + " " + Source.TEST).write(folder, found);
        lookbook.console().out().println(folder.resolve("features.html"));
        return Lookbook.DONE;
    }

    private RunFolder folder(String name) throws IOException {
        return out.isPresent() ? RunFolder.create(out.get()) : RunFolder.next(RUNS, name);
    }

    private int explain() throws IOException {
        List<String> names = new ArrayList<>();
        new Names(images, lookbook.console().in()).forEachRemaining(names::add);
        if (names.isEmpty()) {
            throw new IOException("stdin names no picture to explain: give a name a line");
        }
        Path modelFile = model.file();
        try (Classifier classifier = Classifier.open(modelFile)) {
            Optional<EmbeddingIndex> index = IndexFiles.find(modelFile, classifier.model());
            TrainingImages training = TrainingImages.of(index, dataOptions.dataDir());
            try (Explainer explainer =
                    Explainer.open(classifier, index.map(one -> new TrainingSet(one, training::pixels)))) {
                Optional<String> problem = index.isPresent()
                        ? Optional.empty()
                        : IndexFiles.problem(modelFile, classifier.model())
                                .map(text -> text + "; remove it and run: lookbook index --model " + model.text());
                problem.ifPresent(lookbook.console()::note);
                int exitCode = explain(names, picture -> explained(picture, classifier, explainer, training, problem));
                training.note().ifPresent(lookbook.console()::note);
                if (format != ExplainFormat.JSON) {
                    Charts.problem().ifPresent(lookbook.console()::note);
                }
                return exitCode;
            }
        }
    }

    /** As many pictures at a time as there are processors; the answers come in the order of the names. */
    private int explain(List<String> names, Work work) throws IOException {
        int atOnce = Math.min(Runtime.getRuntime().availableProcessors(), names.size());
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        Queue<CompletableFuture<Attempt>> underWay = new ArrayDeque<>();
        int failed = 0;
        try (Pictures pictures = new Pictures()) {
            for (int i = 0; i < names.size(); i++) {
                if (underWay.size() == 2 * atOnce) {
                    failed += tell(underWay.remove().join());
                }
                int number = i;
                String name = names.get(i);
                try {
                    OnePicture picture = OnePicture.of(name, pictures);
                    underWay.add(CompletableFuture.supplyAsync(
                            () -> Attempt.at(name, () -> show(work.explain(picture), number, names.size())), threads));
                } catch (IOException | RuntimeException e) {
                    underWay.add(CompletableFuture.completedFuture(Attempt.failed(name, e)));
                }
            }
            while (!underWay.isEmpty()) {
                failed += tell(underWay.remove().join());
            }
        } finally {
            threads.shutdownNow();
        }
        return failed == 0 ? Lookbook.DONE : Lookbook.FAILED;
    }

    /** Prints what became of a picture; 1 if it failed. */
    private int tell(Attempt attempt) {
        if (attempt.failure() != null) {
            new Problems(lookbook).report(attempt.failure());
            return 1;
        }
        if (format == ExplainFormat.JSON) {
            byte[] line = (attempt.answer() + "\n").getBytes(StandardCharsets.UTF_8); // whatever the terminal speaks
            lookbook.console().out().write(line, 0, line.length);
        } else {
            lookbook.console().out().println(attempt.answer());
        }
        lookbook.console().out().check(); // each as soon as it is known, and an end if nobody reads on
        return 0;
    }

    /** Explains a picture. */
    private interface Work {
        ExplainedPicture explain(OnePicture picture) throws IOException;
    }

    /** What is to be printed of a picture, or why there is nothing. */
    private record Attempt(String answer, Throwable failure) {

        /** Pictures come from strangers: whatever goes wrong with one is the end of this one only. */
        static Attempt at(String name, Callable<String> work) {
            try {
                return new Attempt(work.call(), null);
            } catch (Exception | Error e) {
                return failed(name, e);
            }
        }

        static Attempt failed(String name, Throwable e) {
            boolean named = e instanceof IOException || e instanceof InvalidPathException;
            return new Attempt(null, named ? e : new IOException(name + ": " + Problems.message(e), e));
        }
    }

    private ExplainedPicture explained(
            OnePicture picture,
            Classifier classifier,
            Explainer explainer,
            TrainingImages training,
            Optional<String> noIndex)
            throws IOException {
        Picture original = picture.read();
        Explanation explanation = explainer.explain(picture.prepare(classifier.preparation(), original));
        return new ExplainedPicture(
                picture.name(),
                Optional.of(original),
                classifier.model(),
                explanation,
                training.of(explanation.neighbours()),
                model.text(),
                noIndex.or(training::note));
    }

    /** Writes the page and gives the line about it; or gives the data. */
    private String show(ExplainedPicture explained, int number, int pictures) throws IOException {
        if (format == ExplainFormat.JSON) {
            return explained.json();
        }
        Path folder = pictures == 1
                ? pages()
                : Files.createDirectory(pages().resolve(PreparedFolder.fileName(number, explained.input())));
        explained.write(folder);
        return line(explained, folder);
    }

    /** The new folder, made when there is something to put into it. */
    private synchronized Path pages() throws IOException {
        if (pages == null) {
            pages = folder("explain").path();
        }
        return pages;
    }

    private static String line(ExplainedPicture explained, Path folder) {
        Explanation explanation = explained.explanation();
        float runnerUp = explanation.prediction().probabilities().get(explanation.runnerUp());
        return "%s: %s %s, then %s %s; %s"
                .formatted(
                        explained.input(),
                        explanation.prediction().label(),
                        Html.percent(explanation.prediction().confidence()),
                        explanation.runnerUp(),
                        Html.percent(runnerUp),
                        folder.resolve("explain.html"));
    }
}
