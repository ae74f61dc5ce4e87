package dev.lookbook.classify;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;

/**
 * One run over inputs without end. A feeding thread fills a short queue; each worker takes some inputs from it, works
 * out their results, and meanwhile the calling thread hands out results in the order in which inputs were taken.
 *
 * <p>A worker takes what is there and never waits for more, so answers to somebody who types come at once; and it takes
 * no more than a few milliseconds' work, so ten photos are spread over all workers while rows of a table go by dozens.
 */
final class Stream {
    private static final long NANOS_PER_BLOCK = 10_000_000;
    private static final int MOST_INPUTS = Lane.CHUNK; // of one block

    private final Classifier classifier;
    private final int threads;
    private final BlockingQueue<Feed> queue;
    private final BlockingQueue<Block> taken;

    // Guarded by this:
    private boolean ended;
    private int blockSize = 1;

    /** What the feeding thread hands over: an input, or the end and perhaps what went wrong. */
    private record Feed(Input input, Throwable failure) {}

    Stream(Classifier classifier, int threads) {
        this.classifier = classifier;
        this.threads = threads;
        this.queue = new ArrayBlockingQueue<>(threads * MOST_INPUTS);
        this.taken = new ArrayBlockingQueue<>(2 * threads);
    }

    void run(Iterator<? extends Input> inputs, Consumer<? super Result> results) {
        List<Thread> started = new ArrayList<>();
        try {
            started.add(start("lookbook-inputs", () -> feed(inputs)));
            for (int i = 0; i < threads; i++) {
                started.add(start("lookbook-classify-" + i, this::work));
            }
            Block block;
            do {
                block = taken.take();
                for (Result result : block.await()) {
                    results.accept(result);
                }
            } while (!block.isEnd());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while classifying", e);
        } finally {
            started.forEach(Thread::interrupt); // after a normal end all of them are through anyway
        }
    }

    private static Thread start(String name, Runnable work) {
        Thread thread = Engine.daemon(name, work);
        thread.start();
        return thread;
    }

    private void feed(Iterator<? extends Input> inputs) {
        try {
            Throwable failure = null;
            try {
                while (inputs.hasNext() && !Thread.currentThread().isInterrupted()) {
                    queue.put(new Feed(inputs.next(), null));
                }
            } catch (RuntimeException | Error e) {
                failure = e;
            }
            queue.put(new Feed(null, failure));
        } catch (InterruptedException e) {
            // Nobody wants results any more.
        }
    }

    private void work() {
        try {
            for (Block block = take(); block != null; block = take()) {
                long start = System.nanoTime();
                block.work(classifier);
                fitBlockSize((System.nanoTime() - start) / block.size());
            }
        } catch (InterruptedException e) {
            // Nobody wants results any more.
        }
    }

    private synchronized void fitBlockSize(long nanosPerInput) {
        blockSize = (int) Math.max(1, Math.min(MOST_INPUTS, NANOS_PER_BLOCK / Math.max(1, nanosPerInput)));
    }

    /** The next inputs; null if there are none left. Whoever waits here keeps the others out, which keeps the order. */
    private synchronized Block take() throws InterruptedException {
        if (ended) {
            return null;
        }
        List<Feed> feeds = new ArrayList<>();
        feeds.add(queue.take());
        queue.drainTo(feeds, blockSize - 1);
        Feed last = feeds.get(feeds.size() - 1);
        ended = last.input() == null;
        if (ended) {
            feeds.remove(feeds.size() - 1);
        }
        Block block = feeds.isEmpty()
                ? null
                : new Block(feeds.stream().map(Feed::input).toList());
        if (block != null) {
            taken.put(block);
        }
        if (ended) {
            taken.put(Block.end(last.failure()));
        }
        return block;
    }
}
