package dev.lookbook.dataset;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Grey images of one size, as bytes in memory (0 black, 255 white), with one label each. Immutable, as long as nobody
 * writes to the array of {@link #pixels()}.
 */
public final class LabelledImages {
    private final int height;
    private final int width;
    private final byte[] pixels; // [count][height][width]
    private final int[] labelIndices; // [count], each an index into labels
    private final List<String> labels;

    private LabelledImages(int height, int width, byte[] pixels, int[] labelIndices, List<String> labels) {
        this.height = height;
        this.width = width;
        this.pixels = pixels;
        this.labelIndices = labelIndices;
        this.labels = labels;
    }

    /**
     * Wraps arrays without copying them; the caller hands them over.
     *
     * @param pixels [count][height][width], row-major
     * @param labelIndices [count], each from 0 to {@code labels.size() - 1}
     * @param labels the names of all classes, in order; a class may be without images
     */
    public static LabelledImages of(int height, int width, byte[] pixels, int[] labelIndices, List<String> labels) {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("images must have a size, but were " + width + "x" + height);
        }
        if (pixels.length != (long) labelIndices.length * height * width) {
            throw new IllegalArgumentException(labelIndices.length + " images of " + width + "x" + height + " need "
                    + (long) labelIndices.length * height * width + " pixels, but there are " + pixels.length);
        }
        for (int i = 0; i < labelIndices.length; i++) {
            if (labelIndices[i] < 0 || labelIndices[i] >= labels.size()) {
                throw new IllegalArgumentException("label of image " + i + " must be from 0 to " + (labels.size() - 1)
                        + ", but was " + labelIndices[i]);
            }
        }
        return new LabelledImages(height, width, pixels, labelIndices, List.copyOf(labels));
    }

    public int count() {
        return labelIndices.length;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    /** The names of all classes, in order. */
    public List<String> labels() {
        return labels;
    }

    /** The label of image {@code i}, as an index into {@link #labels()}. */
    public int label(int i) {
        return labelIndices[i];
    }

    /** The label of every image, as indices into {@link #labels()}; a copy. */
    public int[] labelIndices() {
        return labelIndices.clone();
    }

    /** All pixels, [count][height][width]. Not a copy, since batches are made from it: do not write to it. */
    public byte[] pixels() {
        return pixels;
    }

    /** The pixels of image {@code i}, [height][width]; a copy. */
    public byte[] pixels(int i) {
        return pixels(i, i + 1);
    }

    /** The pixels of the images {@code from} (inclusive) to {@code to} (exclusive), one after the other; a copy. */
    public byte[] pixels(int from, int to) {
        int size = height * width;
        return Arrays.copyOfRange(pixels, from * size, to * size);
    }

    /** How many images each class has, in the order of {@link #labels()}. */
    public int[] countOfEachLabel() {
        int[] counts = new int[labels.size()];
        for (int label : labelIndices) {
            counts[label]++;
        }
        return counts;
    }

    /** The images at {@code indices}, in that order. */
    public LabelledImages subset(int[] indices) {
        int size = height * width;
        byte[] chosen = new byte[Math.multiplyExact(indices.length, size)];
        int[] chosenLabels = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            System.arraycopy(pixels, indices[i] * size, chosen, i * size, size);
            chosenLabels[i] = labelIndices[indices[i]];
        }
        return new LabelledImages(height, width, chosen, chosenLabels, labels);
    }

    /**
     * Holds {@code holdout} images out, from every class as many as its share asks for. Both parts keep the order of
     * the images. Equal seeds give equal splits, on every JDK.
     */
    public Split split(int holdout, long seed) {
        boolean[] held = Stratified.choose(labelIndices, labels.size(), holdout, seed);
        int[] kept = new int[count() - holdout];
        int[] out = new int[holdout];
        int k = 0;
        int o = 0;
        for (int i = 0; i < held.length; i++) {
            if (held[i]) {
                out[o++] = i;
            } else {
                kept[k++] = i;
            }
        }
        return new Split(subset(kept), subset(out));
    }

    /** SHA-256 (hex) of size, labels and pixels: the same data have the same hash, whatever files they came from. */
    public String sha256() {
        MessageDigest digest = Checksum.sha256();
        digest.update(ByteBuffer.allocate(12)
                .putInt(count())
                .putInt(height)
                .putInt(width)
                .flip());
        digest.update(String.join("\n", labels).getBytes(StandardCharsets.UTF_8));
        ByteBuffer indices = ByteBuffer.allocate(4 * count());
        indices.asIntBuffer().put(labelIndices);
        digest.update(indices);
        digest.update(pixels);
        return HexFormat.of().formatHex(digest.digest());
    }
}
