package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.classify.Classifier;
import dev.lookbook.dataset.Source;
import dev.lookbook.evaluate.Evaluation;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The pictures behind the figures of a run, which may be of the user's own data. */
@Timeout(120)
class RunPicturesTest {
    private static final int PULLOVER = 1;
    private static final int TROUSER = 2;
    private static final int ANOTHER_TROUSER = 3;

    @TempDir
    Path folder;

    @Test
    void thePicturesBehindARunAreFoundWithItsOwnModel() throws Exception {
        add("Pullover", PULLOVER);
        add("Trouser", TROUSER);
        makeRun("train");
        try (Running running = Running.with(folder, "tiny")) {
            assertThat(trousers(running, "train").json().path("total").asInt()).isEqualTo(1);
            assertThat(trousers(running, "train").json().path("pictures")).hasSize(1);
        }
    }

    @Test
    void picturesThatCameLaterAreNotShownAsThoseOfAnEarlierRun() throws Exception {
        add("Pullover", PULLOVER);
        add("Trouser", TROUSER);
        makeRun("train");
        try (Running running = Running.with(folder, "tiny")) {
            trousers(running, "train"); // the server knows the data as they were
            add("Trouser", ANOTHER_TROUSER);
            makeRun("train2");

            assertThat(trousers(running, "train2").json().path("total").asInt()).isEqualTo(2);
            assertThat(trousers(running, "train").status()).isEqualTo(404);
            assertThat(trousers(running, "train").text())
                    .contains("the test images of run train have changed since")
                    .doesNotContain(folder.toString());
        }
    }

    private static Running.Answer trousers(Running running, String run) throws Exception {
        return running.get("/api/runs/" + run + "/pictures?label=Trouser&predicted=Trouser");
    }

    private Path data() {
        return folder.resolve("data");
    }

    private void add(String label, int image) throws IOException {
        Path pictures = Files.createDirectories(data().resolve("test").resolve(label));
        Files.write(pictures.resolve(image + ".png"), TestImages.png(image));
    }

    /** As training leaves one: settings, the model, and its report on the data of now. */
    private void makeRun(String name) throws IOException {
        RunFolder run = RunFolder.create(folder.resolve("runs").resolve(name));
        run.writeArgs(Map.of("model", "mlp", "data", data().toString()));
        Files.copy(Running.shipped("mlp"), run.file(RunFolder.MODEL));
        try (Classifier classifier = Classifier.open(run.file(RunFolder.MODEL), 1)) {
            String report = Evaluation.of(
                            classifier,
                            Source.of(data().toString(), Optional.empty()).read(Source.TEST),
                            data() + " test")
                    .report()
                    .json();
            run.write(RunFolder.REPORT, report.getBytes(StandardCharsets.UTF_8));
        }
    }
}
