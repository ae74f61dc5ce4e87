package dev.lookbook.dataset;

import static dev.lookbook.dataset.Made.header;
import static dev.lookbook.dataset.Made.idxImages;
import static dev.lookbook.dataset.Made.idxLabels;
import static dev.lookbook.dataset.Made.packed;
import static dev.lookbook.dataset.Made.row;
import static dev.lookbook.dataset.Made.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lookbook.image.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with data is said in one line that names the file, the row and the way out. */
class BadInputTest {

    /** Makes bad data in an empty folder and returns what a user would give as the source. */
    interface Maker {
        Path make(Path folder) throws IOException;
    }

    record Case(String id, Maker maker, String... said) {
        @Override
        public String toString() {
            return id;
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void isSaidInOneLine(Case bad, @TempDir Path folder) throws Exception {
        Path source = bad.maker.make(folder);

        Throwable error = catchThrowable(
                () -> Source.of(source.toString(), Optional.empty()).read(Source.TRAIN));

        assertThat(error).isInstanceOf(DatasetException.class).hasMessageContaining(folder.toString());
        assertThat(error).hasMessageContainingAll(bad.said);
        assertThat(error.getMessage())
                .doesNotContainPattern("\\p{Cntrl}")
                .doesNotContain("Exception")
                .hasSizeLessThan(500);
    }

    static Stream<Case> cases() {
        return Stream.of(idxCases(), csvCases(), folderCases()).flatMap(cases -> cases);
    }

    private static Stream<Case> idxCases() {
        return Stream.of(
                new Case(
                        "plain IDX cut off",
                        folder -> idx(folder, idxImages(3, 28, 28, 2 * 784 + 5), idxLabels(3, 0, 1, 2)),
                        "train-images-idx3-ubyte is cut off",
                        "promises 3 images of 28x28, but only 2 are there",
                        "Copy or download it again"),
                new Case(
                        "gzip cut off",
                        folder -> idxPacked(folder, cut(packed(idxImages(300, 28, 28, 300 * 784)), 9)),
                        "train-images-idx3-ubyte.gz is cut off"),
                new Case(
                        "gzip cut off within its header",
                        folder -> idxPacked(folder, Arrays.copyOf(packed(new byte[100]), 6)),
                        "train-images-idx3-ubyte.gz is cut off"),
                new Case(
                        "gzip with a flipped bit",
                        folder -> idxPacked(folder, flipped(packed(idxImages(300, 28, 28, 300 * 784)))),
                        "train-images-idx3-ubyte.gz is damaged",
                        "Copy or download it again"),
                new Case(
                        "gzip that is none",
                        folder -> idxPacked(folder, new byte[] {0x1f, (byte) 0x8b, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10}),
                        "train-images-idx3-ubyte.gz is damaged"),
                new Case(
                        "wrong magic",
                        folder -> idx(folder, "not IDX at all".getBytes(), idxLabels(1, 0)),
                        "train-images-idx3-ubyte is not an IDX file of images",
                        "starts with 6e6f7420 instead of 00000803"),
                new Case(
                        "labels where images belong",
                        folder -> idx(folder, idxLabels(1, 0), idxLabels(1, 0)),
                        "not an IDX file of images",
                        "these are labels"),
                new Case(
                        "counts that disagree",
                        folder -> idx(folder, idxImages(3, 28, 28, 3 * 784), idxLabels(2, 0, 1)),
                        "train-labels-idx1-ubyte has 2 labels for the 3 images of train-images-idx3-ubyte"),
                new Case(
                        "more than the header promises",
                        folder -> idx(folder, idxImages(3, 28, 28, 4 * 784), idxLabels(3, 0, 1, 2)),
                        "goes on after the 3 images of 28x28 that its header promises"),
                new Case(
                        "terabytes promised by 16 bytes",
                        folder -> idx(folder, idxImages(-1, 4000, 4000, 0), idxLabels(1, 0)),
                        "promises 4294967295 images of 4000x4000, more than it can hold"),
                new Case(
                        "half a gigabyte promised by a megabyte",
                        folder -> idx(folder, idxImages(700_000, 28, 28, 1 << 20), idxLabels(1, 0)),
                        "promises 700000 images of 28x28, but only 1337 are there"),
                new Case("no size", folder -> idx(folder, idxImages(3, 0, 28, 0), idxLabels(1, 0)), "28x0 pixels"),
                new Case("no images", folder -> idx(folder, idxImages(0, 28, 28, 0), idxLabels(0)), "holds no images"),
                new Case(
                        "unknown label",
                        folder -> idx(folder, idxImages(3, 28, 28, 3 * 784), idxLabels(3, 0, 1, 10)),
                        "train-labels-idx1-ubyte row 2: unknown label 10. Known labels: 0 T-shirt/top, 1 Trouser",
                        "labels.txt"),
                new Case(
                        "one class only",
                        folder -> idx(folder, idxImages(2, 28, 28, 2 * 784), idxLabels(2, 3, 3)),
                        "one class only (\"Dress\")"),
                new Case(
                        "no labels",
                        folder -> Files.write(folder.resolve("train-images-idx3-ubyte"), idxImages(1, 28, 28, 784)),
                        "has no labels",
                        "train-labels-idx1-ubyte is missing"),
                new Case("empty file", folder -> idx(folder, new byte[0], idxLabels(1, 0)), "is empty"),
                new Case(
                        "a split that is not there",
                        folder -> {
                            Files.write(folder.resolve("t10k-images-idx3-ubyte"), idxImages(1, 28, 28, 784));
                            return folder;
                        },
                        "has no split \"train\". It has: test"),
                new Case(
                        "labels.txt with a label twice",
                        folder -> {
                            write(folder.resolve("labels.txt"), "Hat", "Hat");
                            return idx(folder, idxImages(1, 28, 28, 784), idxLabels(1, 0));
                        },
                        "labels.txt",
                        "\"Hat\""));
    }

    private static Stream<Case> csvCases() {
        return Stream.of(
                new Case(
                        "783 columns in a row",
                        folder -> csv(folder, header(), row("1", 784), row("2", 782)),
                        "shop.csv line 3: 783 columns, where 785 are expected (a label and 784 pixels)",
                        "Correct or remove the row"),
                new Case(
                        "783 columns throughout",
                        folder -> csv(folder, row("1", 782), row("2", 782)),
                        "shop.csv line 1: 783 columns, where a row is a label and 784 pixels or 784 pixels alone"),
                new Case(
                        "pixels that were scaled to 1",
                        folder -> csv(folder, "1" + ",0.25".repeat(784), "2" + ",0.5".repeat(784)),
                        "shop.csv line 1, column 2: \"0.25\", where a whole number from 0 to 255 is expected"),
                new Case(
                        "labels that are numbers, and places of others",
                        folder -> {
                            write(folder.resolve("labels.txt"), "1", "2", "3");
                            return csv(folder, row("1", 784), row("2", 784), row("3", 784));
                        },
                        "shop.csv line 3: unknown label 3"),
                new Case(
                        "a value of 256",
                        folder -> csv(folder, header(), row("1", 784), row("2", 783) + ",256"),
                        "shop.csv line 3, column 785: 256 is not from 0 to 255"),
                new Case(
                        "a value below 0",
                        folder -> csv(folder, row("1", 784), row("2", 783) + ",-1"),
                        "shop.csv line 2, column 785: -1 is not from 0 to 255"),
                new Case(
                        "a value beyond an int",
                        folder -> csv(folder, row("1", 784), row("2", 783) + ",99999999999999"),
                        "line 2, column 785: 99999999999999 is not from 0 to 255"),
                new Case(
                        "text where a number belongs",
                        folder -> csv(folder, row("1", 784), "2,black," + row("0", 782)),
                        "line 2, column 2: \"black\", where a whole number from 0 to 255 is expected"),
                new Case(
                        "nothing where a number belongs",
                        folder -> csv(folder, row("1", 784), "2,," + row("0", 782)),
                        "line 2, column 2: \"\", where a whole number"),
                new Case(
                        "unknown label in words",
                        folder -> csv(folder, header(), row("Dress", 784), row("Skrt", 784)),
                        "line 3: unknown label \"Skrt\". Known labels: 0 T-shirt/top"),
                new Case(
                        "a label that would clear the screen",
                        folder -> csv(folder, header(), row("\"\033[2J\"", 784)),
                        "line 2: unknown label \"\\u001b[2J\". Known labels"),
                new Case(
                        "unknown label number",
                        folder -> csv(folder, header(), row("3", 784), row("10", 784)),
                        "line 3: unknown label 10. Known labels: 0 T-shirt/top"),
                new Case(
                        "numbers that are no labels",
                        folder -> csv(folder, header().replace("label", "id"), row("0", 784)),
                        "the first column is \"id\", where \"label\" is expected"),
                new Case(
                        "an index before numbered pixels",
                        folder -> csv(folder, header().replace("label", "").replace("pixel", ""), row("0", 784)),
                        "the first column is \"\", where \"label\" is expected"),
                new Case(
                        "semicolons",
                        folder -> csv(folder, row("1", 784).replace(',', ';')),
                        "line 1: 1 column",
                        "separated by commas"),
                new Case(
                        "no label column",
                        folder -> csv(folder, row("0", 783)),
                        "has no label column",
                        "can only be classified"),
                new Case("names but no rows", folder -> csv(folder, header()), "has column names but no rows"),
                new Case(
                        "one class only",
                        folder -> csv(
                                folder, Collections.nCopies(5, row("3", 784)).toArray(String[]::new)),
                        "one class only"),
                new Case("empty CSV", folder -> Files.createFile(folder.resolve("shop.csv")), "shop.csv is empty"),
                new Case("a CSV of empty lines", folder -> csv(folder, "", "", ""), "shop.csv is empty"),
                new Case(
                        "gzip cut off",
                        folder -> Files.write(
                                folder.resolve("shop.csv.gz"),
                                cut(packed(manyRows().getBytes()), 20)),
                        "shop.csv.gz is cut off"),
                new Case(
                        "a quote that does not end",
                        folder -> csv(folder, row("1", 784), "\"" + row("1", 784)),
                        "line 2"),
                new Case(
                        "two CSV files for train",
                        folder -> {
                            write(folder.resolve("train.csv"), row("1", 784));
                            write(folder.resolve("b_train.csv"), row("1", 784));
                            return folder;
                        },
                        "has two CSV files for train: b_train.csv and train.csv"),
                new Case(
                        "a binary file",
                        folder -> Files.write(folder.resolve("shop.csv"), new byte[3 << 20]),
                        "shop.csv"));
    }

    private static Stream<Case> folderCases() {
        return Stream.of(
                new Case("nothing there", folder -> folder.resolve("nowhere"), "there is no data at", "fashion-mnist"),
                new Case("empty folder", folder -> folder, "holds no data"),
                new Case(
                        "pictures without classes",
                        folder -> {
                            picture(folder.resolve("a.png"));
                            return folder;
                        },
                        "holds pictures but no folder per class",
                        "lookbook classify"),
                new Case(
                        "class without pictures",
                        folder -> {
                            picture(folder.resolve("Dress/a.png"));
                            Files.createDirectories(folder.resolve("Coat"));
                            return folder;
                        },
                        "Coat holds no pictures"),
                new Case(
                        "one class only",
                        folder -> {
                            picture(folder.resolve("train/Dress/a.png"));
                            return folder;
                        },
                        "one class only (\"Dress\")"),
                new Case(
                        "empty train folder",
                        folder -> {
                            Files.createDirectories(folder.resolve("train"));
                            return folder;
                        },
                        "train is empty"),
                new Case(
                        "unknown label",
                        folder -> {
                            write(folder.resolve("labels.txt"), "Dress", "Coat");
                            picture(folder.resolve("train/Dress/a.png"));
                            picture(folder.resolve("train/Skrt/a.png"));
                            return folder;
                        },
                        "Skrt: unknown label \"Skrt\". Known labels: Dress, Coat"),
                new Case(
                        "labels that one folder would stand for",
                        folder -> {
                            write(folder.resolve("labels.txt"), "A&B", "A/B");
                            picture(folder.resolve("train/A-B/a.png"));
                            return folder;
                        },
                        "labels.txt has the labels \"A&B\" and \"A/B\", which would be one folder"),
                new Case(
                        "a label too long for a model file",
                        folder -> {
                            write(folder.resolve("labels.txt"), "Hat", "Scarf".repeat(201));
                            picture(folder.resolve("train/Hat/a.png"));
                            return folder;
                        },
                        "labels.txt: no model file can hold these labels: label 2 must be one line of 1 to 1000 characters",
                        "but was \"ScarfScarf"),
                new Case(
                        "a folder with a bell in its name",
                        folder -> {
                            picture(folder.resolve("train/Hat/a.png"));
                            picture(folder.resolve("train/Bell\007/a.png"));
                            return folder;
                        },
                        "label 1 must be one line of 1 to 1000 characters without control characters, but was \"Bell\\u0007"),
                new Case(
                        "pictures that are none",
                        folder -> {
                            picture(folder.resolve("train/Dress/a.png"));
                            Files.createDirectories(folder.resolve("train/Coat"));
                            Files.writeString(folder.resolve("train/Coat/b.png"), "a lie");
                            Files.writeString(folder.resolve("train/Coat/c.png"), "another");
                            return folder;
                        },
                        "b.png",
                        "(and 1 more that cannot be read)"));
    }

    private static Path idx(Path folder, byte[] images, byte[] labels) throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte"), images);
        Files.write(folder.resolve("train-labels-idx1-ubyte"), labels);
        return folder;
    }

    private static Path idxPacked(Path folder, byte[] images) throws IOException {
        Files.write(folder.resolve("train-images-idx3-ubyte.gz"), images);
        Files.write(folder.resolve("train-labels-idx1-ubyte"), idxLabels(300, new int[300]));
        return folder;
    }

    private static Path csv(Path folder, String... lines) throws IOException {
        return write(folder.resolve("shop.csv"), lines);
    }

    private static String manyRows() {
        return (row("1", 784) + "\n" + row("2", 784) + "\n").repeat(200);
    }

    private static void picture(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Png.writeGrey(file, 28, 28, Made.images(1, FashionMnist.LABELS, 1).pixels());
    }

    private static byte[] cut(byte[] bytes, int missing) {
        return Arrays.copyOf(bytes, bytes.length - missing);
    }

    private static byte[] flipped(byte[] packed) {
        packed[packed.length - 6] ^= 0x10; // in gzip's own checksum
        return packed;
    }
}
