package dev.lookbook.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookbook.image.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceTest {
    @TempDir
    private Path folder;

    @Test
    void aFolderPerClassIsCutIntoTrainAndTestOnceAndForAll() throws Exception {
        for (int i = 0; i < 20; i++) {
            picture("Skirt/" + i + ".png", i);
            picture("Hat/" + i + ".png", 100 + i);
        }
        Source source = source();

        LabelledImages train = source.read(Source.TRAIN);
        LabelledImages test = source.read(Source.TEST);

        assertThat(source.isSplit()).isFalse();
        assertThat(source.note()).get().asString().contains("a fifth of each class");
        assertThat(train.labels()).containsExactly("Hat", "Skirt");
        assertThat(train.countOfEachLabel()).containsExactly(16, 16);
        assertThat(test.countOfEachLabel()).containsExactly(4, 4);
        assertThat(source().read(Source.TEST).sha256()).isEqualTo(test.sha256());
        assertThat(source.read(Source.ALL).count()).isEqualTo(40);
    }

    @Test
    void ofFewerThanFiveImagesNoneIsKeptForTest() throws Exception {
        for (int i = 0; i < 4; i++) {
            picture((i % 2 == 0 ? "Hat/" : "Skirt/") + i + ".png", i);
        }

        assertThat(source().read(Source.ALL).count()).isEqualTo(4);
        assertThatThrownBy(() -> source().read(Source.TEST))
                .hasMessageContaining("has 4 images and does not come in train and test");
    }

    @Test
    void aSplitForValidationIsFoundByEitherName() throws Exception {
        CsvWriter.write(Made.images(30, FashionMnist.LABELS, 1), folder.resolve("train.csv"));
        CsvWriter.write(Made.images(20, FashionMnist.LABELS, 2), folder.resolve("validation.csv"));

        assertThat(source().splits()).containsExactly("train", "val");
    }

    @Test
    void foldersForTrainAndTestAreTakenAsTheyAre() throws Exception {
        picture("train/Hat/a.png", 1);
        picture("train/Skirt/b.png", 2);
        picture("validation/Skirt/c.png", 3);
        picture("test/Skirt/d.png", 4);
        Source source = source();

        assertThat(source.splits()).containsExactly("train", "val", "test");
        assertThat(source.note()).isEmpty();
        assertThat(source.read(Source.TEST).labels()).containsExactly("Hat", "Skirt");
        assertThat(source.read(Source.TEST).label(0)).isEqualTo(1);
        assertThatThrownBy(() -> source.read("tset"))
                .hasMessageContaining("has no split \"tset\". It has: train, val, test");
    }

    @Test
    void otherFilesInAFolderOfPicturesAreLeftAlone() throws Exception {
        picture("Hat/a.png", 1);
        picture("Hat/.b.png", 1);
        picture("Skirt/c.PNG", 2);
        Files.writeString(folder.resolve("Hat/notes.md"), "not a picture");
        Files.writeString(folder.resolve("README.md"), "not a picture");

        assertThat(source().read(Source.ALL).countOfEachLabel()).containsExactly(1, 1);
    }

    @Test
    void aLabelThatCannotBeAFolderIsRecognised() throws Exception {
        picture("T-shirt-top/a.png", 1);

        assertThat(source().read(Source.ALL).labels()).containsExactly("T-shirt/top");
    }

    @Test
    void aFolderIsOfTheClassOfItsNameAndNotOfOneThatLooksLikeIt() throws Exception {
        picture("A&B/1.png", 1);
        picture("A&B/2.png", 2);
        picture("A-B/1.png", 3);

        LabelledImages images = source().read(Source.ALL);

        assertThat(images.labels()).containsExactly("A&B", "A-B");
        assertThat(images.countOfEachLabel()).containsExactly(2, 1);
    }

    @Test
    void aByteOrderMarkBelongsToNoLabel() throws Exception {
        picture("Hat/1.png", 1);
        picture("Skirt/1.png", 2);
        Files.writeString(folder.resolve("labels.txt"), "\uFEFFHat\nSkirt\n");

        assertThat(source().read(Source.ALL).labels()).containsExactly("Hat", "Skirt");
    }

    @Test
    void oneIdxFileIsEnough() throws Exception {
        IdxWriter.write(Made.images(30, FashionMnist.LABELS, 1), Source.TEST, folder);

        Source source = Source.of(folder.resolve("t10k-images-idx3-ubyte").toString(), Optional.empty());

        assertThat(source.read(Source.ALL).count()).isEqualTo(30);
    }

    @Test
    void kagglesFilesAreFoundByTheirNames() throws Exception {
        CsvWriter.write(Made.images(30, FashionMnist.LABELS, 1), folder.resolve("fashion-mnist_train.csv"));
        CsvWriter.write(Made.images(20, FashionMnist.LABELS, 2), folder.resolve("fashion-mnist_test.csv"));

        assertThat(source().splits()).containsExactly("train", "test");
        assertThat(source().read(Source.TEST).count()).isEqualTo(20);
    }

    @Test
    void packedAndPlainIdxFilesMayBeMixed() throws Exception {
        IdxWriter.write(Made.images(30, FashionMnist.LABELS, 1), Source.TRAIN, folder);
        Path labels = folder.resolve("train-labels-idx1-ubyte");
        Files.write(folder.resolve("train-labels-idx1-ubyte.gz"), Made.packed(Files.readAllBytes(labels)));
        Files.delete(labels);

        assertThat(source().read(Source.TRAIN).count()).isEqualTo(30);
    }

    private Source source() throws DatasetException {
        return Source.of(folder.toString(), Optional.empty());
    }

    private void picture(String name, int seed) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Png.writeGrey(file, 28, 28, Made.images(1, FashionMnist.LABELS, seed).pixels());
    }
}
