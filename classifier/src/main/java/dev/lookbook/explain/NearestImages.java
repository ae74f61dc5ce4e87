package dev.lookbook.explain;

import dev.lookbook.classify.Classifier;
import dev.lookbook.explain.Neighbours.Neighbour;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Finds the nearest training images in two steps: the index names some hundred that come into question, and these go
 * through the network again, which gives exact cosines.
 */
final class NearestImages {
    /** Of the five nearest of 60,000, 98% are among so many (see docs/results.md). */
    private static final int CANDIDATES = 400;

    private static final int RUNNER_UP_CANDIDATES = 50;

    private final Classifier classifier;
    private final TrainingSet training;

    NearestImages(Classifier classifier, TrainingSet training) {
        this.classifier = classifier;
        this.training = training;
    }

    /**
     * @param embedding of the picture, as the model gives it
     * @param wanted how many, of all classes
     * @param runnerUp the label of which the nearest image is wanted, too
     */
    Neighbours find(float[] embedding, int wanted, String runnerUp) {
        EmbeddingIndex index = training.index();
        List<Neighbour> all = index.candidates(embedding, Math.max(wanted, CANDIDATES), Optional.empty());
        List<Neighbour> ofRunnerUp = index.candidates(embedding, RUNNER_UP_CANDIDATES, Optional.of(runnerUp));
        Optional<List<Neighbour>> exact = exact(embedding, all);
        List<Neighbour> nearest = exact.orElse(all);
        Optional<Neighbour> other =
                exact(embedding, ofRunnerUp).orElse(ofRunnerUp).stream().findFirst();
        return new Neighbours(
                index.data(), exact.isPresent(), nearest.subList(0, Math.min(wanted, nearest.size())), other);
    }

    /** The same images with their exact similarities, nearest first; empty if the images are not at hand. */
    private Optional<List<Neighbour>> exact(float[] embedding, List<Neighbour> candidates) {
        int[] numbers = candidates.stream().mapToInt(Neighbour::image).toArray();
        return training.pixels()
                .apply(numbers)
                .filter(pixels -> numbers.length > 0)
                .map(pixels -> {
                    float[] embeddings = EmbeddingIndex.embeddings(classifier, pixels, numbers.length);
                    int size = embedding.length;
                    List<Neighbour> exact = new ArrayList<>();
                    for (int i = 0; i < numbers.length; i++) {
                        double cosine = Cosine.of(embedding, Arrays.copyOfRange(embeddings, i * size, (i + 1) * size));
                        exact.add(new Neighbour(numbers[i], candidates.get(i).label(), (float) Math.min(1, cosine)));
                    }
                    exact.sort(Comparator.comparingDouble(one -> -one.similarity()));
                    return exact;
                });
    }
}
