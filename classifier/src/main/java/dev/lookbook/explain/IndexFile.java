package dev.lookbook.explain;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * An {@link EmbeddingIndex} as bytes, big-endian: the eight characters of {@link #MAGIC}, texts (length as a short, UTF-8)
 * for the model's hash and the data's name, the CRC-32C of the images as an int, the labels (number as a short, then texts), three ints (images, components,
 * embedding size), and then label numbers, components, scales and codes; in the end the CRC-32C of all before it.
 */
final class IndexFile {
    private static final byte[] MAGIC = "LOOKIDX2".getBytes(StandardCharsets.US_ASCII);
    private static final int CHECKSUM = 4;
    private static final int LARGEST_EMBEDDING = 1 << 16;

    private final byte[] bytes;
    private final String name;
    private final ByteBuffer in;

    IndexFile(byte[] bytes, String name) {
        this.bytes = bytes;
        this.name = name;
        this.in = ByteBuffer.wrap(bytes, 0, Math.max(0, bytes.length - CHECKSUM));
    }

    static byte[] write(EmbeddingIndex index) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(content)) {
            out.write(MAGIC);
            text(out, index.model());
            text(out, index.data());
            out.writeInt(index.checksum());
            out.writeShort(index.labels().size());
            for (String label : index.labels()) {
                text(out, label);
            }
            out.writeInt(index.count());
            out.writeInt(index.components().length);
            out.writeInt(index.components()[0].length);
            for (short label : index.labelOf()) {
                out.writeShort(label);
            }
            for (float[] component : index.components()) {
                for (float value : component) {
                    out.writeFloat(value);
                }
            }
            for (float scale : index.scales()) {
                out.writeFloat(scale);
            }
            out.write(index.codes());
            out.writeInt(checksum(content.toByteArray(), content.size()));
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory cannot be written", e);
        }
        return content.toByteArray();
    }

    EmbeddingIndex read() throws IOException {
        if (bytes.length < MAGIC.length || !Arrays.equals(bytes, 0, 7, MAGIC, 0, 7)) {
            throw new IOException(name + ": not an index of embeddings");
        }
        if (bytes[7] != MAGIC[7]) {
            throw new IOException(
                    name + ": an index of format " + (char) bytes[7] + ", and this Lookbook reads " + (char) MAGIC[7]);
        }
        int length = bytes.length - CHECKSUM;
        if (length < MAGIC.length || ByteBuffer.wrap(bytes).getInt(length) != checksum(bytes, length)) {
            throw new IOException(name + ": cut off or changed since it was written");
        }
        in.position(MAGIC.length);
        try {
            return content();
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            String reason = e.getMessage() == null ? "it ends too early" : e.getMessage();
            throw new IOException(name + ": makes no sense: " + reason, e);
        }
    }

    private EmbeddingIndex content() {
        String model = text();
        String data = text();
        int checksum = in.getInt();
        List<String> labels = new ArrayList<>();
        for (int i = size("labels", in.getShort(), Short.MAX_VALUE); i > 0; i--) {
            labels.add(text());
        }
        int count = size("images", in.getInt(), Integer.MAX_VALUE);
        int components = size("components", in.getInt(), EmbeddingIndex.MOST_COMPONENTS);
        int embedding = size("numbers of an embedding", in.getInt(), LARGEST_EMBEDDING);
        requireRemaining(count * (Short.BYTES + (long) components) + Float.BYTES * components * (embedding + 1L));
        short[] labelOf = new short[count];
        for (int i = 0; i < count; i++) {
            labelOf[i] = in.getShort();
            if (labelOf[i] < 0 || labelOf[i] >= labels.size()) {
                throw new IllegalArgumentException("image " + i + " has label " + labelOf[i] + " of " + labels.size());
            }
        }
        float[][] rows = new float[components][];
        for (int k = 0; k < components; k++) {
            rows[k] = floats(embedding);
        }
        float[] scales = floats(components);
        byte[] codes = new byte[count * components];
        in.get(codes);
        return new EmbeddingIndex(model, data, checksum, labels, labelOf, rows, scales, codes);
    }

    private static int size(String what, int size, int most) {
        if (size < 1 || size > most) {
            throw new IllegalArgumentException("it says that it has " + size + " " + what);
        }
        return size;
    }

    /** Before memory is set aside for what the sizes promise. */
    private void requireRemaining(long promised) {
        if (promised != in.remaining()) {
            throw new IllegalArgumentException(
                    "its sizes promise " + promised + " bytes more, but " + in.remaining() + " are there");
        }
    }

    private float[] floats(int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = in.getFloat();
        }
        return values;
    }

    private String text() {
        short length = in.getShort();
        if (length < 0) {
            throw new IllegalArgumentException("a text has " + length + " bytes");
        }
        byte[] utf8 = new byte[length];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private static void text(DataOutputStream out, String text) throws IOException {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(utf8.length);
        out.write(utf8);
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }
}
