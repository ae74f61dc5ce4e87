package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Scores;
import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Finished runs as one model file. */
class ExportRunsTest {
    private static final int CLASSES = 10; // of a CSV, whose labels are numbers

    @TempDir
    Path folder;

    private Path data;
    private final LabelledImages test = Pictures.drawn(60, 2);

    @BeforeEach
    void drawShapes() throws IOException {
        data = Files.createDirectory(folder.resolve("shapes"));
        Pictures.writeCsv(data.resolve("train.csv"), Pictures.drawn(900, 1));
        Pictures.writeCsv(data.resolve("test.csv"), test);
    }

    @Test
    void theAverageGivesTheMeanProbabilityOfItsMembersAndTheirMirrorImages() throws Exception {
        TrainedRun mlp = train("mlp", 1, 40);
        TrainedRun tiny = train("tiny", 2, 40);

        TrainedRun average = average(List.of(mlp.folder(), tiny.folder()), true);

        float[] mean = new float[test.count() * CLASSES];
        for (TrainedRun member : List.of(mlp, tiny)) {
            for (byte[] pixels : List.of(test.pixels(), mirrored(test.pixels()))) {
                try (Classifier classifier = Classifier.open(member.model(), 1)) {
                    float[] logits = classifier.score(pixels, test.count()).logits();
                    for (int i = 0; i < mean.length; i++) {
                        mean[i] += softmax(logits, i) / 4;
                    }
                }
            }
        }
        try (Classifier classifier = Classifier.open(average.model(), 1)) {
            Scores scores = classifier.score(test.pixels(), test.count());
            for (int i = 0; i < mean.length; i++) {
                assertThat(softmax(scores.logits(), i)).isCloseTo(mean[i], within(1e-4f));
            }
            assertThat(classifier.model().info().name()).isEqualTo("pair");
            assertThat(classifier.model().info().calibrated()).isTrue();
            assertThat(classifier.model().info().provenance())
                    .contains(
                            "members",
                            "average_mirror",
                            mlp.report().weightsSha256().orElseThrow());
            // The mirror image goes through the same weights, which are stored once.
            assertThat(classifier.model().parameters())
                    .isEqualTo(mlp.report().parameters() + tiny.report().parameters());
        }
        assertThat(average.report().steps()).hasValue(80);
        assertThat(average.folder().resolve("report.html")).isNotEmptyFile();
    }

    @Test
    void aRunMayAverageMirrorImagesItself() throws Exception {
        TrainedRun run = train("tiny", 1, 20, Map.of("average_mirror", true));

        try (Classifier classifier = Classifier.open(run.model(), 1)) {
            float[] plain = classifier.score(test.pixels(), test.count()).probabilities();
            float[] mirrored =
                    classifier.score(mirrored(test.pixels()), test.count()).probabilities();
            assertThat(mirrored).containsExactly(plain, within(1e-5f));
        }
        assertThat(average(List.of(run.folder()), true).report().accuracy())
                .isEqualTo(run.report().accuracy());
    }

    @Test
    void aRunExportedAgainIsTheSameModel() throws Exception {
        TrainedRun run = train("mlp", 1, 20);
        Path args = run.folder().resolve(RunFolder.ARGS);
        String written = Files.readString(args);
        assertThat(written).contains("average_mirror: false\n");
        // As an older version wrote it, which did not know this setting.
        Files.writeString(args, written.replace("average_mirror: false\n", ""));

        TrainedRun again = average(List.of(run.folder()), false);

        assertThat(again.report().weightsSha256()).isEqualTo(run.report().weightsSha256());
        assertThat(again.report().nll()).isEqualTo(run.report().nll());
    }

    @Test
    void runsThatDoNotBelongTogetherAreRefused() throws Exception {
        TrainedRun run = train("mlp", 1, 5);
        TrainedRun other = train("mlp", 2, 5, Map.of("holdout", 200));
        Path unfinished = folder.resolve("unfinished");
        copy(run.folder(), unfinished);
        Path args = unfinished.resolve(RunFolder.ARGS);
        Files.writeString(args, Files.readString(args).replace("steps: 5", "steps: 6"));

        assertThatThrownBy(() -> average(List.of(run.folder(), other.folder()), false))
                .hasMessageContaining("its holdout is 200, and not 300");
        assertThatThrownBy(() -> average(List.of(run.folder(), unfinished), false))
                .hasMessageContaining("5 of 6 steps; go on with: lookbook train --resume");
        assertThat(folder.resolve("average")).doesNotExist();
    }

    private TrainedRun average(List<Path> runs, boolean mirrored) throws Exception {
        return Training.export(
                runs,
                mirrored,
                Optional.of("pair"),
                Optional.of(folder.resolve("average")),
                Optional.empty(),
                TrainingProgress.SILENT);
    }

    private TrainedRun train(String model, long seed, long steps) throws Exception {
        return train(model, seed, steps, Map.of());
    }

    private TrainedRun train(String model, long seed, long steps, Map<String, Object> more) throws Exception {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "model", model, "data", data.toString(), "seed", seed, "steps", steps, "holdout", 300, "batch", 32));
        settings.putAll(Map.of("threads", 1, "precision", "fp32"));
        settings.putAll(more);
        return Training.start(
                new TrainRequest(
                        settings,
                        OptionalDouble.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(folder.resolve(model + seed))),
                TrainingProgress.SILENT);
    }

    private static byte[] mirrored(byte[] pixels) {
        byte[] mirrored = new byte[pixels.length];
        for (int i = 0; i < pixels.length; i++) {
            mirrored[i / 28 * 28 + 27 - i % 28] = pixels[i];
        }
        return mirrored;
    }

    private static float softmax(float[] logits, int i) {
        double sum = 0;
        for (int k = 0; k < CLASSES; k++) {
            sum += Math.exp(logits[i / CLASSES * CLASSES + k]);
        }
        return (float) (Math.exp(logits[i]) / sum);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(from.relativize(file)));
            }
        }
    }
}
