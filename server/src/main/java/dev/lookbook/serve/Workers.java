package dev.lookbook.serve;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A fixed number of threads that do the decoding and inference, behind a short queue. What comes when the queue is full is
 * refused at once, which costs next to nothing, rather than answered too late.
 */
final class Workers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);

    private final ThreadPoolExecutor pool;
    private final Duration timeout;

    /** @param name of the threads, before their number */
    Workers(String name, int threads, int queue, Duration timeout) {
        AtomicInteger number = new AtomicInteger();
        this.timeout = timeout;
        this.pool =
                new ThreadPoolExecutor(threads, threads, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(queue), work -> {
                    Thread thread = new Thread(work, name + "-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** Work that is under way or waits. */
    int pending() {
        return pool.getActiveCount() + pool.getQueue().size();
    }

    /** Runs work, waiting for a thread as long as the server's timeout allows. See {@link #run(Callable, Duration)}. */
    <T> T run(Callable<T> work) {
        return run(work, timeout);
    }

    /**
     * Runs work on one of the threads and waits for its end.
     *
     * @param patience how long the work may wait for a thread; once begun it is not given up
     * @throws Problem 503 if the queue is full, the patience over or memory short, or what the work throws
     */
    <T> T run(Callable<T> work, Duration patience) {
        Job<T> job = new Job<>(work);
        try {
            pool.execute(job);
        } catch (RejectedExecutionException e) {
            throw full();
        }
        try {
            return await(job, patience.compareTo(timeout) < 0 ? patience : timeout);
        } catch (InterruptedException e) {
            giveUp(job); // nobody is left to read what it finds
            Thread.currentThread().interrupt();
            throw Problem.stopping();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            if (e.getCause() instanceof OutOfMemoryError) { // of a picture that is large when unpacked, say
                LOG.warn("memory was short: {}", e.getCause().getMessage());
                throw Problem.busy("memory is short. Try again in a second, or send fewer or smaller pictures");
            }
            if (e.getCause() instanceof Error failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** @throws Problem 503 if the queue is full now */
    void requireRoom() {
        if (pool.getQueue().remainingCapacity() == 0) {
            throw full();
        }
    }

    private Problem full() {
        if (pool.isShutdown()) {
            return Problem.stopping();
        }
        return Problem.busy(
                "too many requests at once: " + pool.getQueue().size() + " are waiting already. Try again in a second");
    }

    private <T> T await(Job<T> job, Duration patience) throws InterruptedException, ExecutionException {
        try {
            return job.get(patience.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            if (giveUp(job)) {
                throw Problem.busy("waited " + patience.toMillis() + " ms for a free thread. Try again in a second");
            }
            return job.get();
        }
    }

    /** False if the work was begun already. */
    private boolean giveUp(Job<?> job) {
        boolean isGivenUp = job.claim();
        if (isGivenUp) {
            pool.remove(job);
        }
        return isGivenUp;
    }

    @Override
    public void close() {
        pool.shutdown();
    }

    /** Work that is either begun or given up, never both. */
    private static final class Job<T> extends FutureTask<T> {
        private final AtomicBoolean claimed = new AtomicBoolean();

        Job(Callable<T> work) {
            super(work);
        }

        boolean claim() {
            return claimed.compareAndSet(false, true);
        }

        @Override
        public void run() {
            if (claim()) {
                super.run();
            }
        }
    }
}
