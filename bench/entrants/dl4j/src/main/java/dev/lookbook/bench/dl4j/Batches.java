package dev.lookbook.bench.dl4j;

import dev.lookbook.bench.harness.Idx;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.IntStream;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.dataset.api.DataSetPreProcessor;
import org.nd4j.linalg.dataset.api.iterator.DataSetIterator;
import org.nd4j.linalg.factory.Nd4j;

/** Training images in random order, anew in each pass; Deeplearning4j fetches them ahead on a thread of its own. */
final class Batches implements DataSetIterator {
    private static final long serialVersionUID = 1;

    private final transient Idx images;
    private final int size;
    private final Random random;
    private final int[] order;
    private int next;
    private long stepsLeft;

    Batches(Idx images, int size, long seed, long steps) {
        this.images = images;
        this.size = size;
        this.random = new Random(seed);
        this.order = IntStream.range(0, images.count()).toArray();
        this.stepsLeft = steps;
        shuffle();
    }

    /** Whether a pass or a part of one is still to be trained. */
    boolean isStepLeft() {
        return stepsLeft > 0;
    }

    @Override
    public boolean hasNext() {
        return next < order.length && stepsLeft > 0;
    }

    @Override
    public DataSet next() {
        return next(size);
    }

    @Override
    public DataSet next(int most) {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        int count = Math.min(most, order.length - next);
        byte[] pixels = new byte[count * Idx.PIXELS];
        float[] labels = new float[count * Idx.CLASSES];
        for (int i = 0; i < count; i++) {
            int image = order[next + i];
            System.arraycopy(images.pixels(), image * Idx.PIXELS, pixels, i * Idx.PIXELS, Idx.PIXELS);
            labels[i * Idx.CLASSES + images.labels()[image]] = 1;
        }
        next += count;
        stepsLeft--;
        INDArray x = Nd4j.create(scaled(pixels), new int[] {count, 1, Idx.SIDE, Idx.SIDE});
        INDArray y = Nd4j.create(labels, new int[] {count, Idx.CLASSES});
        return new DataSet(x, y);
    }

    /** Pixels from 0 to 1. */
    static float[] scaled(byte[] pixels) {
        float[] scaled = new float[pixels.length];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (pixels[i] & 0xff) / 255f;
        }
        return scaled;
    }

    @Override
    public void reset() {
        next = 0;
        shuffle();
    }

    private void shuffle() {
        for (int i = order.length - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
    }

    @Override
    public boolean resetSupported() {
        return true;
    }

    @Override
    public boolean asyncSupported() {
        return true;
    }

    @Override
    public int batch() {
        return size;
    }

    @Override
    public int inputColumns() {
        return Idx.PIXELS;
    }

    @Override
    public int totalOutcomes() {
        return Idx.CLASSES;
    }

    @Override
    public void setPreProcessor(DataSetPreProcessor preProcessor) {
        throw new UnsupportedOperationException("the images are scaled already");
    }

    @Override
    public DataSetPreProcessor getPreProcessor() {
        return null;
    }

    @Override
    public List<String> getLabels() {
        return null;
    }
}
