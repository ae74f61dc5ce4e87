package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookbook.classify.Classifier;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The front door, on a CSV of drawn shapes. */
class TrainingTest {
    @TempDir
    Path folder;

    private Path data;

    @BeforeEach
    void drawShapes() throws IOException {
        data = Files.createDirectory(folder.resolve("shapes"));
        Pictures.writeCsv(data.resolve("train.csv"), Pictures.drawn(400, 1));
        Pictures.writeCsv(data.resolve("test.csv"), Pictures.drawn(120, 2));
    }

    @Test
    void aRunLeavesADirectoryWithModelCurvesAndReport() throws Exception {
        TrainedRun run = Training.start(request(Map.of("steps", 40), "run"), TrainingProgress.SILENT);

        assertThat(run.report().accuracy()).isGreaterThan(0.9);
        assertThat(run.report().weightsSha256()).isPresent();
        for (String file : new String[] {
            RunFolder.ARGS,
            RunFolder.RESULTS,
            RunFolder.REPORT,
            RunFolder.MODEL,
            RunFolder.CHECKPOINT,
            "report.html",
            "results.png",
            "labels.png",
            "train_batch.png",
            "confusion_matrix.png",
            "predictions.png",
            "top_losses.png",
            "reliability.png"
        }) {
            assertThat(run.folder().resolve(file)).isNotEmptyFile();
        }
        try (Classifier classifier = Classifier.open(run.model())) {
            assertThat(classifier.model().info().calibrated()).isTrue();
            assertThat(classifier.model().info().provenance()).contains("weights_sha256", "data_sha256", "settings");
        }
    }

    @Test
    void aRunRepeatedWithItsArgsGivesTheSameWeights() throws Exception {
        TrainedRun first = Training.start(request(Map.of("steps", 12, "shift", 1), "first"), TrainingProgress.SILENT);
        TrainRequest again = new TrainRequest(
                Map.of(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.of(first.folder().resolve(RunFolder.ARGS)),
                Optional.empty(),
                Optional.of(folder.resolve("again")));

        TrainedRun second = Training.start(again, TrainingProgress.SILENT);

        assertThat(second.report().weightsSha256()).isEqualTo(first.report().weightsSha256());
        assertThat(second.folder().resolve(RunFolder.ARGS))
                .hasSameTextualContentAs(first.folder().resolve(RunFolder.ARGS));
    }

    @Test
    void argsOfAnOlderVersionAreRepeatedAsTheyWereMeant() throws Exception {
        Map<String, Object> older =
                Map.of("steps", 5, "stem_stride", 2, "widths", List.of(8, 8), "blocks", List.of(0, 0));
        TrainedRun first = Training.start(request(older, "first"), TrainingProgress.SILENT);
        Path args = first.folder().resolve(RunFolder.ARGS);
        String written = Files.readString(args);
        assertThat(written).contains("stem_stride: 2\n");
        // From before there was a choice; a new run of this network would take the other one.
        Files.writeString(args, written.replace("stem_stride: 2\n", ""));

        TrainedRun again = Training.start(
                new TrainRequest(
                        Map.of(),
                        OptionalDouble.empty(),
                        Optional.empty(),
                        Optional.of(args),
                        Optional.empty(),
                        Optional.of(folder.resolve("again"))),
                TrainingProgress.SILENT);

        assertThat(again.report().weightsSha256()).isEqualTo(first.report().weightsSha256());
    }

    @Test
    void aRunThatWasInterruptedIsResumedToTheSameEnd() throws Exception {
        TrainedRun whole = Training.start(request(Map.of("steps", 30), "whole"), TrainingProgress.SILENT);
        Path broken = interrupted("broken", 17);

        TrainedRun resumed = Training.resume(broken, Optional.empty(), TrainingProgress.SILENT);

        assertThat(resumed.report().weightsSha256()).isEqualTo(whole.report().weightsSha256());
        assertThat(resultsWithoutTime(resumed)).isEqualTo(resultsWithoutTime(whole));
        assertThatThrownBy(() -> Training.resume(resumed.folder(), Optional.empty(), TrainingProgress.SILENT))
                .hasMessageContaining("nothing to resume");
    }

    @Test
    void aRunDoesNotGoOnWithOtherSettingsThanItBeganWith() throws Exception {
        Path broken = interrupted("broken", 17);
        Path args = broken.resolve(RunFolder.ARGS);
        Files.writeString(args, Files.readString(args).replace("seed: 1\n", "seed: 2\n"));

        assertThatThrownBy(() -> Training.resume(broken, Optional.empty(), TrainingProgress.SILENT))
                .hasMessage(
                        args + ": seed is 2, but the run began with 1; undo that, or start a new run with --config");
    }

    @Test
    void aRunGoesOnAfterItsDataWereMoved() throws Exception {
        Path broken = interrupted("broken", 17);
        Path moved = Files.move(data, folder.resolve("moved"));
        Path args = broken.resolve(RunFolder.ARGS);
        Files.writeString(args, Files.readString(args).replace(data.toString(), moved.toString()));

        assertThat(Training.resume(broken, Optional.empty(), TrainingProgress.SILENT)
                        .report()
                        .steps())
                .hasValue(30);
    }

    @Test
    void aRunWithoutACheckpointIsToldFromAFolderThatIsNone() throws Exception {
        Path broken = interrupted("broken", 3);
        Files.delete(broken.resolve(RunFolder.CHECKPOINT));

        assertThatThrownBy(() -> Training.resume(broken, Optional.empty(), TrainingProgress.SILENT))
                .hasMessage(broken
                        + " has no checkpoint: it was stopped before its first, or somebody removed it; start it anew");
    }

    private Path interrupted(String name, long at) {
        TrainingProgress interrupting = new TrainingProgress() {
            @Override
            public void step(Step step) {
                if (step.step() == at) {
                    throw new IllegalStateException("interrupted");
                }
            }
        };
        assertThatThrownBy(() -> Training.start(request(Map.of("steps", 30), name), interrupting))
                .hasMessage("interrupted");
        return folder.resolve(name);
    }

    private static String resultsWithoutTime(TrainedRun run) throws IOException {
        return Files.readString(run.folder().resolve(RunFolder.RESULTS)).replaceAll("(?m)^(\\d+),[^,]*", "$1");
    }

    @Test
    void aBudgetIsTurnedIntoStepsThatAreWrittenDown() throws Exception {
        TrainRequest request = new TrainRequest(
                settings(Map.of()),
                OptionalDouble.empty(),
                Optional.of(Duration.ofSeconds(3)),
                Optional.empty(),
                Optional.empty(),
                Optional.of(folder.resolve("run")));

        TrainedRun run = Training.start(request, TrainingProgress.SILENT);

        assertThat(run.report().steps().getAsLong()).isGreaterThan(1);
        assertThat(run.folder().resolve(RunFolder.ARGS))
                .content()
                .contains("steps: " + run.report().steps().getAsLong())
                .doesNotContain("budget");
    }

    @Test
    void withoutHeldOutPicturesAModelIsNotCalibratedUnlessATwinIs() throws Exception {
        TrainedRun twin = Training.start(request(Map.of("steps", 15, "holdout", 120), "twin"), TrainingProgress.SILENT);
        TrainedRun alone = Training.start(request(Map.of("steps", 15, "holdout", 0), "alone"), TrainingProgress.SILENT);
        TrainedRun with = Training.start(
                request(
                        Map.of(
                                "steps",
                                15,
                                "holdout",
                                0,
                                "calibrate_from",
                                twin.folder().toString()),
                        "with"),
                TrainingProgress.SILENT);

        assertThat(alone.report().calibrated()).isFalse();
        assertThat(with.report().calibrated()).isTrue();
        assertThat(with.report().weightsSha256()).isEqualTo(alone.report().weightsSha256());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model        | huge    | unknown network \"huge\"; known: mlp, classic, tiny, small, base",
                "holdout      | 390     | leaves less than one batch",
                "momentum     | 2       | momentum must be from 0.0 to 0.9999, but is 2.0",
                "learning_rat | 1       | unknown key \"learning_rat\". Known keys:",
                "stem_stride  | 3       | stem_stride must be from 1.0 to 2.0, but is 3.0",
                "teacher_share| 2       | teacher_share must be from 0.0 to 1.0, but is 2.0",
                "precision    | fp64    | precision is \"fp64\"; known: fp32, bf16",
            })
    void settingsThatCannotBeAreRefusedInOneLine(String key, String value, String message) {
        Object typed = value.matches("\\d+") ? (Object) Integer.valueOf(value) : value;

        assertThatThrownBy(
                        () -> Training.start(request(Map.of(key, typed, "steps", 5), "run"), TrainingProgress.SILENT))
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
        assertThat(folder.resolve("run")).as("a run that never began").doesNotExist();
    }

    @Test
    void networksThatCannotBeAreRefusedBeforeTheRunBegins() {
        assertRefused(
                Map.of("widths", List.of(8, 8)),
                "widths [8, 8] and blocks [1, 1, 1, 1] must have one number per stage each");
        assertRefused(
                Map.of("widths", List.of(8, 8, 8, 8, 8, 8), "blocks", List.of(0, 0, 0, 0, 0, 0)),
                "tiny must have from 1 to 5 stages with stem_stride 1, since each halves the picture's side, but widths has 6");
        assertRefused(
                Map.of("stem_stride", 2, "widths", List.of(8, 8, 8, 8, 8), "blocks", List.of(0, 0, 0, 0, 0)),
                "from 1 to 4 stages with stem_stride 2");
        assertRefused(Map.of("widths", List.of(), "blocks", List.of()), "but widths has 0");
        assertRefused(
                Map.of("model", "classic", "widths", List.of(8), "blocks", List.of(0)),
                "classic has no stages; leave out");
        assertRefused(Map.of("dropout", 0.2), "dropout is 0.2, but only classic has it");
        assertRefused(
                Map.of("sam_radius", 0.1, "sam_share", 0.1), "sam_share 0.1 of a batch of 32 is less than 8 pictures");
    }

    private void assertRefused(Map<String, Object> changes, String message) {
        Map<String, Object> settings = new HashMap<>(changes);
        settings.put("steps", 5);
        assertThatThrownBy(() -> Training.start(request(settings, "run"), TrainingProgress.SILENT))
                .hasMessageContaining(message);
        assertThat(folder.resolve("run")).as("a run that never began").doesNotExist();
    }

    @Test
    void theDeepestNetworksThatFitTrain() throws Exception {
        Map<String, Object> deep = Map.of(
                "widths", List.of(8, 8, 8, 8, 8), "blocks", List.of(0, 0, 0, 0, 0), "stem_stride", 1, "steps", 2);

        assertThat(Training.start(request(deep, "deep"), TrainingProgress.SILENT)
                        .report()
                        .steps())
                .hasValue(2);
    }

    @Test
    void aRunOnOtherDataThanItsArgsSayIsRefused() throws Exception {
        TrainedRun first = Training.start(request(Map.of("steps", 2), "first"), TrainingProgress.SILENT);
        Pictures.writeCsv(data.resolve("train.csv"), Pictures.drawn(400, 99));
        TrainRequest again = new TrainRequest(
                Map.of(),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.of(first.folder().resolve(RunFolder.ARGS)),
                Optional.empty(),
                Optional.of(folder.resolve("again")));

        assertThatThrownBy(() -> Training.start(again, TrainingProgress.SILENT)).hasMessageContaining("data_sha256 is");
    }

    private TrainRequest request(Map<String, Object> changes, String out) {
        return new TrainRequest(
                settings(changes),
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(folder.resolve(out)));
    }

    private Map<String, Object> settings(Map<String, Object> changes) {
        Map<String, Object> settings = new HashMap<>(Map.of(
                "model",
                "tiny",
                "data",
                data.toString(),
                "holdout",
                100,
                "batch",
                32,
                "threads",
                1,
                "precision",
                "fp32"));
        settings.putAll(changes);
        return settings;
    }
}
