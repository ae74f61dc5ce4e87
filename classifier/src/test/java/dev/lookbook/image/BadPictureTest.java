package dev.lookbook.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BadPictureTest {

    @TempDir
    Path folder;

    @Test
    void aMissingFileIsNamed() {
        Path file = folder.resolve("none.png");

        assertThatThrownBy(() -> Picture.read(file))
                .isInstanceOf(PictureException.class)
                .hasMessage(file + ": there is no such file. Check the path");
    }

    @Test
    void aFolderIsNoPicture() {
        assertThatThrownBy(() -> Picture.read(folder))
                .isInstanceOf(PictureException.class)
                .hasMessage(folder + ": this is a folder, not a picture. Name a file in it");
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("empty.jpg"));

        assertThatThrownBy(() -> Picture.read(file))
                .isInstanceOf(PictureException.class)
                .hasMessage(file + ": the file is empty. Copy or download it again");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a note that somebody called a picture | this is not a picture that can be read but text
            %PDF-1.7 with a picture in it         | this is not a picture that can be read but PDF
            PK\u0003\u0004 an archive             | this is not a picture that can be read but an archive; unpack it
            ~~~~ftypheic~~~~mif1                  | this is not a picture that can be read but HEIC, AVIF or a film;
            II*~ a photo before it is developed   | this is not a picture that can be read but TIFF or a camera's raw
            ~~~~                                  | this is not a picture that can be read. Readable are PNG, JPEG,
            """)
    void whatIsNoPictureIsCalledWhatItIs(String content, String message) throws IOException {
        Path file = Files.write(
                folder.resolve("shirt.png"), content.replace('~', '\0').getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> Picture.read(file))
                .isInstanceOf(PictureException.class)
                .hasMessageStartingWith(file + ": " + message)
                .message()
                .doesNotContain("\n");
    }

    @ParameterizedTest
    @CsvSource({"60000, 60000", "50000001, 1", "2147483647, 2147483647"})
    void moreThanFiftyMillionPixelsAreRefusedUnseen(int width, int height) {
        byte[] bomb = Samples.pngThatClaims(width, height);

        assertThat(bomb).hasSizeLessThan(1024);
        assertThatThrownBy(() -> Picture.read(bomb, "bomb.png"))
                .isInstanceOf(PictureException.class)
                .hasMessage("bomb.png: %d x %d pixels are more than the 50 million that are read. Save it smaller"
                        .formatted(width, height));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg", "gif", "bmp"})
    void aFileCutOffAnywhereIsAnErrorAndNotHalfAPicture(String format) {
        assertRefusedWhereverItIsCut(Samples.written(format), format.equals("gif") ? 1 : 0);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cmyk.jpg",
                "ycck.jpg",
                "progressive.jpg",
                "turned.jpg",
                "lossy.webp",
                "lossless.webp",
                "half-transparent.webp",
                "animated.webp"
            })
    void sampleFilesCutOffAnywhereAreErrors(String name) {
        assertRefusedWhereverItIsCut(Samples.resource(name), 0);
    }

    /** @param needless how many bytes at the end say nothing: a GIF ends in a mark that nobody needs */
    private static void assertRefusedWhereverItIsCut(byte[] whole, int needless) {
        for (int length = 0; length < whole.length - needless; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> Picture.read(part, "part"))
                    .as("%d of %d bytes", length, whole.length)
                    .isInstanceOf(PictureException.class);
        }
    }

    @Test
    void damagedFilesNeverFailInAnotherWayNorTakeForever() {
        long seed = 20;
        Random random = new Random(seed);
        Map<String, byte[]> files = new TreeMap<>();
        for (String format : new String[] {"png", "jpg", "gif", "bmp"}) {
            files.put(format, Samples.written(format));
        }
        for (String name : new String[] {"cmyk.jpg", "progressive.jpg", "lossy.webp", "lossless.webp"}) {
            files.put(name, Samples.resource(name));
        }

        files.forEach((name, whole) -> {
            for (int i = 0; i < 100; i++) {
                byte[] damaged = damage(whole, random);
                assertTimeoutPreemptively(
                        Duration.ofSeconds(20), () -> readOrRefuse(damaged), name + " case " + i + " of seed " + seed);
            }
        });
    }

    private static void readOrRefuse(byte[] damaged) {
        try {
            Picture.read(damaged, "damaged");
        } catch (PictureException e) {
            assertThat(e.getMessage()).startsWith("damaged: ").doesNotContain("\n");
        }
    }

    private static byte[] damage(byte[] whole, Random random) {
        byte[] damaged = whole.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt(256);
        }
        return damaged;
    }

    @Test
    void aBmpThatWrapsAnotherPictureIsRefusedWhateverItsOwnSize() {
        for (int wrapped : new int[] {4, 5}) {
            byte[] bmp = Samples.written("bmp");
            bmp[30] = (byte) wrapped;

            assertThatThrownBy(() -> Picture.read(bmp, "small"))
                    .hasMessage("small: this BMP wraps a JPEG or a PNG. Save it as that");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossy.webp", "lossless.webp"})
    void aWebPOfSeveralPicturesIsRefusedAlsoWithinAFrame(String sample) {
        byte[] picture = chunks(Samples.resource(sample));
        byte[] twice = joined(chunk("VP8X", new byte[10]), picture, picture);
        byte[] frame = joined(chunk("VP8X", new byte[10]), chunk("ANMF", joined(new byte[16], picture, picture)));

        for (byte[] file : new byte[][] {webP(twice), webP(frame)}) {
            assertThatThrownBy(() -> Picture.read(file, "many"))
                    .hasMessage("many: this WebP holds several pictures in the place of one. Save it again");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossy.webp", "lossless.webp"})
    void theSizeOfAWebPsPixelsCountsAndNotThatOfItsCanvas(String sample) {
        byte[] canvasOfOnePixel = webP(joined(chunk("VP8X", new byte[10]), chunks(Samples.resource(sample))));

        assertThatThrownBy(() -> PictureReader.read(canvasOfOnePixel, "small", 10))
                .hasMessageContaining("pixels are more than the 10 that are read");
    }

    @Test
    void aWebPOfCountlessPartsIsRefused() {
        byte[] empty = chunk("JUNK", new byte[0]);
        byte[] many = new byte[20_000 * empty.length];
        for (int at = 0; at < many.length; at += empty.length) {
            System.arraycopy(empty, 0, many, at, empty.length);
        }

        assertThatThrownBy(() -> Picture.read(webP(many), "parts"))
                .hasMessage("parts: this WebP has more than 10000 parts. Save it again");
    }

    private static byte[] chunks(byte[] webP) {
        return Arrays.copyOfRange(webP, 12, webP.length);
    }

    private static byte[] webP(byte[] chunks) {
        return chunk("RIFF", joined("WEBP".getBytes(StandardCharsets.US_ASCII), chunks));
    }

    private static byte[] chunk(String name, byte[] data) {
        ByteBuffer chunk =
                ByteBuffer.allocate(8 + data.length + data.length % 2).order(ByteOrder.LITTLE_ENDIAN);
        return chunk.put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(data.length)
                .put(data)
                .array();
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    @Test
    void aNameOfSeveralLinesStaysOneLine() {
        assertThatThrownBy(() -> Picture.read(new byte[0], "a\nb"))
                .hasMessage("a b: the file is empty. Copy or download it again");
    }
}
