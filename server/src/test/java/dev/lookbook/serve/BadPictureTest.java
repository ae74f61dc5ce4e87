package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that are none, or are too much. */
class BadPictureTest extends BadRequests {
    @ParameterizedTest
    @ValueSource(strings = {"/api/classify", "/api/explain"})
    void picturesThatAreNone(String path) throws Exception {
        byte[] html = "<html><body>404</body></html>".getBytes(StandardCharsets.US_ASCII);
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);

        expect(running.post(path, html, "Content-Type", "image/png"), 400, "picture: this is not a picture");
        expect(running.post(path, noise), 400, "picture: this is not a picture");
        expect(running.post(path, new byte[0]), 400, "picture: the file is empty");
        expect(
                running.post(path, Arrays.copyOf(TestImages.png(0), 100)),
                400,
                "picture: the picture is cut off or damaged");
        expect(running.post(path + "?model=nope", TestImages.png(0)), 404, "there is no model 'nope'");
        expect(running.post(path, new byte[(4 << 20) + 1]), 413, "the body has more than 4194304 bytes");
    }

    @ParameterizedTest
    @CsvSource({"100000, 100000", "2147483647, 2147483647", "1001, 1000"})
    void picturesWithTooManyPixelsAreRefusedUnseen(int width, int height) throws Exception {
        for (String path : new String[] {"/api/classify", "/api/explain"}) {
            expect(
                    running.post(path, pngThatClaims(width, height)),
                    413,
                    "picture: " + width + " x " + height + " pixels are more than the 1 million that are read");
        }
    }

    private static byte[] pngThatClaims(int width, int height) {
        byte[] header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 0, 0, 0, 0})
                .array();
        CRC32 sum = new CRC32();
        sum.update(header);
        byte[] real = TestImages.png(0);
        return ByteBuffer.allocate(real.length)
                .put(real, 0, 12)
                .put(header)
                .putInt((int) sum.getValue())
                .put(real, 33, real.length - 33)
                .array();
    }

    /** A hundred bytes of a file can have the decoder go over all pixels once more. */
    @Test
    void jpegsThatAreGoneOverWithoutEnd() throws Exception {
        byte[] jpeg = ScannedJpeg.withScans(150);
        assertThat(jpeg).hasSizeLessThan(100_000);

        expect(running.post("/api/classify", jpeg), 400, "this JPEG goes over its pixels 1");
    }
}
