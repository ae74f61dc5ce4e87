package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import java.util.SplittableRandom;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * The batches of a run, made in order on a thread of their own. The pictures come in a random order, anew in each
 * epoch; a batch may reach over the end of one. Batch {@code step} is a function of seed and step alone.
 */
final class Batches implements AutoCloseable {
    private static final int AHEAD = 4;

    private final LabelledImages images;
    private final Augmentation augmentation;
    private final int size;
    private final long seed;
    private final BlockingQueue<Object> ready = new ArrayBlockingQueue<>(AHEAD);
    private final Thread maker;

    /**
     * One batch.
     *
     * @param pixels [size][height][width]
     * @param labels [size]
     */
    record Batch(long step, byte[] pixels, long[] labels) {}

    Batches(LabelledImages images, TrainSettings settings, long firstStep) {
        this.images = images;
        this.augmentation = Augmentation.of(settings);
        this.size = settings.batch();
        this.seed = settings.seed();
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
        throw new IllegalStateException("there is no next batch", (Throwable) made);
    }

    private void make(long from, long to) {
        try {
            Order order = null;
            for (long step = from; step < to; step++) {
                byte[] pixels = new byte[size * images.height() * images.width()];
                long[] labels = new long[size];
                SplittableRandom random = augmentation.random(step);
                for (int slot = 0; slot < size; slot++) {
                    long position = step * size + slot;
                    long epoch = position / images.count();
                    if (order == null || order.epoch != epoch) {
                        order = Order.of(images.count(), seed, epoch);
                    }
                    int image = order.images[(int) (position % images.count())];
                    augmentation.copy(
                            images.pixels(), image, pixels, slot, images.height(), images.width(), epoch, step, random);
                    labels[slot] = images.label(image);
                }
                ready.put(new Batch(step, pixels, labels));
            }
            ready.put(new IllegalStateException("the run has " + to + " steps, and all their batches were taken"));
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException | Error failure) {
            pass(failure);
        }
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

    /** The pictures of one epoch, shuffled. */
    private record Order(long epoch, int[] images) {
        static Order of(int count, long seed, long epoch) {
            int[] images = new int[count];
            SplittableRandom random = new SplittableRandom(seed * 0xD1342543DE82EF95L + epoch);
            for (int i = 0; i < count; i++) {
                int j = random.nextInt(i + 1);
                images[i] = images[j];
                images[j] = i;
            }
            return new Order(epoch, images);
        }
    }
}
