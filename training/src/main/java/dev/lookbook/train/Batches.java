package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The batches of a run, made in order on a thread of their own. A batch may reach over the end of a pass over the
 * data.
 */
final class Batches implements AutoCloseable {
    private static final int AHEAD = 4;

    private final LabelledImages images;
    private final Selection selection;
    private final Augmentation augmentation;
    private final int size;
    private final BlockingQueue<Object> ready = new ArrayBlockingQueue<>(AHEAD);
    private final Thread maker;

    /**
     * One batch.
     *
     * @param pictures [size], their numbers in the training set
     * @param pixels [size][height][width]
     * @param labels [size]
     */
    record Batch(long step, int[] pictures, byte[] pixels, long[] labels) {}

    Batches(LabelledImages images, Selection selection, TrainSettings settings, long firstStep) {
        this.images = images;
        this.selection = selection;
        this.augmentation = Augmentation.of(settings);
        this.size = settings.batch();
        this.maker = new Thread(() -> make(firstStep, settings.steps()), "batches");
        maker.setDaemon(true);
        maker.start();
    }

    /** The next batch; waits until it is made. */
    Batch next() throws InterruptedException {
        Object made = ready.take();
        if (made instanceof Batch batch) {
            return batch;
        }
        Throwable failure = (Throwable) made;
        throw new IllegalStateException("there is no next batch: " + failure, failure);
    }

    private void make(long from, long to) {
        try {
            for (long step = from; step < to; step++) {
                ready.put(batch(step));
            }
            ready.put(new IllegalStateException("the run has " + to + " steps, and all their batches were taken"));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error failure) {
            pass(failure);
        }
    }

    private Batch batch(long step) throws InterruptedException {
        int[] pictures = new int[size];
        byte[] pixels = new byte[size * images.height() * images.width()];
        long[] labels = new long[size];
        SplittableRandom random = augmentation.random(step);
        for (int slot = 0; slot < size; slot++) {
            Selection.Choice choice = selection.at(step * size + slot);
            int image = choice.picture();
            augmentation.copy(
                    images.pixels(), image, pixels, slot, images.height(), images.width(), choice.pass(), step, random);
            pictures[slot] = image;
            labels[slot] = images.label(image);
        }
        return new Batch(step, pictures, pixels, labels);
    }

    private void pass(Throwable failure) {
        try {
            ready.put(failure);
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        maker.interrupt();
    }
}
