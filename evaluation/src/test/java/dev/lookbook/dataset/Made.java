package dev.lookbook.dataset;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.StringJoiner;
import java.util.zip.GZIPOutputStream;

/** Data made for tests, right and wrong. */
final class Made {
    private Made() {}

    /** Images whose classes take turns, light noise on black. */
    static LabelledImages images(int count, List<String> labels, long seed) {
        byte[] pixels = new byte[count * 784];
        new Random(seed).nextBytes(pixels);
        int[] indices = new int[count];
        for (int i = 0; i < count; i++) {
            indices[i] = (int) (i * 7L % labels.size());
        }
        return LabelledImages.of(28, 28, pixels, indices, labels);
    }

    static byte[] idxImages(int promised, int height, int width, int values) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(IdxStream.IMAGES);
        out.writeInt(promised);
        out.writeInt(height);
        out.writeInt(width);
        out.write(new byte[values]);
        return bytes.toByteArray();
    }

    static byte[] idxLabels(int promised, int... labels) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(IdxStream.LABELS);
        out.writeInt(promised);
        for (int label : labels) {
            out.write(label);
        }
        return bytes.toByteArray();
    }

    static byte[] packed(byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = new GZIPOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    static String header() {
        StringJoiner header = new StringJoiner(",").add("label");
        for (int i = 1; i <= 784; i++) {
            header.add("pixel" + i);
        }
        return header.toString();
    }

    /** A row whose label is {@code first}, with {@code pixels} values that count up. */
    static String row(String first, int pixels) {
        StringJoiner row = new StringJoiner(",").add(first);
        for (int i = 0; i < pixels; i++) {
            row.add(Integer.toString(i % 256));
        }
        return row.toString();
    }

    static Path write(Path file, String... lines) throws IOException {
        return Files.writeString(file, String.join("\n", lines) + "\n");
    }
}
