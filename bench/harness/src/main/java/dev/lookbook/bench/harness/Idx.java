package dev.lookbook.bench.harness;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * Fashion-MNIST as published, for libraries that do not read it themselves.
 *
 * @param pixels {@code [count][28][28]}, 0 black to 255 white
 * @param labels {@code [count]}, from 0 to 9
 */
public record Idx(byte[] pixels, byte[] labels) {
    public static final int TRAINING_IMAGES = 60_000;
    static final int TEST_IMAGES = 10_000;
    public static final int SIDE = 28;
    public static final int PIXELS = SIDE * SIDE;
    public static final int CLASSES = 10;

    public static Idx training(Path folder) throws IOException {
        return read(folder, "train", Integer.MAX_VALUE);
    }

    /** The first test images; no more of the files is read than that. */
    static Idx test(Path folder, int images) throws IOException {
        return read(folder, "t10k", images);
    }

    public int count() {
        return labels.length;
    }

    private static Idx read(Path folder, String part, int most) throws IOException {
        byte[] pixels = values(folder.resolve(part + "-images-idx3-ubyte.gz"), 3, most);
        byte[] labels = values(folder.resolve(part + "-labels-idx1-ubyte.gz"), 1, most);
        return new Idx(pixels, labels);
    }

    private static byte[] values(Path file, int dimensions, int most) throws IOException {
        try (InputStream packed = Files.newInputStream(file);
                DataInputStream in = new DataInputStream(new GZIPInputStream(packed, 1 << 16))) {
            int magic = in.readInt();
            if (magic != (8 << 8 | dimensions)) {
                throw new IOException(file + " is not an IDX file of " + dimensions + " dimensions");
            }
            int size = Math.min(most, in.readInt());
            for (int d = 1; d < dimensions; d++) {
                size *= in.readInt();
            }
            byte[] values = new byte[size];
            in.readFully(values);
            return values;
        }
    }
}
