package dev.lookbook.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

class AlreadySmallTest {

    private static final int PIXELS = 28 * 28;

    @Test
    void everyTestPictureOfFashionMnistIsTakenAsItIsAndItsNegativeIsTurnedBack() throws IOException {
        Path file = Path.of(System.getProperty("lookbook.home"), "data/fashion-mnist/t10k-images-idx3-ubyte.gz");
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            in.readNBytes(16);
            for (int i = 0; i < 10_000; i++) {
                byte[] pixels = in.readNBytes(PIXELS);

                assertThat(prepared(pixels)).as("picture %d", i).isEqualTo(pixels);
                assertThat(prepared(negative(pixels)))
                        .as("negative of picture %d", i)
                        .isEqualTo(pixels);
            }
        }
    }

    private static byte[] prepared(byte[] pixels) {
        return Preparation.FASHION_MNIST_1.prepare(Picture.grey(28, 28, pixels)).pixels();
    }

    private static byte[] negative(byte[] pixels) {
        byte[] negative = pixels.clone();
        for (int i = 0; i < negative.length; i++) {
            negative[i] = (byte) ~negative[i];
        }
        return negative;
    }

    @Test
    void aTransparentGroundIsAGround() {
        BufferedImage image = new BufferedImage(28, 28, BufferedImage.TYPE_INT_ARGB);
        image.setRGB(14, 14, 0xFF404040);

        byte[] pixels = Preparation.FASHION_MNIST_1.prepare(Picture.of(image)).pixels();

        assertThat(pixels[0]).isZero();
        assertThat(pixels[14 * 28 + 14] & 0xFF).isEqualTo(0xBF);
    }

    @Test
    void nothingIsFoundInAnEmptyPicture() {
        assertThat(Preparation.FASHION_MNIST_1
                        .prepare(Picture.grey(28, 28, new byte[PIXELS]))
                        .garmentFound())
                .isFalse();
    }
}
