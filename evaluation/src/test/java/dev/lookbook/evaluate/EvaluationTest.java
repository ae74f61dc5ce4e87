package dev.lookbook.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Decision;
import dev.lookbook.classify.Prediction;
import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.image.Prepared;
import dev.lookbook.run.EpochResult;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    private static Classifier classifier;

    @TempDir
    Path folder;

    @BeforeAll
    static void open() throws IOException {
        classifier = Classifier.open(Toys.model(), 1);
    }

    @AfterAll
    static void close() {
        classifier.close();
    }

    @Test
    void theReportIsWhatClassifyingOneByOneFinds() throws IOException {
        LabelledImages images = Toys.images(1234, Toys.LABELS, 1);

        Report report = Evaluation.of(classifier, images, "toys").report();

        int right = 0;
        int sure = 0;
        double loss = 0;
        int[][] confusion = new int[3][3];
        for (int i = 0; i < images.count(); i++) {
            Prediction p = classifier.classify(new Prepared(28, images.pixels(i), true));
            int predicted = Toys.LABELS.indexOf(p.label());
            right += predicted == images.label(i) ? 1 : 0;
            sure += p.decision().orElseThrow() == Decision.SURE ? 1 : 0;
            loss -= Math.log(p.probabilities().get(Toys.LABELS.get(images.label(i))));
            confusion[images.label(i)][predicted]++;
        }
        assertThat(report.accuracy()).isEqualTo(right / 1234.0).isBetween(0.6, 0.95);
        assertThat(report.testImages()).isEqualTo(1234);
        assertThat(report.nll()).isCloseTo(loss / 1234, within(1e-9));
        assertThat(report.sure().orElseThrow().images()).isEqualTo(sure).isPositive();
        for (int row = 0; row < 3; row++) {
            assertThat(report.confusion().get(row))
                    .containsExactly(confusion[row][0], confusion[row][1], confusion[row][2]);
        }
        assertThat(report.parameters()).isEqualTo(3 * 784);
        assertThat(report.modelSha256()).isEqualTo(classifier.model().contentSha256());
    }

    @Test
    void strangePicturesAreCountedAndNotSure() throws IOException {
        LabelledImages images = Toys.images(500, Toys.LABELS, 4);
        try (Classifier knowing = Classifier.open(Toys.knowingModel(), 1)) {
            Report report = Evaluation.of(knowing, images, "toys").report();

            int strange = 0;
            int sure = 0;
            for (int i = 0; i < images.count(); i++) {
                Prediction p = knowing.classify(new Prepared(28, images.pixels(i), true));
                strange += p.unfamiliarity().orElseThrow() > 1 ? 1 : 0;
                sure += p.decision().orElseThrow() == Decision.SURE ? 1 : 0;
            }
            assertThat(report.unfamiliar()).hasValue(strange / 500.0);
            assertThat(strange).isBetween(20, 480);
            assertThat(report.sure().orElseThrow().images()).isEqualTo(sure).isPositive();
            assertThat(report.json()).contains("\"unfamiliar\"");
        }
        assertThat(Evaluation.of(classifier, images, "toys").report().unfamiliar())
                .isEmpty();
    }

    @Test
    void theMostWrongPicturesAreThoseWithTheLargestLoss() throws IOException {
        LabelledImages images = Toys.images(300, Toys.LABELS, 2);

        List<Report.Loss> mostWrong =
                Evaluation.of(classifier, images, "toys").report().mostWrong();

        assertThat(mostWrong).hasSize(40).isSortedAccordingTo((a, b) -> Double.compare(b.loss(), a.loss()));
        Report.Loss worst = mostWrong.get(0);
        Prediction p = classifier.classify(new Prepared(28, images.pixels(worst.image()), true));
        assertThat(worst.predicted()).isEqualTo(p.label());
        assertThat(worst.label()).isEqualTo(Toys.LABELS.get(images.label(worst.image())));
        assertThat(worst.loss()).isCloseTo(-Math.log(p.probabilities().get(worst.label())), within(1e-6));
    }

    @Test
    void theOrderOfTheDatasClassesDoesNotMatter() throws IOException {
        LabelledImages images = Toys.images(500, Toys.LABELS, 3);
        int[] turned = images.labelIndices();
        for (int i = 0; i < turned.length; i++) {
            turned[i] = 2 - turned[i];
        }
        LabelledImages other = LabelledImages.of(28, 28, images.pixels(), turned, List.of("right", "middle", "left"));

        Report report = Evaluation.of(classifier, other, "toys").report();

        assertThat(report.accuracy())
                .isEqualTo(Evaluation.of(classifier, images, "toys").report().accuracy());
        assertThat(report.classes()).extracting(Report.ClassScore::label).containsExactly("right", "middle", "left");
        assertThat(report.labels()).isEqualTo(Toys.LABELS);
    }

    @Test
    void ignoredClassesAreLeftOutAndReported() throws IOException {
        LabelledImages images = Toys.images(600, List.of("port", "amidships", "starboard", "bow"), 4);
        Path mapping = Files.writeString(folder.resolve("map.yaml"), "port: left\nstarboard: [right, middle]\n");
        LabelMap map = LabelMap.read(mapping, images.labels(), Toys.LABELS);

        Report report = Evaluation.of(classifier, images, map, "ships").report();

        int[] counts = images.countOfEachLabel();
        assertThat(report.testImages()).isEqualTo(counts[0] + counts[2]);
        assertThat(report.leftOut())
                .containsExactly(new Report.LeftOut("amidships", counts[1]), new Report.LeftOut("bow", counts[3]));
        assertThat(report.classes()).extracting(Report.ClassScore::label).containsExactly("port", "starboard");
        assertThat(report.confusion()).hasSize(2);
        assertThat(report.classes().get(1).countsAs()).containsExactly("middle", "right");
        assertThat(report.mostWrong())
                .allMatch(loss -> List.of("port", "starboard").contains(loss.label()));
        assertThat(report.mostWrong())
                .allMatch(
                        loss -> images.labels().get(images.label(loss.image())).equals(loss.label()));
    }

    @Test
    void aRunDirectoryGetsEveryFile() throws IOException {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        run.writeResults(List.of(new EpochResult(1, 2, 0.9, 0.6, OptionalDouble.empty(), OptionalDouble.empty(), 0.1)));
        LabelledImages images = Toys.images(12, Toys.LABELS, 5);

        Charts.writeLabels(run, images);
        Charts.writeTrainBatch(run, images.pixels(), images.labelIndices(), 28, 28, images.labels());
        assertThat(Evaluation.of(classifier, images, "toys").write(run)).isEmpty();

        try (Stream<Path> files = Files.list(run.path())) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrder(
                            "confusion_matrix.png",
                            "confusion_matrix_normalized.png",
                            "labels.png",
                            "predictions.png",
                            "reliability.png",
                            "report.html",
                            "report.json",
                            "results.csv",
                            "results.png",
                            "risk_coverage.png",
                            "top_losses.png",
                            "train_batch.png");
        }
        assertThat(ImageIO.read(run.file("predictions.png").toFile()).getWidth())
                .isGreaterThan(800);
    }

    @Test
    void aRunHasNoReportBeforeAllElseIsWritten() throws IOException {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        Files.createDirectory(run.file("report.html")); // in the way
        Evaluation evaluation = Evaluation.of(classifier, Toys.images(12, Toys.LABELS, 5), "toys");

        assertThatThrownBy(() -> evaluation.write(run)).hasMessageContaining("report.html");
        assertThat(run.has(RunFolder.REPORT)).isFalse();
    }

    @Test
    void aWrittenReportIsReadBackEqual() throws IOException {
        Report report = Evaluation.of(classifier, Toys.images(90, Toys.LABELS, 5), "toys")
                .trained(new Report.Training(12.5, 300, "abc"))
                .report();

        Path file = Files.writeString(folder.resolve("report.json"), report.json());

        assertThat(Report.read(file)).isEqualTo(report);
        assertThat(report.json())
                .contains(
                        "\"train_seconds\" : 12.5",
                        "\"steps\" : 300",
                        "\"weights_sha256\" : \"abc\"",
                        "\"macro_f1\" : 0.");
    }

    @Test
    void trainingFieldsAreAbsentWhenNothingWasTrained() throws IOException {
        String json = Evaluation.of(classifier, Toys.images(90, Toys.LABELS, 5), "toys")
                .report()
                .json();

        assertThat(json).doesNotContain("train_seconds", "steps", "weights_sha256", "left_out", "counts_as", "null");
    }

    @Test
    void aReportOfALaterVersionIsRead() throws IOException {
        Report report = Evaluation.of(classifier, Toys.images(90, Toys.LABELS, 5), "toys")
                .report();
        Path file =
                Files.writeString(folder.resolve("report.json"), report.json().replaceFirst("\\{", "{\"new\": [1],"));

        assertThat(Report.read(file)).isEqualTo(report);
    }

    @Test
    void aFileThatIsNoReportIsNamed() throws IOException {
        Path file = folder.resolve("report.json");
        for (String text : List.of("", "{", "[]", "{}", "null", "{\"accuracy\": 2}", "{\"accuracy\": \"high\"}")) {
            Files.writeString(file, text);
            assertThatThrownBy(() -> Report.read(file))
                    .as(text)
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith(file.toString())
                    .hasMessageContaining("is not a report of an evaluation: ")
                    .message()
                    .doesNotContain("\n");
        }
        assertThatThrownBy(() -> Report.read(folder))
                .hasMessage(folder + " is not a report of an evaluation: it is a folder");
    }

    @Test
    void imagesOfAnotherSizeAreRefused() {
        LabelledImages images = LabelledImages.of(32, 30, new byte[960], new int[1], Toys.LABELS);

        assertThatThrownBy(() -> Evaluation.of(classifier, images, "big.csv"))
                .isInstanceOf(EvaluationException.class)
                .hasMessage(
                        "big.csv has grey images of 30x32 pixels, but model toy wants 28x28x1. Give a model that was "
                                + "trained on such images");
    }

    @Test
    void noPictureToScoreIsAnError() {
        LabelledImages images = LabelledImages.of(28, 28, new byte[0], new int[0], Toys.LABELS);

        assertThatThrownBy(() -> Evaluation.of(classifier, images, "nothing"))
                .isInstanceOf(EvaluationException.class)
                .hasMessageStartingWith("nothing has no picture to score");
    }
}
