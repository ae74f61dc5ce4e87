package dev.lookbook.bench;

import dev.lookbook.classify.Classifier;
import dev.lookbook.image.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/**
 * What a server could reach at most: {@code InProcess MODEL.onnx PICTURE THREADS} reads and classifies a picture again and
 * again, one by one on each thread, and scores batches of 1 to 64 images, of which the server gets 64 at a time.
 */
public final class InProcess {
    private static final int[] BATCHES = {1, 2, 4, 8, 16, 32, 64};
    private static final int ROUNDS = 5;
    private static final long ROUND_NANOS = 1_000_000_000;

    private InProcess() {}

    public static void main(String[] args) throws Exception {
        byte[] file = Files.readAllBytes(Path.of(args[1]));
        int threads = Integer.parseInt(args[2]);
        try (Classifier classifier = Classifier.open(Path.of(args[0]), threads)) {
            measure("picture, one by one", threads, 1, () -> {
                classifier.classify(Picture.read(file, "picture"));
            });
            int size = classifier.model().height() * classifier.model().width();
            for (int batch : BATCHES) {
                byte[] pixels = new byte[batch * size];
                new Random(batch).nextBytes(pixels);
                // Each score uses all threads of the classifier where that pays.
                measure("batch of " + batch, batch >= 16 ? 1 : threads, batch, () -> classifier.score(pixels, batch));
            }
        }
    }

    private interface Work {
        void run() throws IOException;
    }

    private static void measure(String what, int threads, int images, Work work) throws InterruptedException {
        double[] rates = new double[ROUNDS];
        round(threads, work); // warms up
        for (int i = 0; i < ROUNDS; i++) {
            rates[i] = round(threads, work) * images;
        }
        Arrays.sort(rates);
        System.out.printf(
                Locale.ROOT,
                "%-20s %8.0f images/s (%.0f to %.0f)%n",
                what,
                rates[ROUNDS / 2],
                rates[0],
                rates[ROUNDS - 1]);
    }

    /** How often the work was done in a second. */
    private static double round(int threads, Work work) throws InterruptedException {
        long start = System.nanoTime();
        long[] done = new long[threads];
        Thread[] workers = new Thread[threads];
        for (int t = 0; t < threads; t++) {
            int mine = t;
            workers[t] = new Thread(() -> {
                while (System.nanoTime() - start < ROUND_NANOS) {
                    try {
                        work.run();
                    } catch (IOException e) {
                        throw new IllegalStateException(e);
                    }
                    done[mine]++;
                }
            });
            workers[t].start();
        }
        for (Thread worker : workers) {
            worker.join();
        }
        return Arrays.stream(done).sum() / ((System.nanoTime() - start) / 1e9);
    }
}
