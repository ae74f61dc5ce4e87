package dev.lookbook.cli;

import dev.lookbook.classify.Classifier;
import dev.lookbook.dataset.FashionMnist;
import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Source;
import dev.lookbook.dataset.WholeFile;
import dev.lookbook.evaluate.IndexFiles;
import dev.lookbook.explain.EmbeddingIndex;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lookbook index}: what {@code explain} finds the nearest training images with. */
@Command(
        name = "index",
        description = {
            "Index training images by what a model makes of them, so that explain can show the nearest.",
            "An index belongs to its model file; small ships with one. Prints the file's name.",
        })
final class IndexCommand implements Callable<Integer> {

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

    @Option(
            names = "--split",
            paramLabel = "SPLIT",
            defaultValue = Source.TRAIN,
            description = "train, val, test or all (default: ${DEFAULT-VALUE}).")
    private String split;

    @Mixin
    private DataOptions dataOptions;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            description = "The new file (default: in the user's cache, where explain finds it).")
    private Optional<Path> out = Optional.empty();

    IndexCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws IOException {
        if (out.isPresent()) {
            NewFile.require(out.get());
        }
        Path modelFile = model.file();
        LabelledImages images = dataOptions.source(data).read(split);
        try (Classifier classifier = Classifier.open(modelFile)) {
            ImageSize.require(images, data, classifier.model());
            lookbook.console().note(String.format(Locale.ROOT, "indexing %,d images...", images.count()));
            EmbeddingIndex index = EmbeddingIndex.build(
                    classifier, images.pixels(), images.labelIndices(), images.labels(), dataName() + " " + split);
            Path file = out.orElse(IndexFiles.inCache(classifier.model()));
            Files.createDirectories(file.toAbsolutePath().getParent());
            WholeFile.write(file, index.bytes());
            lookbook.console().out().println(file);
        }
        return Lookbook.DONE;
    }

    /** What finds the data again from another folder. */
    private String dataName() {
        return data.equals(FashionMnist.NAME)
                ? data
                : Path.of(data).toAbsolutePath().normalize().toString();
    }
}
