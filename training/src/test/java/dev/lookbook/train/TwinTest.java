package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs without held-out pictures that take their calibration from one that held some out. */
class TwinTest {
    @TempDir
    private static Path folder;

    private static Path data;
    private static Path twin;

    @BeforeAll
    static void trainATwin() throws Exception {
        data = drawn("shapes", 1, 400);
        twin = train("twin", Map.of("holdout", 120)).folder();
    }

    @Test
    void aRunIsExportedUnderAnotherNameWithItsTwinsCalibration() throws Exception {
        TrainedRun run = train("whole", alike(Map.of()));

        TrainedRun exported = Training.export(
                List.of(run.folder()),
                false,
                Optional.of("mine"),
                Optional.of(folder.resolve("exported")),
                Optional.empty(),
                TrainingProgress.SILENT);

        assertThat(exported.report().calibrated()).isTrue();
        assertThat(exported.report().nll()).isEqualTo(run.report().nll());
    }

    @Test
    void anAverageTakesTheCalibrationOfTheAverageOfItsTwins() throws Exception {
        Path twin2 = train("twin2", Map.of("holdout", 120, "seed", 2)).folder();
        Path whole1 = train("whole1", alike(Map.of())).folder();
        Path whole2 = train("whole2", alike(Map.of("calibrate_from", twin2.toString(), "seed", 2)))
                .folder();

        for (boolean mirrored : List.of(false, true)) {
            ModelInfo ofTwins = export(List.of(twin, twin2), mirrored, "twins-" + mirrored);
            ModelInfo average = export(List.of(whole1, whole2), mirrored, "average-" + mirrored);

            assertThat(average.calibrated()).isTrue();
            assertThat(average.sureAt()).isEqualTo(ofTwins.sureAt());
            assertThat(Provenance.temperature(average)).isEqualTo(Provenance.temperature(ofTwins));
            assertThat(average.provenance())
                    .contains("\"average_mirror\":" + mirrored, "\"held_out\":120", "twins_weights_sha256");
        }
    }

    @Test
    void anExportTakesTheUsualDistancesOfItsTwin() throws Exception {
        String many = drawn("many-shapes", 1, 1420).toString(); // ten for each number of the embedding
        Path itsTwin = train("many-twin", Map.of("data", many, "holdout", 120)).folder();
        Path whole = train("many", alike(Map.of("data", many, "calibrate_from", itsTwin.toString())))
                .folder();

        ModelInfo exported = export(List.of(whole), false, "many-again");

        assertThat(Provenance.distances(exported).orElseThrow())
                .containsExactly(Provenance.distances(
                                ModelFile.read(itsTwin.resolve("model.onnx")).info())
                        .orElseThrow());
    }

    @Test
    void aMirroredExportTakesTheCalibrationOfItsTwinsMirroredExport() throws Exception {
        Path whole = train("to-mirror", alike(Map.of())).folder();

        ModelInfo mirrored = export(List.of(whole), true, "mirrored");

        assertThat(Provenance.temperature(mirrored))
                .isEqualTo(Provenance.temperature(export(List.of(twin), true, "mirrored-twin")))
                .isNotEqualTo(Provenance.temperature(export(List.of(twin), false, "plain-twin")));
    }

    @Test
    void anAverageThatCannotBeCalibratedIsRefused() throws Exception {
        Path one = train("one", alike(Map.of())).folder();
        Path sameTwin = train(
                        "same-twin",
                        alike(Map.of("calibrate_from", folder.resolve("./twin").toString(), "seed", 2)))
                .folder();
        Path noTwin = train("no-twin", Map.of("holdout", 0)).folder();

        assertThatThrownBy(() -> export(List.of(one, sameTwin), false, "refused"))
                .hasMessageContaining("has the same twin as a run before it");
        assertThatThrownBy(() -> export(List.of(one, noTwin), false, "refused"))
                .hasMessageContaining("names no twin that did");
        assertThatThrownBy(() -> export(List.of(one, twin), false, "refused"))
                .hasMessageContaining("held 120 pictures out, and " + one + " none");
        Path otherTwin = train("other-twin", Map.of("holdout", 150, "seed", 2)).folder();
        Path other = train("other", alike(Map.of("calibrate_from", otherTwin.toString(), "seed", 2)))
                .folder();
        assertThatThrownBy(() -> export(List.of(one, other), false, "refused"))
                .hasMessageContaining("of the twins that these runs name (calibrate_from), ")
                .hasMessageContaining("its holdout is 150, and not 120; train it again with --holdout 120");
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    private static ModelInfo export(List<Path> runs, boolean mirrored, String out) throws Exception {
        TrainedRun run = Training.export(
                runs,
                mirrored,
                Optional.empty(),
                Optional.of(folder.resolve(out)),
                Optional.empty(),
                TrainingProgress.SILENT);
        return ModelFile.read(run.model()).info();
    }

    @Test
    void aTwinThatDoesNotFitIsRefusedBeforeTheFirstStep() throws Exception {
        Path others = drawn("others", 9, 400);

        assertRefused(alike(Map.of("calibrate_from", folder + "/nowhere")), "nowhere");
        assertRefused(alike(Map.of("model", "classic")), "its model is mlp, and not classic");
        assertRefused(alike(Map.of("data", others.toString())), "its data_sha256 is");
        assertRefused(alike(Map.of("holdout", 100)), "this run holds 100 pictures out and is calibrated on them");
        Path uncalibrated = train("uncalibrated", Map.of("holdout", 20)).folder();
        assertRefused(
                alike(Map.of("calibrate_from", uncalibrated.toString())),
                "too few pictures out to be calibrated itself");
        Path whole = train("calibrated-whole", alike(Map.of())).folder();
        assertRefused(
                alike(Map.of("calibrate_from", whole.toString())),
                "it held no pictures out itself; name its own twin, " + twin);
    }

    private static void assertRefused(Map<String, Object> settings, String message) {
        assertThatThrownBy(() -> train("refused", settings)).hasMessageContaining(message);
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    private static Map<String, Object> alike(Map<String, Object> changes) {
        Map<String, Object> settings = new HashMap<>(Map.of("holdout", 0, "calibrate_from", twin.toString()));
        settings.putAll(changes);
        return settings;
    }

    private static TrainedRun train(String out, Map<String, Object> changes) throws Exception {
        Map<String, Object> settings = new HashMap<>(
                Map.of("model", "mlp", "data", data.toString(), "batch", 32, "steps", 20, "precision", "fp32"));
        settings.putAll(changes);
        return Training.start(
                new TrainRequest(
                        settings,
                        OptionalDouble.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(folder.resolve(out))),
                TrainingProgress.SILENT);
    }

    private static Path drawn(String name, int seed, int count) throws IOException {
        Path to = Files.createDirectory(folder.resolve(name));
        Pictures.writeCsv(to.resolve("train.csv"), Pictures.drawn(count, seed));
        Pictures.writeCsv(to.resolve("test.csv"), Pictures.drawn(120, seed + 1));
        return to;
    }
}
