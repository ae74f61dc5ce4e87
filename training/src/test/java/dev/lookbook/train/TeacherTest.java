package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

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
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that learn from a finished one. */
class TeacherTest {
    private static final int HELD_OUT = 100;

    @TempDir
    Path folder;

    private Path data;
    private TrainedRun teacher;

    @BeforeEach
    void trainATeacher() throws Exception {
        data = Files.createDirectory(folder.resolve("shapes"));
        Pictures.writeCsv(data.resolve("train.csv"), Pictures.drawn(400, 1));
        Pictures.writeCsv(data.resolve("test.csv"), Pictures.drawn(120, 2));
        teacher = train("teacher", Map.of("steps", 40));
    }

    @Test
    void targetsAreTheTeachersProbabilitiesAndTheLabelsByTheirShares() throws IOException {
        LabelledImages pictures = Pictures.drawn(3, 5);
        Network network = Networks.create(Settings.of("mlp", 1, Map.of()), Pictures.drawn(60, 1));
        try (PointerScope scope = new PointerScope()) {
            Tensor pixels = Tensor.create(pictures.pixels(), false, 3, 28, 28);
            float[] logits = Tensors.values(network.forward(pixels, false));
            Tensor labels = Operators.oneHot(Tensor.create(0L, 1L, 2L), 3, 0.3);

            float[] targets = Tensors.values(new Teacher(List.of(network), 0.75).targets(pixels, labels));

            for (int n = 0; n < 3; n++) {
                double sum = Math.exp(logits[3 * n]) + Math.exp(logits[3 * n + 1]) + Math.exp(logits[3 * n + 2]);
                for (int k = 0; k < 3; k++) {
                    double label = n == k ? 0.8 : 0.1; // 0.3 of the target spread over three classes
                    double expected = 0.75 * Math.exp(logits[3 * n + k]) / sum + 0.25 * label;
                    assertThat(targets[3 * n + k]).isCloseTo((float) expected, within(1e-5f));
                }
            }
        }
    }

    @Test
    void severalTeachersAreHeardInTheMean() throws IOException {
        LabelledImages pictures = Pictures.drawn(3, 5);
        Network one = Networks.create(Settings.of("mlp", 1, Map.of()), Pictures.drawn(60, 1));
        Network other = Networks.create(Settings.of("mlp", 1, Map.of("seed", 2)), Pictures.drawn(60, 1));
        try (PointerScope scope = new PointerScope()) {
            Tensor pixels = Tensor.create(pictures.pixels(), false, 3, 28, 28);
            Tensor labels = Operators.oneHot(Tensor.create(0L, 1L, 2L), 3, 0);

            float[] first = Tensors.values(new Teacher(List.of(one), 1).targets(pixels, labels));
            float[] second = Tensors.values(new Teacher(List.of(other), 1).targets(pixels, labels));
            float[] both = Tensors.values(new Teacher(List.of(one, other), 1).targets(pixels, labels));

            assertThat(first[0]).isNotCloseTo(second[0], within(1e-3f));
            for (int i = 0; i < both.length; i++) {
                assertThat(both[i]).isCloseTo((first[i] + second[i]) / 2, within(1e-6f));
            }
        }
    }

    @Test
    void aRunHasAsManyTeachersAsItsSettingsHaveHashes() {
        Map<String, Object> settings = taught(Map.of("steps", 2));
        String run = teacher.folder().toString();
        settings.put("teachers", List.of(run, run));
        settings.put("teachers_sha256", List.of(teacher.report().weightsSha256().orElseThrow()));

        assertThatThrownBy(() -> train("run", settings))
                .hasMessageContaining("teachers names 2 runs, and teachers_sha256 1 hashes");
    }

    @Test
    void aTaughtRunIsResumedAndRepeatedToTheSameWeights() throws Exception {
        TrainedRun whole = train("whole", taught(Map.of("steps", 12)));
        TrainingProgress interrupting = new TrainingProgress() {
            @Override
            public void step(Step step) {
                if (step.step() == 7) {
                    throw new IllegalStateException("interrupted");
                }
            }
        };
        assertThatThrownBy(() -> start("broken", taught(Map.of("steps", 12)), interrupting))
                .hasMessage("interrupted");
        TrainedRun resumed = Training.resume(folder.resolve("broken"), Optional.empty(), TrainingProgress.SILENT);
        TrainedRun repeated = repeat("repeated", whole, Map.of());
        TrainedRun alone = train("alone", Map.of("steps", 12));

        assertThat(resumed.report().weightsSha256()).isEqualTo(whole.report().weightsSha256());
        assertThat(repeated.report().weightsSha256()).isEqualTo(whole.report().weightsSha256());
        assertThat(alone.report().weightsSha256()).isNotEqualTo(whole.report().weightsSha256());
        assertThat(whole.folder().resolve(RunFolder.ARGS))
                .content()
                .contains("teachers_sha256:", teacher.report().weightsSha256().orElseThrow());
    }

    @Test
    void argsFromWhenARunHadOneTeacherAreRepeatedAsTheyWereMeant() throws Exception {
        TrainedRun first = train("first", taught(Map.of("steps", 4)));
        Path args = first.folder().resolve(RunFolder.ARGS);
        String older = Files.readString(args)
                .replaceFirst("teachers:\\s*- ", "teacher: ")
                .replaceFirst("teachers_sha256:\\s*- ", "teacher_sha256: ");
        assertThat(older).contains("teacher: ", "teacher_sha256: ").doesNotContain("teachers");
        Files.writeString(args, older);

        assertThat(repeat("again", first, Map.of()).report().weightsSha256())
                .isEqualTo(first.report().weightsSha256());
        assertThat(Training.settings(RunFolder.open(first.folder())).teachers())
                .containsExactly(teacher.folder().toString());
    }

    @Test
    void anotherTeacherMayBeNamedOnPurpose() throws Exception {
        TrainedRun first = train("first", taught(Map.of("steps", 2)));
        TrainedRun other = train("other", Map.of("steps", 3));

        TrainedRun second = repeat(
                "second", first, Map.of("teachers", List.of(other.folder().toString())));

        assertThat(second.folder().resolve(RunFolder.ARGS))
                .content()
                .contains("teachers_sha256:", other.report().weightsSha256().orElseThrow());
    }

    @Test
    void aTeacherThatKnowsHeldOutPicturesIsRefused() {
        assertThatThrownBy(() -> train("run", taught(Map.of("steps", 2, "holdout", HELD_OUT + 1))))
                .hasMessageContaining("cannot teach this run: its holdout is 100, and not 101");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    @Test
    void aTeacherThatIsNotFinishedIsRefused() throws Exception {
        Path args = teacher.folder().resolve(RunFolder.ARGS);
        Files.writeString(args, Files.readString(args).replace("steps: 40", "steps: 41"));

        assertThatThrownBy(() -> train("run", taught(Map.of("steps", 2))))
                .hasMessageContaining("40 of 41 steps; go on with: lookbook train --resume");
    }

    @Test
    void anotherTeacherThanThatOfTheArgsIsRefused() {
        Map<String, Object> settings = taught(Map.of("steps", 2));
        settings.put("teachers_sha256", List.of("0".repeat(64)));

        assertThatThrownBy(() -> train("run", settings)).hasMessageContaining("its weights_sha256 is");
    }

    @Test
    void aFolderWithoutACheckpointIsNoTeacher() throws Exception {
        Files.delete(teacher.folder().resolve(RunFolder.CHECKPOINT));

        assertThatThrownBy(() -> train("run", taught(Map.of("steps", 2))))
                .hasMessageContaining("has no checkpoint: it was stopped before its first, or somebody removed it");
    }

    @Test
    void aTeacherThatIsNoRunIsRefused() {
        Map<String, Object> settings = taught(Map.of("steps", 2));
        settings.put("teachers", List.of(folder.resolve("nowhere").toString()));

        assertThatThrownBy(() -> train("run", settings))
                .hasMessageContaining("there is no teacher at " + folder.resolve("nowhere"));
    }

    private Map<String, Object> taught(Map<String, Object> changes) {
        Map<String, Object> settings = new HashMap<>(changes);
        settings.put("teachers", List.of(teacher.folder().toString()));
        return settings;
    }

    private TrainedRun train(String out, Map<String, Object> changes) throws Exception {
        return start(out, changes, TrainingProgress.SILENT);
    }

    private TrainedRun repeat(String out, TrainedRun run, Map<String, Object> changes) throws Exception {
        return Training.start(
                new TrainRequest(
                        changes,
                        OptionalDouble.empty(),
                        Optional.empty(),
                        Optional.of(run.folder().resolve(RunFolder.ARGS)),
                        Optional.empty(),
                        Optional.of(folder.resolve(out))),
                TrainingProgress.SILENT);
    }

    private TrainedRun start(String out, Map<String, Object> changes, TrainingProgress progress) throws Exception {
        Map<String, Object> settings =
                new HashMap<>(Map.of("model", "mlp", "data", data.toString(), "holdout", HELD_OUT, "batch", 32));
        settings.putAll(Map.of("threads", 1, "precision", "fp32"));
        settings.putAll(changes);
        return Training.start(
                new TrainRequest(
                        settings,
                        OptionalDouble.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(folder.resolve(out))),
                progress);
    }
}
