package dev.lookbook.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lookbook.image.Picture;
import dev.lookbook.image.PictureException;
import dev.lookbook.image.Prepared;
import dev.lookbook.model.Graph;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import dev.lookbook.model.Models;
import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassifierTest {
    private static final int PIXELS = 28 * 28;

    private static Classifier classifier;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() throws Exception {
        classifier = Classifier.open(Toys.model(), 2);
    }

    @AfterAll
    static void close() {
        classifier.close();
    }

    @Test
    void picturesFilesAndImagesGetTheSamePrediction() throws Exception {
        BufferedImage image = Toys.picture(1).toImage();
        File file = folder.resolve("toy.png").toFile();
        ImageIO.write(image, "png", file);

        Prediction prediction = classifier.classify(Picture.of(image));

        assertThat(classifier.classify(image)).isEqualTo(prediction);
        assertThat(classifier.classify(file.toPath())).isEqualTo(prediction);
        assertThat(classifier
                        .classify(List.of(Toys.picture(2), Toys.picture(1)))
                        .get(1))
                .isEqualTo(prediction);
    }

    @Test
    void predictionHoldsTheProbabilitiesOfAllLabelsInTheirOrder() {
        Prediction prediction = classifier.classify(Toys.picture(1));

        assertThat(prediction.probabilities().keySet())
                .containsExactlyElementsOf(classifier.model().info().labels());
        assertThat(prediction.probabilities().values().stream()
                        .mapToDouble(p -> p)
                        .sum())
                .isEqualTo(1, within(1e-5));
        assertThat(prediction.probabilities().get(prediction.label())).isEqualTo(prediction.confidence());
        assertThat(prediction.model()).isEqualTo("toy");
        assertThat(prediction.version()).isEqualTo("1");
    }

    @Test
    void missingPictureIsAnErrorThatNamesTheFile() {
        assertThatThrownBy(() -> classifier.classify(folder.resolve("none.png")))
                .isInstanceOf(PictureException.class)
                .hasMessageContaining("none.png");
    }

    @Test
    void decisionIsSureFromTheConfidenceOnAndOnlyWithAGarment() throws Exception {
        Prepared prepared = classifier.preparation().prepare(Toys.picture(1));
        float confidence = classifier.classify(prepared).confidence();

        assertThat(decision(confidence, prepared, true)).contains(Decision.SURE);
        assertThat(decision(confidence, prepared, false)).contains(Decision.UNSURE);
        assertThat(decision(Math.nextUp(confidence), prepared, true)).contains(Decision.UNSURE);
        assertThat(classifier.classify(prepared).decision()).isEmpty();
    }

    @Test
    void strangePicturesAreNeverSure() throws Exception {
        Prepared prepared = classifier.preparation().prepare(Toys.picture(1));
        float distance = (float) knowing(0, 1, prepared).unfamiliarity().orElseThrow();

        Prediction atTheLimit = knowing(distance - 1, distance, prepared);
        Prediction beyond = knowing(distance - 1, distance - 0.5f, prepared);

        assertThat(atTheLimit.unfamiliarity()).hasValue(1);
        assertThat(atTheLimit.decision()).contains(Decision.SURE);
        assertThat(beyond.unfamiliarity()).hasValue(2);
        assertThat(beyond.decision()).contains(Decision.UNSURE);
        assertThat(classifier.classify(prepared).unfamiliarity()).isEmpty();
    }

    private static Prediction knowing(float typical, float rare, Prepared prepared) throws IOException {
        try (Classifier knowing = Classifier.open(Toys.knowing(typical, rare), 1)) {
            return knowing.classify(prepared);
        }
    }

    private static Optional<Decision> decision(double sureAt, Prepared prepared, boolean garment) throws IOException {
        try (Classifier deciding = Classifier.open(Toys.model(OptionalDouble.of(sureAt)), 1)) {
            return deciding.classify(new Prepared(28, prepared.pixels(), garment))
                    .decision();
        }
    }

    @Test
    void answersAreTheSameBitsInBatchesOfAnySizeAndOnAnyNumberOfThreads() throws Exception {
        int count = 2 * Lane.CHUNK + 5;
        byte[] pixels = new byte[count * PIXELS];
        new Random(7).nextBytes(pixels);

        for (ModelFile model : Toys.models()) {
            try (Classifier one = Classifier.open(model, 1);
                    Classifier three = Classifier.open(model, 3)) {
                Scores all = three.score(pixels, count);
                for (int batch : new int[] {1, 2, 3, 7, 8, 16, 31, 33, 64}) {
                    for (Classifier some : List.of(one, three)) {
                        for (int first = 0; first < count; first += batch) {
                            int size = Math.min(batch, count - first);
                            byte[] part = Arrays.copyOfRange(pixels, first * PIXELS, (first + size) * PIXELS);
                            assertSameBits(some.score(part, size), all, first, batch);
                        }
                    }
                }
            }
        }
    }

    private static void assertSameBits(Scores part, Scores all, int first, int batch) {
        int k = all.classes();
        int e = all.embeddingSize();
        int n = part.count();
        String what = "images from " + first + " in batches of " + batch;
        assertThat(part.probabilities())
                .as(what)
                .containsExactly(Arrays.copyOfRange(all.probabilities(), first * k, (first + n) * k));
        assertThat(part.logits())
                .as(what)
                .containsExactly(Arrays.copyOfRange(all.logits(), first * k, (first + n) * k));
        assertThat(part.embedding())
                .as(what)
                .containsExactly(Arrays.copyOfRange(all.embedding(), first * e, (first + n) * e));
        if (all.unfamiliarity().length > 0) {
            assertThat(part.unfamiliarity())
                    .as(what)
                    .containsExactly(Arrays.copyOfRange(all.unfamiliarity(), first, first + n));
        }
    }

    @Test
    void manyThreadsAtOnceGetTheAnswersThatOneGets() {
        byte[] pixels = new byte[50 * PIXELS];
        new Random(8).nextBytes(pixels);
        Scores alone = classifier.score(pixels, 50);

        List<Scores> together = IntStream.range(0, 200)
                .parallel()
                .mapToObj(i -> classifier.score(pixels, 50))
                .toList();

        assertThat(together).allSatisfy(scores -> assertThat(scores.logits()).containsExactly(alone.logits()));
    }

    @Test
    void noImagesAreNoScores() {
        assertThat(classifier.score(new byte[0], 0).count()).isZero();
        assertThat(classifier.classify(List.of())).isEmpty();
    }

    @Test
    void pixelsThatDoNotFitTheCountAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> classifier.score(new byte[PIXELS + 1], 1))
                .withMessage("1 images of 784 bytes each are not 785 bytes");
    }

    @Test
    void closedClassifierSaysSo() throws Exception {
        Classifier closed = Classifier.open(Toys.model(), 2);
        closed.close();
        closed.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> closed.classify(Toys.picture(1)))
                .withMessage("the classifier is closed");
    }

    @Test
    void modelThatNoPreparationFitsIsRefused() {
        Graph small = Models.network(12, 2, new Random(1));
        ModelInfo unknown =
                new ModelInfo("toy", "1", List.of("a", "b"), "photo/9", false, OptionalDouble.empty(), "{}");

        assertThatThrownBy(() -> Classifier.open(ModelFile.of(small, Models.info("a", "b")), 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("12x12x1")
                .hasMessageContaining("28x28x1");
        assertThatThrownBy(() -> Classifier.open(ModelFile.of(small, unknown), 1))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("photo/9");
    }

    @Test
    void fileThatIsNoModelIsRefusedByName() {
        assertThatThrownBy(() -> Classifier.open(folder.resolve("none.onnx")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("none.onnx");
    }
}
