package dev.lookbook.explain;

import dev.lookbook.classify.Classifier;
import dev.lookbook.explain.Neighbours.Neighbour;
import dev.lookbook.model.ModelFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.zip.CRC32C;

/**
 * Finds the images whose embeddings point where a picture's does. Embeddings are reduced to the 64 directions that
 * keep their inner products best, scaled to length 1 and stored in 8 bits a number, so that 60,000 images take 4 MB
 * whatever the network. That finds who may be nearest; who is, the images themselves tell ({@link NearestImages}).
 *
 * <p>Immutable and thread-safe. An index belongs to the one model file whose hash it carries.
 */
public final class EmbeddingIndex {
    static final int MOST_COMPONENTS = 64;
    private static final int BATCH = 500;
    private static final int LARGEST_CODE = 127;

    private final String model;
    private final String data;
    private final int checksum;
    private final List<String> labels;
    private final short[] labelOf; // [count]
    private final float[][] components; // [components][embedding]
    private final float[] scales; // [components]
    private final byte[] codes; // [count][components]

    /**
     * @param model hash of the model's content
     * @param checksum CRC-32C of the images
     */
    EmbeddingIndex(
            String model,
            String data,
            int checksum,
            List<String> labels,
            short[] labelOf,
            float[][] components,
            float[] scales,
            byte[] codes) {
        this.model = model;
        this.data = data;
        this.checksum = checksum;
        this.labels = List.copyOf(labels);
        this.labelOf = labelOf;
        this.components = components;
        this.scales = scales;
        this.codes = codes;
    }

    /**
     * Makes an index of labelled images.
     *
     * @param pixels {@code [count][height][width]} as the model wants them
     * @param labelOf {@code [count]}, indices into {@code labels}
     * @param data what the images are, such as {@code fashion-mnist train}
     */
    public static EmbeddingIndex build(
            Classifier classifier, byte[] pixels, int[] labelOf, List<String> labels, String data) {
        if (labelOf.length == 0 || labels.size() > Short.MAX_VALUE) {
            throw new IllegalArgumentException("an index needs images and at most " + Short.MAX_VALUE
                    + " labels, but got " + labelOf.length + " and " + labels.size());
        }
        int size = classifier.model().embeddingSize();
        float[] embeddings = embeddings(classifier, pixels, labelOf.length);
        float[][] components = Subspace.of(embeddings, labelOf.length, size, Math.min(MOST_COMPONENTS, size));
        float[][] reduced = new float[labelOf.length][];
        for (int i = 0; i < reduced.length; i++) {
            reduced[i] = unit(reduce(components, Arrays.copyOfRange(embeddings, i * size, (i + 1) * size)));
        }
        float[] scales = scales(reduced, components.length);
        byte[] codes = new byte[Math.multiplyExact(reduced.length, components.length)];
        for (int i = 0; i < codes.length; i++) {
            int k = i % components.length;
            codes[i] = (byte) Math.round(reduced[i / components.length][k] / scales[k]);
        }
        short[] small = new short[labelOf.length];
        for (int i = 0; i < small.length; i++) {
            small[i] = (short) labelOf[i];
        }
        return new EmbeddingIndex(
                classifier.model().contentSha256(), data, checksum(pixels), labels, small, components, scales, codes);
    }

    private static int checksum(byte[] pixels) {
        CRC32C sum = new CRC32C();
        sum.update(pixels);
        return (int) sum.getValue();
    }

    /** Unit vectors, {@code [count][size]}. */
    static float[] embeddings(Classifier classifier, byte[] pixels, int count) {
        int size = classifier.model().embeddingSize();
        int imageSize = pixels.length / count;
        float[] embeddings = new float[Math.multiplyExact(count, size)];
        for (int first = 0; first < count; first += BATCH) {
            int some = Math.min(BATCH, count - first);
            byte[] batch = Arrays.copyOfRange(pixels, first * imageSize, (first + some) * imageSize);
            float[] answer = classifier.score(batch, some).embedding();
            for (int i = 0; i < some; i++) {
                float[] unit = unit(Arrays.copyOfRange(answer, i * size, (i + 1) * size));
                System.arraycopy(unit, 0, embeddings, (first + i) * size, size);
            }
        }
        return embeddings;
    }

    private static float[] unit(float[] vector) {
        double length = Math.sqrt(Subspace.dot(vector, vector));
        float[] unit = new float[vector.length];
        for (int i = 0; i < unit.length && length > 0; i++) {
            unit[i] = (float) (vector[i] / length);
        }
        return unit;
    }

    private static float[] reduce(float[][] components, float[] vector) {
        float[] reduced = new float[components.length];
        for (int k = 0; k < reduced.length; k++) {
            reduced[k] = Subspace.dot(components[k], vector);
        }
        return reduced;
    }

    private static float[] scales(float[][] reduced, int components) {
        float[] scales = new float[components];
        for (float[] row : reduced) {
            for (int k = 0; k < components; k++) {
                scales[k] = Math.max(scales[k], Math.abs(row[k]) / LARGEST_CODE);
            }
        }
        for (int k = 0; k < components; k++) {
            scales[k] = scales[k] == 0 ? 1 : scales[k];
        }
        return scales;
    }

    /**
     * The file's content of an index.
     *
     * @param name what messages call it
     * @throws IOException if this is no index, was changed, or is of another format
     */
    public static EmbeddingIndex read(byte[] bytes, String name) throws IOException {
        return new IndexFile(bytes, name).read();
    }

    /** The content of a file; equal indices are equal bytes. */
    public byte[] bytes() {
        return IndexFile.write(this);
    }

    /** What the images are, such as {@code fashion-mnist train}. */
    public String data() {
        return data;
    }

    /** How many images there are. */
    public int count() {
        return labelOf.length;
    }

    /** Whether these are the images that it was made of, in their order; {@code [count][height][width]}. */
    public boolean isMadeOf(byte[] pixels) {
        return checksum == checksum(pixels);
    }

    /** Whether it was made with this model. Another model's embeddings cannot be compared with these. */
    public boolean isMadeWith(ModelFile wanted) {
        return model.equals(wanted.contentSha256());
    }

    /** @throws IOException if the index was made with another model */
    void requireMadeWith(ModelFile wanted) throws IOException {
        if (!isMadeWith(wanted)) {
            throw new IOException("the index of " + data + " was made with another model than "
                    + wanted.info().name() + " (it says " + model.substring(0, 12) + ", the model is "
                    + wanted.contentSha256().substring(0, 12) + "). Make it again: lookbook index");
        }
    }

    /**
     * The images nearest to a picture by the rounded embeddings, nearest first. Their similarities are some hundredths
     * off, and among near equals the order is not to be trusted; {@link NearestImages} looks closer.
     *
     * @param embedding of the picture, as the model gives it
     * @param wanted how many
     * @param label of which they must be; empty: of any
     */
    List<Neighbour> candidates(float[] embedding, int wanted, Optional<String> label) {
        float[] query = unit(reduce(components, embedding));
        for (int k = 0; k < query.length; k++) {
            query[k] *= scales[k];
        }
        int only = label.map(labels::indexOf).orElse(-1);
        PriorityQueue<Neighbour> best = new PriorityQueue<>(Comparator.comparingDouble(Neighbour::similarity));
        for (int i = 0; i < labelOf.length; i++) {
            if (label.isEmpty() || labelOf[i] == only) {
                float similarity = similarity(query, i);
                if (best.size() < wanted || similarity > best.element().similarity()) {
                    best.add(neighbour(i, similarity));
                    if (best.size() > wanted) {
                        best.remove();
                    }
                }
            }
        }
        List<Neighbour> nearest = new ArrayList<>(best);
        nearest.sort(Comparator.comparingDouble(one -> -one.similarity()));
        return nearest;
    }

    private Neighbour neighbour(int image, float similarity) {
        return new Neighbour(image, labels.get(labelOf[image]), Math.max(-1, Math.min(1, similarity)));
    }

    private float similarity(float[] query, int image) {
        float sum = 0;
        int from = image * query.length;
        for (int k = 0; k < query.length; k++) {
            sum += query[k] * codes[from + k];
        }
        return sum;
    }

    String model() {
        return model;
    }

    int checksum() {
        return checksum;
    }

    List<String> labels() {
        return labels;
    }

    short[] labelOf() {
        return labelOf;
    }

    float[][] components() {
        return components;
    }

    float[] scales() {
        return scales;
    }

    byte[] codes() {
        return codes;
    }
}
