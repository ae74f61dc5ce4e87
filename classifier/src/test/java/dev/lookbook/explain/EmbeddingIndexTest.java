package dev.lookbook.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lookbook.classify.Classifier;
import dev.lookbook.explain.Neighbours.Neighbour;
import dev.lookbook.model.ModelFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class EmbeddingIndexTest {
    private static final int COUNT = 1000;
    private static final int QUERIES = 25;
    private static Classifier classifier;
    private static byte[] training;
    private static EmbeddingIndex index;

    @BeforeAll
    static void build() throws IOException {
        classifier = Classifier.open(TestImages.model("small"));
        training = TestImages.pixels("train", COUNT);
        index = EmbeddingIndex.build(
                classifier,
                training,
                TestImages.labels("train", COUNT),
                classifier.model().info().labels(),
                "fashion-mnist train");
    }

    @AfterAll
    static void close() {
        classifier.close();
    }

    @Test
    void theNearestImagesAreThoseOfExactCosines() {
        byte[] test = TestImages.pixels("t10k", QUERIES);
        float[] all = EmbeddingIndex.embeddings(classifier, training, COUNT);
        float[] queries = EmbeddingIndex.embeddings(classifier, test, QUERIES);
        int size = classifier.model().embeddingSize();
        int found = 0;
        for (int q = 0; q < QUERIES; q++) {
            float[] query = Arrays.copyOfRange(queries, q * size, (q + 1) * size);
            double[] exact = IntStream.range(0, COUNT)
                    .mapToDouble(i -> Cosine.of(query, Arrays.copyOfRange(all, i * size, (i + 1) * size)))
                    .toArray();
            List<Integer> nearest = IntStream.range(0, COUNT)
                    .boxed()
                    .sorted((a, b) -> Double.compare(exact[b], exact[a]))
                    .limit(5)
                    .toList();

            Neighbours neighbours = search(true).find(query, 5, "Coat");

            assertThat(neighbours.exact()).isTrue();
            assertThat(neighbours.nearest())
                    .hasSize(5)
                    .isSortedAccordingTo((a, b) -> Float.compare(b.similarity(), a.similarity()));
            for (Neighbour neighbour : neighbours.nearest()) {
                assertThat((double) neighbour.similarity()).isEqualTo(exact[neighbour.image()], within(1e-5));
                found += nearest.contains(neighbour.image()) ? 1 : 0;
            }
        }
        assertThat(found).as("of the " + 5 * QUERIES + " that are nearest").isGreaterThan(5 * QUERIES * 49 / 50);
    }

    @Test
    void aTrainingImageIsItsOwnNearestAndTheRunnerUpsNearestIsOfItsClass() {
        float[] embedding = classifier.score(TestImages.image(training, 77), 1).embedding();

        for (boolean imagesAreThere : new boolean[] {true, false}) {
            Neighbours neighbours = search(imagesAreThere).find(embedding, 5, "Sandal");

            assertThat(neighbours.exact()).isEqualTo(imagesAreThere);
            assertThat(neighbours.nearest().get(0).image()).isEqualTo(77);
            assertThat(neighbours.nearest().get(0).similarity()).isEqualTo(1, within(imagesAreThere ? 1e-6f : 0.01f));
            assertThat(neighbours.ofRunnerUp().orElseThrow().label()).isEqualTo("Sandal");
            assertThat(neighbours.data()).isEqualTo("fashion-mnist train");
        }
        assertThat(search(true).find(embedding, 5, "Hat").ofRunnerUp()).isEmpty();
        assertThat(search(false).find(embedding, 2000, "Coat").nearest()).hasSize(COUNT);
    }

    private static NearestImages search(boolean imagesAreThere) {
        return new NearestImages(
                classifier,
                new TrainingSet(index, numbers -> imagesAreThere ? Optional.of(images(numbers)) : Optional.empty()));
    }

    private static byte[] images(int[] numbers) {
        byte[] images = new byte[numbers.length * TestImages.SIZE];
        for (int i = 0; i < numbers.length; i++) {
            System.arraycopy(training, numbers[i] * TestImages.SIZE, images, i * TestImages.SIZE, TestImages.SIZE);
        }
        return images;
    }

    @Test
    void whatIsWrittenIsReadAndEqualImagesMakeEqualBytes() throws IOException {
        byte[] bytes = index.bytes();
        EmbeddingIndex read = EmbeddingIndex.read(bytes, "i");
        float[] embedding = classifier.score(TestImages.pixels("t10k", 1), 1).embedding();

        assertThat(read.candidates(embedding, 5, Optional.of("Sneaker")))
                .isEqualTo(index.candidates(embedding, 5, Optional.of("Sneaker")));
        assertThat(read.bytes()).isEqualTo(bytes);
        assertThat(EmbeddingIndex.build(
                                classifier,
                                training,
                                TestImages.labels("train", COUNT),
                                classifier.model().info().labels(),
                                "fashion-mnist train")
                        .bytes())
                .isEqualTo(bytes);
    }

    @Test
    void aChangedOrShortenedFileIsRefused() {
        byte[] bytes = index.bytes();
        Random random = new Random(6);
        for (int i = 0; i < 60; i++) {
            byte[] changed = bytes.clone();
            changed[8 + random.nextInt(bytes.length - 8)] ^= (byte) (1 << random.nextInt(8));
            byte[] shortened = Arrays.copyOf(bytes, 8 + random.nextInt(bytes.length - 8));

            assertThatThrownBy(() -> EmbeddingIndex.read(changed, "x.embeddings"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("x.embeddings: cut off or changed since it was written");
            assertThatThrownBy(() -> EmbeddingIndex.read(shortened, "x.embeddings"))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("x.embeddings: cut off");
        }
        assertThatThrownBy(() -> EmbeddingIndex.read(new byte[0], "x.embeddings"))
                .hasMessage("x.embeddings: not an index of embeddings");
        byte[] newer = bytes.clone();
        newer[7] = '3';
        assertThatThrownBy(() -> EmbeddingIndex.read(newer, "x.embeddings"))
                .hasMessage("x.embeddings: an index of format 3, and this Lookbook reads 2");
    }

    /** Whoever makes a file to do harm gives it the checksum that fits. */
    @Test
    void sizesThatTheFileCannotHoldAreRefusedBeforeMemoryIsSetAside() {
        int model = 8;
        int labels = model + 2 + 64 + 2 + "fashion-mnist train".length() + 4;
        int images = labels + 2;
        for (String label : classifier.model().info().labels()) {
            images += 2 + label.length();
        }

        assertRefused(model, (short) -1, "a text has -1 bytes");
        assertRefused(model, Short.MAX_VALUE, "");
        assertRefused(labels, (short) -10, "it says that it has -10 labels");
        assertRefused(images, -5, "it says that it has -5 images");
        assertRefused(images, Integer.MAX_VALUE, "its sizes promise 1417339");
        assertRefused(images + 4, 1 << 20, "it says that it has 1048576 components");
        assertRefused(images + 8, 1 << 16, "its sizes promise");
        assertRefused(images + 12, (short) 10, "image 0 has label 10 of 10");
    }

    private static void assertRefused(int at, Number value, String said) {
        byte[] bytes = index.bytes();
        ByteBuffer file = ByteBuffer.wrap(bytes);
        if (value instanceof Short small) {
            file.putShort(at, small);
        } else {
            file.putInt(at, (int) value);
        }
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, bytes.length - 4);
        file.putInt(bytes.length - 4, (int) sum.getValue());

        assertThatThrownBy(() -> EmbeddingIndex.read(bytes, "x.embeddings"))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("x.embeddings: makes no sense: " + said);
    }

    @Test
    void itKnowsItsImagesAndItsModel() throws IOException {
        byte[] changed = training.clone();
        changed[123_456]++;
        EmbeddingIndex read = EmbeddingIndex.read(index.bytes(), "i");

        assertThat(read.isMadeOf(training)).isTrue();
        assertThat(read.isMadeOf(changed)).isFalse();
        assertThat(read.isMadeOf(Arrays.copyOf(training, training.length - 784)))
                .isFalse();
        assertThat(read.isMadeWith(classifier.model())).isTrue();
        assertThat(read.isMadeWith(ModelFile.read(TestImages.model("tiny")))).isFalse();
    }

    @Test
    void anIndexOfAnotherModelIsRefused() throws IOException {
        try (Classifier other = Classifier.open(TestImages.model("tiny"))) {
            assertThatThrownBy(() ->
                            Explainer.open(other, Optional.of(new TrainingSet(index, numbers -> Optional.empty()))))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("the index of fashion-mnist train was made with another model than tiny");
        }
    }

    @Test
    void theShippedIndexIsOfTheShippedModelSmallAndKnowsTheTrainingImages() throws IOException {
        byte[] bytes = Files.readAllBytes(TestImages.HOME.resolve("models/small.embeddings"));
        EmbeddingIndex shipped = EmbeddingIndex.read(bytes, "small.embeddings");

        assertThat(bytes).hasSizeLessThan(5_000_000);
        assertThat(shipped.count()).isEqualTo(60_000);
        shipped.requireMadeWith(ModelFile.read(TestImages.model("small")));
        int[] labels = TestImages.labels("train", COUNT);
        for (int i = 0; i < COUNT; i += 50) {
            float[] embedding =
                    classifier.score(TestImages.image(training, i), 1).embedding();
            int image = i;
            assertThat(shipped.candidates(embedding, 20, Optional.empty()))
                    .filteredOn(one -> one.image() == image)
                    .singleElement()
                    .satisfies(one -> {
                        assertThat(one.similarity()).isEqualTo(1, within(0.01f));
                        assertThat(one.label())
                                .isEqualTo(classifier.model().info().labels().get(labels[image]));
                    });
        }
    }
}
