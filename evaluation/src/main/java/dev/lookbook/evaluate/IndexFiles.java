package dev.lookbook.evaluate;

import dev.lookbook.dataset.FashionMnist;
import dev.lookbook.explain.EmbeddingIndex;
import dev.lookbook.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where indices of training images lie: in the user's cache, where one that the user made is, or beside the model. */
public final class IndexFiles {

    private static final String ENDING = ".embeddings";

    /** That of three million images, more than a data set in memory has. */
    private static final int MOST_BYTES = 256 << 20;

    private IndexFiles() {}

    /**
     * The first index that fits the model. One that was left over from another model, or is damaged, is passed over: a
     * model is explained without neighbours, too. What is wrong with it says {@link #problem}.
     */
    public static Optional<EmbeddingIndex> find(Path modelFile, ModelFile model) {
        for (Path file : places(modelFile, model)) {
            try {
                return Optional.of(read(file, model));
            } catch (IOException e) {
                continue;
            }
        }
        return Optional.empty();
    }

    /** If there is no index that fits: which one does not, and why, without a full stop; empty if there is none at all. */
    public static Optional<String> problem(Path modelFile, ModelFile model) {
        Optional<String> problem = Optional.empty();
        for (Path file : places(modelFile, model)) {
            try {
                read(file, model);
                return Optional.empty();
            } catch (IOException e) {
                problem = problem.or(() -> Optional.of(String.valueOf(e.getMessage())));
            }
        }
        return problem;
    }

    private static EmbeddingIndex read(Path file, ModelFile model) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + ": larger than " + (MOST_BYTES >> 20) + " MiB; no index of embeddings is");
        }
        EmbeddingIndex index = EmbeddingIndex.read(Files.readAllBytes(file), file.toString());
        if (!index.isMadeWith(model)) {
            throw new IOException(file + " is of another model");
        }
        return index;
    }

    private static List<Path> places(Path modelFile, ModelFile model) {
        String name = modelFile.getFileName().toString().replaceFirst("\\.onnx$", "") + ENDING;
        return List.of(inCache(model), modelFile.resolveSibling(name)).stream()
                .filter(Files::isRegularFile)
                .toList();
    }

    /** Named by the model's content: another model never finds it. */
    public static Path inCache(ModelFile model) {
        return FashionMnist.cache().resolve("embeddings").resolve(model.contentSha256() + ENDING);
    }
}
