package dev.lookbook.serve;

import dev.lookbook.image.Picture;
import dev.lookbook.image.Png;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** The first of Fashion-MNIST's test images. */
final class TestImages {
    static final int SIDE = 28;
    static final int SIZE = SIDE * SIDE;

    private static final int COUNT = 128;
    private static final byte[] PIXELS = read();

    private TestImages() {}

    static byte[] pixels(int count) {
        return Arrays.copyOf(PIXELS, count * SIZE);
    }

    static byte[] image(int number) {
        return Arrays.copyOfRange(PIXELS, number * SIZE, (number + 1) * SIZE);
    }

    static byte[] png(int number) {
        return Png.bytes(Picture.grey(SIDE, SIDE, image(number)));
    }

    private static byte[] read() {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(
                Files.newInputStream(Running.HOME.resolve("data/fashion-mnist/t10k-images-idx3-ubyte.gz"))))) {
            in.skipNBytes(16);
            return in.readNBytes(COUNT * SIZE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
