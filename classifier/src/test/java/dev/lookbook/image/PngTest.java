package dev.lookbook.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PngTest {

    @TempDir
    Path folder;

    @Test
    void greyPixelsComeBackAsTheyWere() throws IOException {
        byte[] pixels = {0, 1, 100, (byte) 200, (byte) 254, (byte) 255};

        Png.writeGrey(folder.resolve("six.png"), 3, 2, pixels);

        Picture read = Picture.read(folder.resolve("six.png"));
        assertThat(read.isGrey()).isTrue();
        assertThat(read.width()).isEqualTo(3);
        assertThat(read.greyPixels()).isEqualTo(pixels);
    }

    @Test
    void replacesAFileAndLeavesNothingBesideIt() throws IOException {
        Path file = Files.writeString(folder.resolve("a.png"), "old");

        Png.write(file, Picture.colour(1, 1, new byte[] {10, 20, 30}));

        assertThat(Picture.read(file).rgb(0, 0)).isEqualTo(0x0A141E);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void manyMayWriteTheSameFileAtOnce() throws IOException {
        Path file = folder.resolve("a".repeat(250) + ".png"); // the longest name there is, nearly

        IntStream.range(0, 100).parallel().forEach(i -> writeUnchecked(file, Picture.grey(1, 1, new byte[] {7})));

        assertThat(Picture.read(file).greyPixels()).containsExactly(7);
        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    private static void writeUnchecked(Path file, Picture picture) {
        try {
            Png.write(file, picture);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatFailsLeavesTheOldFileAndNothingElse() throws IOException {
        Path file = Files.createDirectories(folder.resolve("taken.png").resolve("inside"))
                .getParent();

        assertThatThrownBy(() -> Png.writeGrey(file, 1, 1, new byte[1])).isInstanceOf(IOException.class);

        try (var files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @ParameterizedTest(name = "{0} colours")
    @ValueSource(ints = {1, 2, 255, 256, 257, 5000})
    void coloursComeBackAsTheyWereHoweverMany(int colours) throws IOException {
        Random random = new Random(colours);
        int[] some = random.ints(colours, 0, 1 << 24).toArray();
        int width = 1 + random.nextInt(150);
        int height = 40;
        byte[] pixels = new byte[3 * width * height];
        for (int i = 0; i < width * height; i++) {
            int colour = some[i < colours ? i : random.nextInt(colours)];
            pixels[3 * i] = (byte) (colour >> 16);
            pixels[3 * i + 1] = (byte) (colour >> 8);
            pixels[3 * i + 2] = (byte) colour;
        }
        Picture picture = Picture.colour(width, height, pixels);

        byte[] png = Png.bytes(picture);

        // Java's own reader is the yardstick: it checks every chunk.
        Picture read = Picture.of(ImageIO.read(new ByteArrayInputStream(png)));
        assertThat(read.width()).isEqualTo(width);
        for (int y = 0; y < height; y++) {
            assertThat(row(read, y)).isEqualTo(row(picture, y));
        }
    }

    @Test
    void aGridEnlargesAndSeparates() {
        Picture black = Picture.grey(1, 1, new byte[] {0});
        Picture red = Picture.colour(1, 1, new byte[] {(byte) 255, 0, 0});

        Picture grid = Png.grid(List.of(black, red, black), 2, 2, 1, 255);

        assertThat(grid.width()).isEqualTo(7);
        assertThat(grid.height()).isEqualTo(7);
        assertThat(row(grid, 0)).containsOnly(0xFFFFFF);
        assertThat(row(grid, 1)).containsExactly(0xFFFFFF, 0, 0, 0xFFFFFF, 0xFF0000, 0xFF0000, 0xFFFFFF);
        assertThat(row(grid, 5)).containsExactly(0xFFFFFF, 0, 0, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF, 0xFFFFFF);
    }

    @Test
    void aGridOfDifferentSizesIsRefused() {
        Picture small = Picture.grey(1, 1, new byte[1]);
        Picture large = Picture.grey(2, 1, new byte[2]);

        assertThatThrownBy(() -> Png.grid(List.of(small, large), 2, 1, 0, 0))
                .hasMessage("all pictures of a grid must be 1 x 1 pixels, but one is 2 x 1");
    }

    private static int[] row(Picture picture, int y) {
        int[] row = new int[picture.width()];
        for (int x = 0; x < row.length; x++) {
            row[x] = picture.rgb(x, y);
        }
        return row;
    }
}
