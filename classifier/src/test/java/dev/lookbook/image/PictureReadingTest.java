package dev.lookbook.image;

import static dev.lookbook.image.Samples.BLUE;
import static dev.lookbook.image.Samples.GREEN;
import static dev.lookbook.image.Samples.RED;
import static dev.lookbook.image.Samples.YELLOW;
import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PictureReadingTest {

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void readsWhatTheJdkWrites(String format) throws PictureException {
        Picture picture = Picture.read(Samples.written(format), "sample");

        assertCorners(picture, RED, GREEN, BLUE, YELLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cmyk.jpg", "ycck.jpg", "progressive.jpg", "lossy.webp", "lossless.webp", "animated.webp"})
    void readsWhatTheJdkCannot(String name) throws PictureException {
        Picture picture = Picture.read(Samples.resource(name), name);

        assertCorners(picture, RED, GREEN, BLUE, YELLOW);
    }

    /** Phones append a film to a photo, whose bytes look like the beginning of a scan now and then. */
    @Test
    void whatFollowsTheEndOfAJpegIsNoneOfIt() throws PictureException {
        byte[] photo = Samples.written("jpg");
        byte[] withFilm = Arrays.copyOf(photo, photo.length + 4000);
        for (int i = photo.length; i < withFilm.length; i += 2) {
            withFilm[i] = (byte) 0xFF;
            withFilm[i + 1] = (byte) 0xDA;
        }

        assertCorners(Picture.read(withFilm, "photo with a film"), RED, GREEN, BLUE, YELLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"turned.jpg", "turned.webp"})
    void standsUprightWhenACameraNotedThatItIsTurned(String name) throws PictureException {
        Picture picture = Picture.read(Samples.resource(name), name);

        assertCorners(picture, BLUE, RED, YELLOW, GREEN);
    }

    @ParameterizedTest
    @CsvSource({
        "1, R G B Y",
        "2, G R Y B",
        "3, Y B G R",
        "4, B Y R G",
        "5, R B G Y",
        "6, B R Y G",
        "7, Y G B R",
        "8, G Y R B",
        "0, R G B Y",
        "9, R G B Y"
    })
    void appliesEveryExifOrientation(int orientation, String corners) throws PictureException {
        int[] colours = corners.replace(" ", "").chars().map(this::colour).toArray();

        for (boolean bigEndian : new boolean[] {true, false}) {
            Picture picture = Picture.read(Samples.jpegWithOrientation(orientation, bigEndian), "turned.jpg");

            assertCorners(picture, colours);
            assertThat(picture.width()).isEqualTo(orientation >= 5 && orientation <= 8 ? 32 : 48);
        }
    }

    private int colour(int letter) {
        return switch (letter) {
            case 'R' -> RED;
            case 'G' -> GREEN;
            case 'B' -> BLUE;
            default -> YELLOW;
        };
    }

    @Test
    void transparencyIsLaidOverWhite() throws PictureException {
        Picture picture = Picture.read(Samples.resource("half-transparent.webp"), "half");

        assertCorners(picture, 0xED8E93, 0x8ECF9D, 0x939DE3, 0xF7E38E);
    }

    @Test
    void theContentDecidesAndNotTheExtension(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("shirt.txt"), Samples.resource("lossy.webp"));

        assertCorners(Picture.read(file), RED, GREEN, BLUE, YELLOW);
    }

    @Test
    void greyIsReadAsStored() throws PictureException {
        BufferedImage image = new BufferedImage(256, 1, BufferedImage.TYPE_BYTE_GRAY);
        IntStream.range(0, 256).forEach(x -> image.getRaster().setSample(x, 0, 0, x));

        Picture picture = Picture.read(Samples.written(image, "png"), "grey.png");

        assertThat(picture.isGrey()).isTrue();
        assertThat(IntStream.range(0, 256).map(x -> picture.rgb(x, 0) & 0xFF))
                .containsExactly(IntStream.range(0, 256).boxed().toArray(Integer[]::new));
    }

    @Test
    void sixteenBitsBecomeEight() throws PictureException {
        BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_USHORT_GRAY);
        image.getRaster().setPixels(0, 0, 3, 1, new int[] {0, 128 * 257, 65535});

        Picture picture = Picture.read(Samples.written(image, "png"), "grey16.png");

        assertThat(picture.greyPixels()).containsExactly(0, 128, 255);
    }

    @Test
    void aPictureWithoutColourIsGreyWhateverTheFileCallsIt() throws PictureException {
        BufferedImage image = new BufferedImage(2, 2, BufferedImage.TYPE_INT_RGB);
        image.setRGB(1, 1, 0x777777);

        assertThat(Picture.read(Samples.written(image, "png"), "grey.png").isGrey())
                .isTrue();
    }

    @Test
    void manyThreadsMayReadAtOnce() throws Exception {
        byte[] cmyk = Samples.resource("cmyk.jpg");
        ExecutorService pool = Executors.newFixedThreadPool(8);
        try {
            Callable<Picture> read = () -> Picture.read(cmyk, "cmyk.jpg");
            for (Future<Picture> picture : pool.invokeAll(Collections.nCopies(64, read))) {
                assertCorners(picture.get(), RED, GREEN, BLUE, YELLOW);
            }
        } finally {
            pool.shutdown();
        }
    }

    /** Corners: top left, top right, bottom left, bottom right; lossy formats are some units off. */
    private static void assertCorners(Picture picture, int... colours) {
        int right = picture.width() - 4;
        int bottom = picture.height() - 4;
        int[] read = {picture.rgb(3, 3), picture.rgb(right, 3), picture.rgb(3, bottom), picture.rgb(right, bottom)};
        for (int i = 0; i < 4; i++) {
            for (int shift = 0; shift <= 16; shift += 8) {
                assertThat(read[i] >> shift & 0xFF)
                        .as("corner %d: %06x should be %06x", i, read[i], colours[i])
                        .isBetween((colours[i] >> shift & 0xFF) - 4, (colours[i] >> shift & 0xFF) + 4);
            }
        }
    }
}
