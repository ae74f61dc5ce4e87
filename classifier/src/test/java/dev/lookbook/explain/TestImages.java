package dev.lookbook.explain;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Fashion-MNIST as bytes, and where the shipped models are. */
final class TestImages {
    static final Path HOME = Path.of(System.getProperty("lookbook.home"));
    static final int SIDE = 28;
    static final int SIZE = SIDE * SIDE;

    private TestImages() {}

    static Path model(String name) {
        return HOME.resolve("models").resolve(name + ".onnx");
    }

    /** The first images of a part, {@code train} or {@code t10k}: [count][28][28]. */
    static byte[] pixels(String part, int count) {
        return read(part + "-images-idx3-ubyte.gz", 16, count * SIZE);
    }

    static int[] labels(String part, int count) {
        byte[] bytes = read(part + "-labels-idx1-ubyte.gz", 8, count);
        int[] labels = new int[count];
        Arrays.setAll(labels, i -> bytes[i]);
        return labels;
    }

    static byte[] image(byte[] pixels, int i) {
        return Arrays.copyOfRange(pixels, i * SIZE, (i + 1) * SIZE);
    }

    private static byte[] read(String file, int header, int length) {
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(
                Files.newInputStream(HOME.resolve("data/fashion-mnist").resolve(file))))) {
            in.skipNBytes(header);
            return in.readNBytes(length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
