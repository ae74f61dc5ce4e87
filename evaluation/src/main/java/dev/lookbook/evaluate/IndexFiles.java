package dev.lookbook.evaluate;

import dev.lookbook.dataset.FashionMnist;
import dev.lookbook.explain.EmbeddingIndex;
import dev.lookbook.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Where indices of training images lie: beside the model, or in the user's cache. */
public final class IndexFiles {

    private static final String ENDING = ".embeddings";

    private IndexFiles() {}

    /**
     * The index of a model, if there is one.
     *
     * @throws IOException if there is one that cannot be read
     */
    public static Optional<EmbeddingIndex> find(Path modelFile, ModelFile model) throws IOException {
        for (Path file : List.of(beside(modelFile), inCache(model))) {
            if (Files.isRegularFile(file)) {
                return Optional.of(EmbeddingIndex.read(Files.readAllBytes(file), file.toString()));
            }
        }
        return Optional.empty();
    }

    private static Path beside(Path modelFile) {
        return modelFile.resolveSibling(modelFile.getFileName().toString().replaceFirst("\\.onnx$", "") + ENDING);
    }

    /** Named by the model's content: another model never finds it. */
    public static Path inCache(ModelFile model) {
        return FashionMnist.cache().resolve("embeddings").resolve(model.contentSha256() + ENDING);
    }
}
