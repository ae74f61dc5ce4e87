package dev.lookbook.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.classify.Classifier;
import dev.lookbook.explain.Neighbours.Neighbour;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How many of the five nearest training images by exact cosine are found with the shipped index, with and without images. */
@Tag("slow")
class RecallSlowTest {
    private static final int TRAINING = 60_000;
    private static final int QUERIES = 1000;
    private static final int WANTED = 5;

    @Test
    void theShippedIndexFindsMostOfTheNearestImages() throws Exception {
        EmbeddingIndex index = EmbeddingIndex.read(
                Files.readAllBytes(TestImages.HOME.resolve("models/small.embeddings")), "small.embeddings");
        int found = 0;
        int foundWithoutImages = 0;
        try (Classifier classifier = Classifier.open(TestImages.model("small"))) {
            byte[] images = TestImages.pixels("train", TRAINING);
            NearestImages search = new NearestImages(
                    classifier, new TrainingSet(index, numbers -> Optional.of(chosen(images, numbers))));
            float[] training = EmbeddingIndex.embeddings(classifier, images, TRAINING);
            float[] queries = EmbeddingIndex.embeddings(classifier, TestImages.pixels("t10k", QUERIES), QUERIES);
            int size = classifier.model().embeddingSize();
            for (int q = 0; q < QUERIES; q++) {
                float[] query = Arrays.copyOfRange(queries, q * size, (q + 1) * size);
                Set<Integer> nearest = nearest(products(training, query));
                found += hits(nearest, search.find(query, WANTED, "Coat").nearest());
                foundWithoutImages += hits(nearest, index.candidates(query, WANTED, Optional.empty()));
            }
        }
        double recall = found / (double) (QUERIES * WANTED);
        System.out.printf(
                Locale.ROOT,
                "index of small: %.1f%% of the %d nearest of %,d for %,d test images; %.1f%% without the images%n",
                100 * recall,
                WANTED,
                TRAINING,
                QUERIES,
                100.0 * foundWithoutImages / (QUERIES * WANTED));
        assertThat(recall).isGreaterThan(0.95);
    }

    private static int hits(Set<Integer> nearest, List<Neighbour> found) {
        return (int) found.stream().filter(one -> nearest.contains(one.image())).count();
    }

    private static byte[] chosen(byte[] images, int[] numbers) {
        byte[] chosen = new byte[numbers.length * TestImages.SIZE];
        for (int i = 0; i < numbers.length; i++) {
            System.arraycopy(images, numbers[i] * TestImages.SIZE, chosen, i * TestImages.SIZE, TestImages.SIZE);
        }
        return chosen;
    }

    private static float[] products(float[] training, float[] query) {
        float[] products = new float[TRAINING];
        for (int i = 0; i < TRAINING; i++) {
            float sum = 0;
            for (int k = 0; k < query.length; k++) {
                sum += training[i * query.length + k] * query[k];
            }
            products[i] = sum;
        }
        return products;
    }

    private static Set<Integer> nearest(float[] similarity) {
        return new HashSet<>(IntStream.range(0, similarity.length)
                .boxed()
                .sorted((a, b) -> Float.compare(similarity[b], similarity[a]))
                .limit(WANTED)
                .toList());
    }
}
