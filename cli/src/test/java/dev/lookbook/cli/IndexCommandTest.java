package dev.lookbook.cli;

import static dev.lookbook.cli.CommandLineFixture.lookbook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.lookbook.cli.CommandLineFixture.Answer;
import dev.lookbook.evaluate.IndexFiles;
import dev.lookbook.image.Png;
import dev.lookbook.model.ModelFile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The nearest training images: indices of them, which are found, passed over, and may be of data that changed. */
class IndexCommandTest {
    private static final Path HOME = Path.of(System.getProperty("lookbook.home"));
    private static final String TEST = HOME + "/data/fashion-mnist/t10k-images-idx3-ubyte.gz#";

    @TempDir
    private Path folder;

    @Test
    void anIndexThatDoesNotFitIsPassedOverAndToldOf() throws IOException {
        Path model = BandModel.write(folder.resolve("bands.onnx"), OptionalDouble.empty());
        Path beside = folder.resolve("bands.embeddings");
        byte[] shipped = Files.readAllBytes(HOME.resolve("models/small.embeddings"));
        byte[] damaged = shipped.clone();
        damaged[1000] ^= 1;

        Files.write(beside, shipped);
        Answer ofAnotherModel = lookbook("explain", TEST + 0, "-m", model.toString(), "-f", "json");
        Files.write(beside, damaged);
        Answer ofDamaged = lookbook("explain", TEST + 0, "-m", model.toString(), "-o", folder + "/page");
        try (RandomAccessFile file = new RandomAccessFile(beside.toFile(), "rw")) {
            file.setLength(3L << 30); // takes no room on the disk, and would take more memory than Java can give
        }
        Answer ofHuge = lookbook("explain", TEST + 0, "-m", model.toString(), "-f", "json");

        String wayOut = "; remove it and run: lookbook index --model " + model;
        assertThat(ofAnotherModel.exitCode()).isZero();
        assertThat(ofAnotherModel.err()).isEqualToIgnoringNewLines(beside + " is of another model" + wayOut);
        assertThat(new JsonMapper().readTree(ofAnotherModel.out()).has("neighbours"))
                .isFalse();
        assertThat(ofDamaged.exitCode()).isZero();
        assertThat(ofDamaged.err())
                .isEqualToIgnoringNewLines(beside + ": cut off or changed since it was written" + wayOut);
        assertThat(ofHuge.err())
                .isEqualToIgnoringNewLines(beside + ": larger than 256 MiB; no index of embeddings is" + wayOut);
        assertThat(Files.readString(folder.resolve("page/explain.html")))
                .contains("lookbook index --model " + model, "bands.embeddings: cut off or changed");
    }

    @Test
    void trainingPicturesThatChangedAreNotShownAsNeighbours() throws IOException {
        Path model = BandModel.write(folder.resolve("bands.onnx"), OptionalDouble.empty());
        Path shop = shop();
        String index = folder.resolve("bands.embeddings").toString();
        lookbook("index", "-m", model.toString(), "-d", shop.toString(), "--split", "all", "-o", index);

        Files.delete(shop.resolve("Bag/1.png"));
        Png.writeGrey(shop.resolve("Bag/1.png"), 28, 28, BandModel.image(8, 77));
        Answer answer = lookbook("explain", shop + "/Coat/0.png", "-m", model.toString(), "-f", "json");

        assertThat(answer.err()).contains("has changed since it was indexed: neighbours are named, but not shown");
        assertThat(new JsonMapper()
                        .readTree(answer.out())
                        .path("neighbours")
                        .path("exact")
                        .asBoolean())
                .isFalse();
    }

    @Test
    void anIndexOfYourOwnDataIsFoundBesideItsModel() throws IOException {
        Path model = BandModel.write(folder.resolve("bands.onnx"), OptionalDouble.empty());
        String shop = shop().toString();
        String index = folder.resolve("bands.embeddings").toString();

        Answer made = lookbook("index", "-m", model.toString(), "-d", shop, "--split", "all", "-o", index);
        Answer again = lookbook("index", "-m", model.toString(), "-d", shop, "--split", "all", "-o", index);
        Answer explained = lookbook("explain", shop + "/Coat/0.png", "-m", model.toString(), "-f", "json");

        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(made.out()).isEqualToIgnoringNewLines(index);
        assertThat(again.exitCode()).isEqualTo(Lookbook.FAILED);
        JsonNode nearest =
                new JsonMapper().readTree(explained.out()).path("neighbours").path("nearest");
        assertThat(nearest.size()).isEqualTo(5);
        assertThat(nearest.get(0).path("label").asString()).isEqualTo("Coat");
        assertThat(nearest.get(4).path("label").asString()).isEqualTo("Bag");
    }

    @Test
    void anIndexInTheCacheComesBeforeTheOneBesideTheModel() throws IOException {
        Path model = BandModel.write(folder.resolve("bands.onnx"), OptionalDouble.empty());
        String shop = shop().toString();
        Path beside = folder.resolve("bands.embeddings");
        String home = System.setProperty("user.home", folder.toString());
        try {
            Path cached = IndexFiles.inCache(ModelFile.read(model));
            assumeThat(cached.startsWith(folder))
                    .as("XDG_CACHE_HOME is not set")
                    .isTrue();
            lookbook("index", "-m", model.toString(), "-d", shop, "--split", "all", "-o", beside.toString());
            Files.delete(folder.resolve("shop/Coat/2.png"));
            Answer made = lookbook("index", "-m", model.toString(), "-d", shop, "--split", "all");
            Answer explained = lookbook("explain", shop + "/Coat/0.png", "-m", model.toString(), "-f", "json");

            assertThat(made.out()).as(made.err()).isEqualToIgnoringNewLines(cached.toString());
            assertThat(new JsonMapper()
                            .readTree(explained.out())
                            .path("neighbours")
                            .path("nearest")
                            .findValuesAsString("label"))
                    .containsExactly("Coat", "Coat", "Bag", "Bag", "Bag");
        } finally {
            System.setProperty("user.home", home);
        }
    }

    /** Three coats and three bags. */
    private Path shop() throws IOException {
        for (int label : new int[] {4, 8}) {
            for (int i = 0; i < 3; i++) {
                Path file = folder.resolve("shop/" + (label == 4 ? "Coat" : "Bag") + "/" + i + ".png");
                Files.createDirectories(file.getParent());
                Png.writeGrey(file, 28, 28, BandModel.image(label, 100 + 40 * i));
            }
        }
        return folder.resolve("shop");
    }
}
