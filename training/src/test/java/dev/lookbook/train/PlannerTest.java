package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookbook.dataset.LabelledImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource({"small,10,256,40", "base,2.1,256,9", "mlp,10,64,160"})
    void asManyStepsAreTakenAsTheEpochsHaveBatches(String model, double epochs, int batch, long steps)
            throws Exception {
        LabelledImages images = Pictures.real(1124);

        TrainSettings settings = decided(images, Map.of("model", model, "holdout", 100), epochs);

        assertThat(settings.batch()).isEqualTo(batch);
        assertThat(settings.steps()).isEqualTo(steps);
    }

    @ParameterizedTest
    @CsvSource({"300,30", "1124,112", "60000,5000"})
    void aTenthOfFewPicturesIsHeldOut(int count, int heldOut) throws Exception {
        LabelledImages few = Pictures.real(Math.min(count, 2000));
        LabelledImages images = count == few.count() ? few : repeated(few, count);

        assertThat(decided(images, Map.of("model", "small"), 1).holdout()).isEqualTo(heldOut);
        assertThat(decided(images, Map.of("model", "small", "holdout", 7), 1).holdout())
                .isEqualTo(7);
    }

    private static LabelledImages repeated(LabelledImages images, int count) {
        return images.subset(
                IntStream.range(0, count).map(i -> i % images.count()).toArray());
    }

    private static TrainSettings decided(LabelledImages images, Map<String, Object> settings, double epochs)
            throws IOException, InterruptedException {
        Map<String, Object> asked = new HashMap<>(settings);
        asked.put("precision", "fp32");
        asked.put("threads", 1);
        Planner planner = new Planner(new TrainRequest(
                asked,
                OptionalDouble.of(epochs),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        planner.check(images);
        return planner.decide(images, new Stopwatch(), TrainingProgress.SILENT);
    }

    @Test
    void aBudgetOverrulesTheStepsOfAFile() throws Exception {
        Path args = Files.writeString(folder.resolve("args.yaml"), "model: mlp\nsteps: 3\nbatch: 16\nholdout: 20\n");
        LabelledImages images = Pictures.real(120);
        Planner planner = new Planner(new TrainRequest(
                Map.of("precision", "fp32", "threads", 1),
                OptionalDouble.empty(),
                Optional.of(Duration.ofSeconds(2)),
                Optional.of(args),
                Optional.empty(),
                Optional.empty()));
        planner.check(images);

        TrainSettings settings = planner.decide(images, new Stopwatch(), TrainingProgress.SILENT);

        assertThat(settings.steps()).isGreaterThan(3);
        assertThat(settings.batch()).isEqualTo(16);
    }

    @Test
    void theSettingsOfARunAreNotThoseOfAnotherNetwork() throws Exception {
        Path args = Files.writeString(
                folder.resolve("args.yaml"), "model: small\ndata_sha256: abc\nwidths: [8]\nblocks: [0]\n");

        assertThatThrownBy(() -> new Planner(withConfig(Map.of("model", "base"), args)))
                .hasMessage(
                        args + " is of a run of small, and all its settings are; leave out --model base, or --config");
        assertThat(new Planner(withConfig(Map.of("model", "small"), args))).isNotNull();
    }

    @Test
    void aFileWithAFewSettingsIsCompletedByItsNetworksPresetAlsoIfItNamesTheData() throws Exception {
        LabelledImages images = Pictures.real(600);
        Path args = Files.writeString(
                folder.resolve("few.yaml"), "model: tiny\nsteps: 3\ndata_sha256: " + images.sha256() + "\n");
        Planner planner = new Planner(withConfig(Map.of("precision", "fp32"), args));
        planner.check(images);

        TrainSettings settings = planner.decide(images, new Stopwatch(), TrainingProgress.SILENT);

        assertThat(settings.widths()).containsExactly(16, 16, 32, 64);
    }

    @Test
    void aTwinIsTrainedByTheArgsOfTheRunThatItCalibrates() throws Exception {
        Path args = Files.writeString(
                folder.resolve("whole.yaml"), "model: mlp\nsteps: 3\nholdout: 0\ncalibrate_from: runs/twin\n");
        LabelledImages images = Pictures.real(600);
        Planner planner = new Planner(withConfig(Map.of("precision", "fp32", "holdout", 100), args));
        planner.check(images);

        TrainSettings settings = planner.decide(images, new Stopwatch(), TrainingProgress.SILENT);

        assertThat(settings.calibrateFrom()).isEmpty();
        assertThat(settings.holdout()).isEqualTo(100);
    }

    @Test
    void aBudgetFitsStepsAlsoIfEachIsAnEpoch() throws Exception {
        LabelledImages images = Pictures.real(120);
        Planner planner = new Planner(new TrainRequest(
                Map.of("model", "mlp", "precision", "fp32", "threads", 1, "batch", 100, "holdout", 20),
                OptionalDouble.empty(),
                Optional.of(Duration.ofSeconds(2)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        planner.check(images);

        assertThat(planner.decide(images, new Stopwatch(), TrainingProgress.SILENT)
                        .steps())
                .isGreaterThan(10);
    }

    @Test
    void theBatchThatSoManyEpochsHaveIsLookedAtBeforeAnythingIsDecided() throws Exception {
        Planner planner = new Planner(new TrainRequest(
                Map.of("model", "base", "precision", "fp32"),
                OptionalDouble.of(60),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));

        assertThatThrownBy(() -> planner.check(Pictures.real(500))).hasMessageContaining("less than one batch of 512");
    }

    @Test
    void autoMeansTheFasterPrecisionWhateverAFileSays() throws Exception {
        Path args = Files.writeString(folder.resolve("args.yaml"), "model: mlp\nsteps: 3\nprecision: fp64\n");
        LabelledImages images = Pictures.real(600);
        Planner planner = new Planner(withConfig(Map.of("precision", "auto"), args));
        planner.check(images);

        assertThat(planner.decide(images, new Stopwatch(), TrainingProgress.SILENT)
                        .precision())
                .isIn("fp32", "bf16");
    }

    @Test
    void dataWithoutTestPicturesAreRefusedBeforeTheFirstStep() throws Exception {
        Path data = Files.createDirectory(folder.resolve("data"));
        Pictures.writeCsv(data.resolve("train.csv"), Pictures.drawn(400, 1));
        Path out = folder.resolve("run");

        assertThatThrownBy(() -> Training.start(
                        new TrainRequest(
                                Map.of("data", data.toString(), "steps", 2),
                                OptionalDouble.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.of(out)),
                        TrainingProgress.SILENT))
                .hasMessageContaining("has no split \"test\" to score the network on. It has: train");
        assertThat(out).doesNotExist();
    }

    private static TrainRequest withConfig(Map<String, Object> settings, Path config) {
        return new TrainRequest(
                settings,
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.of(config),
                Optional.empty(),
                Optional.empty());
    }
}
