package dev.lookbook.dataset;

import static dev.lookbook.dataset.Made.header;
import static dev.lookbook.dataset.Made.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookbook.classify.Input;
import dev.lookbook.image.Preparation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowsTest {
    private static final Preparation PREPARATION = Preparation.FASHION_MNIST_1;

    @TempDir
    private Path folder;

    private final LabelledImages images = Made.images(50, FashionMnist.LABELS, 4);

    @Test
    void idxAndCsvGiveTheSamePixelsInOrder() throws Exception {
        IdxWriter.write(images, Source.TEST, folder);
        CsvWriter.write(images, folder.resolve("shop.csv"));
        Path idx = folder.resolve("t10k-images-idx3-ubyte");
        Path packed = folder.resolve("packed.gz");
        Files.write(packed, Made.packed(Files.readAllBytes(idx)));
        Path csv = folder.resolve("shop.csv");
        Path packedCsv = folder.resolve("packed.csv.gz");
        Files.write(packedCsv, Made.packed(Files.readAllBytes(csv)));

        for (Path file : List.of(idx, packed, csv, packedCsv)) {
            assertThat(Rows.isTable(file)).isTrue();
            List<Input> rows = rows(file);
            assertThat(rows).hasSize(50);
            for (int i = 0; i < rows.size(); i++) {
                assertThat(rows.get(i).name()).isEqualTo(file + "#" + i);
                assertThat(rows.get(i).prepare(PREPARATION).pixels()).isEqualTo(images.pixels(i));
            }
        }
    }

    /** A white ground in a data set is what its makers wanted: only single pictures are turned to light on dark. */
    @Test
    void imagesOfTheRightSizeAreTakenAsTheyAre() throws Exception {
        byte[] white = new byte[2 * 784];
        Arrays.fill(white, (byte) 255);
        white[400] = 0;
        LabelledImages onWhite = LabelledImages.of(28, 28, white, new int[] {0, 1}, FashionMnist.LABELS);
        CsvWriter.write(onWhite, folder.resolve("shop.csv"));

        List<Input> rows = rows(folder.resolve("shop.csv"));

        assertThat(rows.get(0).prepare(PREPARATION).pixels()).isEqualTo(onWhite.pixels(0));
        assertThat(rows.get(0).prepare(PREPARATION).garmentFound()).isTrue();
        assertThat(rows.get(1).prepare(PREPARATION).garmentFound())
                .as("all white")
                .isFalse();
    }

    @Test
    void rowsWithoutLabelsAreFine() throws Exception {
        String numbers = IntStream.range(0, 784).mapToObj(Integer::toString).collect(Collectors.joining(","));

        for (String names : List.of(header().replace("label,", ""), numbers)) {
            Made.write(folder.resolve("shop.csv"), names, row("7", 783));

            assertThat(rows(folder.resolve("shop.csv")))
                    .singleElement()
                    .satisfies(
                            row -> assertThat(row.prepare(PREPARATION).pixels()).startsWith(7, 0, 1, 2));
        }
    }

    @Test
    void aLabelThatNobodyKnowsDoesNotMatter() throws Exception {
        Made.write(folder.resolve("shop.csv"), header(), row("Skrt", 784), row("99", 784));

        for (Input row : rows(folder.resolve("shop.csv"))) {
            assertThat(row.prepare(PREPARATION).pixels()).startsWith(0, 1, 2);
        }
    }

    @Test
    void aBadRowFailsAloneAndTheRestGoesOn() throws Exception {
        Made.write(folder.resolve("shop.csv"), row("1", 784), row("1", 783) + ",256", row("1", 782), row("1", 784));

        List<Input> rows = rows(folder.resolve("shop.csv"));

        assertThat(rows).hasSize(4);
        assertThat(rows.get(3).prepare(PREPARATION).pixels()).startsWith(0, 1, 2);
        assertThatThrownBy(() -> rows.get(1).prepare(PREPARATION))
                .hasMessageContaining("shop.csv line 2, column 785: 256 is not from 0 to 255");
        assertThatThrownBy(() -> rows.get(2).prepare(PREPARATION))
                .hasMessageContaining("shop.csv line 3: 783 columns, where 785 are expected");
    }

    @Test
    void theRestOfADamagedFileIsOneRowThatFails() throws Exception {
        IdxWriter.write(images, Source.TEST, folder);
        Path idx = folder.resolve("t10k-images-idx3-ubyte");
        Files.write(idx, Arrays.copyOf(Files.readAllBytes(idx), 16 + 3 * 784 + 100));

        List<Input> rows = rows(idx);

        assertThat(rows).hasSize(4);
        assertThat(rows.get(2).prepare(PREPARATION).pixels()).isEqualTo(images.pixels(2));
        assertThat(rows.get(3).name()).isEqualTo(idx + "#3");
        assertThatThrownBy(() -> rows.get(3).prepare(PREPARATION))
                .hasMessageContaining("is cut off: its header promises 50 images of 28x28, but only 3 are there");
    }

    @Test
    void imagesOfAnotherSizeArePreparedLikePictures() throws Exception {
        LabelledImages large = LabelledImages.of(56, 56, new byte[56 * 56], new int[1], FashionMnist.LABELS);
        IdxWriter.write(large, Source.TEST, folder);

        Input row = rows(folder.resolve("t10k-images-idx3-ubyte")).get(0);

        assertThat(row.prepare(PREPARATION).side()).isEqualTo(28);
    }

    @Test
    void labelsAreNoRows() throws Exception {
        IdxWriter.write(images, Source.TEST, folder);
        Path labels = folder.resolve("t10k-labels-idx1-ubyte");

        assertThat(Rows.isTable(labels)).isTrue();
        assertThatThrownBy(() -> Rows.open(labels)).hasMessageContaining("these are labels");
    }

    @Test
    void whatIsNoTableIsTold() throws Exception {
        assertThat(Rows.isTable(Files.writeString(folder.resolve("list.txt"), "a.png\nb.png\n")))
                .isFalse();
        assertThat(Rows.isTable(Files.createFile(folder.resolve("empty.png")))).isFalse();
        assertThat(Rows.isTable(folder)).isFalse();
        assertThat(Rows.isTable(folder.resolve("nowhere.png"))).isFalse();
    }

    private static List<Input> rows(Path file) throws IOException {
        List<Input> rows = new ArrayList<>();
        try (Rows open = Rows.open(file)) {
            open.forEachRemaining(rows::add);
        }
        return rows;
    }
}
