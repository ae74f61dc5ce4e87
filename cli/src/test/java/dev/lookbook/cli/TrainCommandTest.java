package dev.lookbook.cli;

import static dev.lookbook.cli.CommandLineFixture.lookbook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.cli.CommandLineFixture.Answer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainCommandTest {

    @TempDir
    private Path folder;

    @Test
    void trainsEvaluatesAndLeavesARunThatClassifies() throws Exception {
        String data = bands().toString();
        Path run = folder.resolve("run");

        Answer answer = lookbook(
                "train",
                "--model",
                "mlp",
                "--data",
                data,
                "--steps",
                "40",
                "--holdout",
                "20",
                "--seed",
                "3",
                "--threads",
                "1",
                "--precision",
                "fp32",
                "--out",
                run.toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).containsPattern("model +mlp 1").containsPattern("accuracy +[01]\\.\\d{4}");
        assertThat(answer.out()).containsPattern("run +" + run);
        assertThat(answer.err())
                .contains("training mlp in " + run + ": 40 steps")
                .contains("epoch  1 ");
        assertThat(lookbook("summary", "--model", run.toString()).out()).containsPattern("model +mlp 1");
        assertThat(lookbook("compare", run.toString()).out()).containsPattern("run +mlp");
        assertThat(lookbook("train", "--resume", run.toString()).err()).contains("is finished");
    }

    @Test
    void aRunMayLearnFromAnother() throws Exception {
        String data = bands().toString();
        Path teacher = folder.resolve("teacher");
        Path student = folder.resolve("student");
        String[] teaching = {
            "train", "--model", "mlp", "--data", data, "--steps", "20", "--holdout", "20", "--out", teacher.toString()
        };
        String[] learning = {
            "train",
            "--model",
            "mlp",
            "--data",
            data,
            "--steps",
            "20",
            "--holdout",
            "20",
            "--teacher",
            teacher.toString(),
            "--out",
            student.toString()
        };

        Answer withoutTeacher = lookbook(learning);
        Answer taught = lookbook(teaching);
        Answer learnt = lookbook(learning);

        assertThat(withoutTeacher.exitCode()).isEqualTo(1);
        assertThat(withoutTeacher.err()).contains(teacher.toString()).doesNotContain("\tat ");
        assertThat(taught.exitCode()).as(taught.err()).isZero();
        assertThat(learnt.exitCode()).as(learnt.err()).isZero();
        assertThat(student.resolve("args.yaml")).content().contains("teachers:", teacher.toString());
    }

    @Test
    void quietPrintsTheAnswerOnly() throws Exception {
        Answer answer = lookbook(
                "train",
                "--quiet",
                "--model",
                "mlp",
                "--data",
                bands().toString(),
                "--steps",
                "2",
                "--holdout",
                "20",
                "--threads",
                "1",
                "--precision",
                "fp32",
                "--out",
                folder.resolve("run").toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.err()).isEmpty();
    }

    @Test
    void wrongUsageIsToldBeforeAnythingIsDone() {
        String out = folder.resolve("run").toString();

        assertWrongUsage("is no duration; write it like 60s, 10m or 1h", "train", "--budget", "soon", "--out", out);
        assertWrongUsage("exclude each other", "train", "--budget", "10s", "--epochs", "3", "--out", out);
        assertWrongUsage("--steps", "train", "--steps", "many", "--out", out);
        assertWrongUsage("leave out --seed", "train", "--resume", out, "--seed", "2");
        assertThat(Path.of(out)).doesNotExist();
    }

    @Test
    void mistakesAreOneLine() throws Exception {
        Path exists = Files.createDirectory(folder.resolve("exists"));
        Path settings = Files.writeString(folder.resolve("mine.yaml"), "widths: [16, null]\nblocks: [1, 1]\n");

        assertFails("huge", "train", "--model", "huge", "--out", folder + "/run");
        assertFails("nowhere", "train", "--data", folder + "/nowhere", "--out", folder + "/run");
        assertFails("exists already", "train", "--data", bands().toString(), "--out", exists.toString());
        assertFails(
                "mine.yaml: key \"widths\" is [16,null], whose entry 2 is empty",
                "train",
                "--quiet", // leaves out that a part of the images is kept for test
                "--data",
                bands().toString(),
                "--config",
                settings.toString(),
                "--out",
                folder + "/run");
        assertFails("no run directory", "train", "--resume", folder + "/none");
        assertThat(folder.resolve("run")).doesNotExist();
    }

    private static void assertWrongUsage(String part, String... args) {
        Answer answer = lookbook(args);
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(Lookbook.WRONG_USAGE);
        assertThat(answer.err()).contains(part);
        assertThat(answer.err().lines()).hasSize(1);
    }

    private static void assertFails(String part, String... args) {
        Answer answer = lookbook(args);
        assertThat(answer.exitCode()).as(answer.err()).isEqualTo(Lookbook.FAILED);
        assertThat(answer.err()).contains(part);
        assertThat(answer.err().lines()).hasSize(1);
    }

    /** Two hundred images of a bright line: the row tells the class. */
    private Path bands() throws Exception {
        Path csv = folder.resolve("bands.csv");
        if (Files.notExists(csv)) {
            Files.write(
                    csv,
                    IntStream.range(0, 200)
                            .mapToObj(i -> row(i % 10, 100 + i / 2))
                            .toList());
        }
        return csv;
    }

    private static String row(int label, int brightness) {
        byte[] pixels = BandModel.image(label, brightness);
        return label + ","
                + IntStream.range(0, pixels.length)
                        .mapToObj(i -> Integer.toString(pixels[i] & 0xff))
                        .collect(Collectors.joining(","));
    }
}
