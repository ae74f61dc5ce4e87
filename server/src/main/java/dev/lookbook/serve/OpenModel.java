package dev.lookbook.serve;

import dev.lookbook.classify.Classifier;
import dev.lookbook.evaluate.ExplainedPicture;
import dev.lookbook.evaluate.IndexFiles;
import dev.lookbook.evaluate.TrainingImages;
import dev.lookbook.explain.EmbeddingIndex;
import dev.lookbook.explain.Explainer;
import dev.lookbook.explain.Explanation;
import dev.lookbook.explain.TrainingSet;
import dev.lookbook.model.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model opened up, to explain its answers. It runs the network in an engine of its own: an explanation never holds what
 * {@link ServedModel#classifier} needs for an answer.
 */
final class OpenModel implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OpenModel.class);

    private final Classifier classifier;
    private final TrainingImages training;
    private final Explainer explainer;

    private OpenModel(Classifier classifier, TrainingImages training, Explainer explainer) {
        this.classifier = classifier;
        this.training = training;
        this.explainer = explainer;
    }

    /**
     * @param file of the model; an index of training images may lie beside it
     * @param threads that work on explanations at most
     * @throws Problem 501 if the network's layers have no names of ours
     */
    static OpenModel open(ModelFile model, Path file, int threads) {
        Classifier classifier = null;
        try {
            classifier = Classifier.open(model, threads);
            return withNeighbours(classifier, file);
        } catch (IOException e) {
            close(classifier);
            throw Problem.unsupported(String.valueOf(e.getMessage()));
        } catch (RuntimeException | Error e) {
            close(classifier);
            throw e;
        }
    }

    private static void close(Classifier classifier) {
        if (classifier != null) {
            classifier.close();
        }
    }

    /** An index that is damaged, or left over from the model before, is no reason to explain nothing. */
    private static OpenModel withNeighbours(Classifier classifier, Path file) throws IOException {
        Optional<EmbeddingIndex> index = IndexFiles.find(file, classifier.model());
        if (index.isEmpty()) {
            IndexFiles.problem(file, classifier.model())
                    .ifPresent(problem -> LOG.warn("explanations have no nearest images: {}", problem));
        }
        return open(classifier, index);
    }

    private static OpenModel open(Classifier classifier, Optional<EmbeddingIndex> index) throws IOException {
        TrainingImages training = TrainingImages.of(index, Optional.empty());
        Explainer explainer = Explainer.open(classifier, index.map(one -> new TrainingSet(one, training::pixels)));
        training.note().ifPresent(LOG::info);
        return new OpenModel(classifier, training, explainer);
    }

    Classifier classifier() {
        return classifier;
    }

    /** @throws IOException if the picture cannot be read */
    ExplainedPicture explain(SentPicture picture) throws IOException {
        Explanation explanation = explainer.explain(picture.prepare(classifier.preparation()));
        return new ExplainedPicture(
                picture.name(),
                Optional.empty(),
                classifier.model(),
                explanation,
                training.of(explanation.neighbours()));
    }

    @Override
    public void close() {
        explainer.close();
        classifier.close();
    }
}
