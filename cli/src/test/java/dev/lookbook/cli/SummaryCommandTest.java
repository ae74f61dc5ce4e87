package dev.lookbook.cli;

import static dev.lookbook.cli.CommandLineFixture.lookbook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.cli.CommandLineFixture.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SummaryCommandTest {

    @TempDir
    private Path folder;

    @Test
    void printsLayersAndWhatTheModelSaysAboutItself() throws IOException {
        Path model = BandModel.write(folder.resolve("bands.onnx"), OptionalDouble.of(0.5));

        Answer answer = lookbook("summary", "--model", model.toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out())
                .containsPattern("layer +kind +shape +parameters +FLOPs")
                .containsPattern("bands +\\S.* +10 +7840 +15680")
                .containsPattern("total +7840 +15680")
                .containsPattern("model +bands 1")
                .containsPattern("input +28x28 grey")
                .containsPattern("labels +T-shirt/top, Trouser, .*Ankle boot")
                .containsPattern("calibrated +yes")
                .containsPattern("sure at +0\\.5");
    }

    @Test
    void showsANetworkBeforeItIsTrained() throws IOException {
        Answer answer = lookbook("summary", "--model", "mlp");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).containsPattern("total +101770 +");
        assertThat(answer.err().isEmpty()).isEqualTo(Home.models().contains("mlp"));
    }

    @Test
    void takesARunDirectory() throws IOException {
        Path run = Files.createDirectory(folder.resolve("run"));
        assertThat(lookbook("summary", "-m", run.toString()).err()).contains(run + " holds no model.onnx");

        BandModel.write(run.resolve("model.onnx"), OptionalDouble.empty());
        assertThat(lookbook("summary", "-m", run.toString()).out()).containsPattern("sure at +never");
    }
}
