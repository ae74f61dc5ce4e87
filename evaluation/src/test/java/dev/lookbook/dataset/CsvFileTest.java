package dev.lookbook.dataset;

import static dev.lookbook.dataset.Made.header;
import static dev.lookbook.dataset.Made.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CsvFileTest {
    record Case(String id, String text) {
        @Override
        public String toString() {
            return id;
        }
    }

    /** All of them hold a Dress and a Bag with the pixels 0, 1, 2, ... */
    static Stream<Case> forms() {
        String dress = row("3", 784);
        String bag = row("8", 784);
        return Stream.of(
                new Case("with names", header() + "\n" + dress + "\n" + bag + "\n"),
                new Case("with numbers as names of the pixels", numbers("label", 0) + "\n" + dress + "\n" + bag),
                new Case("with numbers from 1 as names of the pixels", numbers("label", 1) + "\n" + dress + "\n" + bag),
                new Case("with numbers as all names", numbers("0", 1) + "\n" + dress + "\n" + bag),
                new Case("without names", dress + "\n" + bag + "\n"),
                new Case("without a last line end", dress + "\n" + bag),
                new Case("with Windows line ends", header() + "\r\n" + dress + "\r\n" + bag + "\r\n"),
                new Case("with a byte order mark", "\ufeff" + header() + "\n" + dress + "\n" + bag),
                new Case("with a byte order mark but no names", "\ufeff" + dress + "\n" + bag),
                new Case("with quotes", quoted(header()) + "\n" + quoted(dress) + "\n" + quoted(bag)),
                new Case("with spaces", dress.replace(",", ", ") + "\n" + bag + " "),
                new Case("with empty lines", "\n" + dress + "\n\n\n" + bag + "\n\n"),
                new Case("with labels in words", row("Dress", 784) + "\n" + row("\"Bag\"", 784)),
                new Case("with leading zeros", "03" + dress.substring(1) + "\n008" + bag.substring(1)));
    }

    private static String numbers(String label, int from) {
        return label + IntStream.range(from, from + 784).mapToObj(i -> "," + i).collect(Collectors.joining());
    }

    private static String quoted(String line) {
        return Arrays.stream(line.split(",")).collect(Collectors.joining("\",\"", "\"", "\""));
    }

    @ParameterizedTest
    @MethodSource("forms")
    void isReadInEveryForm(Case form, @TempDir Path folder) throws Exception {
        Path file = Files.writeString(folder.resolve("shop.csv"), form.text);

        LabelledImages images = CsvFile.read(file);

        assertIsDressAndBag(images);
    }

    @Test
    void isReadPacked(@TempDir Path folder) throws Exception {
        String text = header() + "\n" + row("3", 784) + "\n" + row("8", 784);
        Path file = folder.resolve("shop.csv.gz");
        Files.write(file, Made.packed(text.getBytes(StandardCharsets.UTF_8)));

        assertIsDressAndBag(CsvFile.read(file));
    }

    @Test
    void manyRowsComeOutAsTheyWentIn(@TempDir Path folder) throws Exception {
        LabelledImages images = Made.images(3_000, FashionMnist.LABELS, 11);
        CsvWriter.write(images, folder.resolve("shop.csv"));

        assertThat(CsvFile.read(folder.resolve("shop.csv")).sha256()).isEqualTo(images.sha256());
    }

    private static void assertIsDressAndBag(LabelledImages images) {
        byte[] pixels = new byte[784];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) i;
        }
        assertThat(images.labelIndices()).containsExactly(3, 8);
        assertThat(images.pixels(0)).isEqualTo(pixels);
        assertThat(images.pixels(1)).isEqualTo(pixels);
    }
}
