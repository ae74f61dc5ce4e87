package dev.lookbook.cli;

import static dev.lookbook.cli.CommandLineFixture.lookbook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.cli.CommandLineFixture.Answer;
import dev.lookbook.image.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateCommandTest {

    @TempDir
    private Path folder;

    private String model;
    private String shop;

    @BeforeEach
    void makeModelAndPictures() throws IOException {
        model = BandModel.write(folder.resolve("bands.onnx"), OptionalDouble.of(0.5))
                .toString();
        shop = folder.resolve("shop").toString();
        for (int i = 0; i < 5; i++) {
            picture("Coat", i, 4);
            picture("Bag", i, i == 0 ? 4 : 8); // one of the bags looks like a coat
        }
    }

    @Test
    void printsTheFiguresAndWritesTheReport() {
        Path out = folder.resolve("report");

        Answer answer = lookbook("evaluate", "-m", model, "--data", shop, "--split", "all", "--out", out.toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out())
                .containsPattern("model +bands 1")
                .containsPattern("data +.*shop all, 10 images")
                .containsPattern("accuracy +0\\.9000 \\(95% interval 0\\.\\d+ to 0\\.\\d+\\)")
                .containsPattern("Bag +1\\.0000 +0\\.8000 +0\\.8889 +5");
        assertThat(answer.err()).contains("The report: " + out.resolve("report.html"));
        assertThat(out).isDirectoryContaining("glob:**/report.json").isDirectoryContaining("glob:**/report.html");
        assertThat(lookbook("compare", out.toString()).out()).containsPattern("report +bands +0\\.9000");
    }

    @Test
    void scoresAFolderWithOtherNamesByAMap() throws IOException {
        Files.move(Path.of(shop, "Coat"), Path.of(shop, "outwear"));
        Files.move(Path.of(shop, "Bag"), Path.of(shop, "things"));
        Path map = Files.writeString(folder.resolve("map.yaml"), "outwear: Coat\nthings: [Bag, Coat]\n");
        String out = folder.resolve("report").toString();

        Answer without = lookbook("evaluate", "-m", model, "--data", shop, "--out", out);
        Answer with = lookbook("evaluate", "-m", model, "--data", shop, "--map", map.toString(), "--out", out);

        assertThat(without.exitCode()).isEqualTo(Lookbook.FAILED);
        assertThat(without.err()).contains("outwear").contains("--map MAPPING.yaml");
        assertThat(with.exitCode()).as(with.err()).isZero();
        assertThat(with.out()).containsPattern("accuracy +1\\.0000").contains("10 images");
    }

    @Test
    void refusesAFolderThatExistsBeforeTheWork() {
        Answer answer = lookbook("evaluate", "-m", "no such model", "--out", folder.toString());

        assertThat(answer.exitCode()).isEqualTo(Lookbook.FAILED);
        assertThat(answer.err()).contains(folder + ": exists already");
    }

    private void picture(String label, int number, int band) throws IOException {
        Path file = Path.of(shop, label, number + ".png");
        Files.createDirectories(file.getParent());
        Png.writeGrey(file, BandModel.SIDE, BandModel.SIDE, BandModel.image(band, 200 + number));
    }
}
