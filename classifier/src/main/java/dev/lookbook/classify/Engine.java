package dev.lookbook.classify;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import dev.lookbook.model.ModelFile;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * Runs a network in ONNX Runtime. Each run keeps to one thread and takes few images; many images are spread over threads
 * of ours instead. That is faster than ONNX Runtime's own threads (no waiting for each other at every operator), and the
 * answers do not depend on how many threads there are, to the last bit.
 */
final class Engine implements AutoCloseable {
    /** Fewer images are not worth waking another thread for. */
    private static final int SMALLEST_CHUNK = 8;

    /** Enough for the longest command line that Linux takes by default, 2 MiB. */
    private static final long START_STACK_BYTES = 1L << 30;

    private static OrtEnvironment environment;
    private static IOException failure;

    private final ModelFile model;
    private final OrtSession session;
    private final int threads;
    private final Semaphore free; // lanes; also keeps ONNX Runtime from needing more memory than that many runs do
    private final Deque<Lane> lanes = new ArrayDeque<>();
    private final ThreadPoolExecutor helpers;
    private volatile boolean closed;

    Engine(ModelFile model, int threads) throws IOException {
        this.model = model;
        this.threads = threads;
        this.session = session(environment(), model.bytes(), model.info().name());
        this.free = new Semaphore(threads);
        this.helpers = new ThreadPoolExecutor(
                0,
                threads,
                1,
                TimeUnit.SECONDS,
                new SynchronousQueue<>(),
                work -> daemon("lookbook-score", work),
                new ThreadPoolExecutor.DiscardPolicy()); // no thread free: whoever asked does the work alone
    }

    /** ONNX Runtime itself, of which there is one per process. Takes a moment the first time. */
    static synchronized OrtEnvironment environment() throws IOException {
        if (failure != null) {
            throw failure;
        }
        if (environment == null) {
            try {
                Natives.unpackOnce();
                environment = onLargeStack(
                        () -> OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "lookbook"));
            } catch (LinkageError | RuntimeException e) {
                Throwable cause = e.getCause() == null ? e : e.getCause();
                failure = new IOException(
                        "ONNX Runtime does not start on " + System.getProperty("os.name") + " "
                                + System.getProperty("os.arch") + ": " + cause.getMessage(),
                        e);
                throw failure;
            }
        }
        return environment;
    }

    /**
     * When it starts, ONNX Runtime 1.29 takes the process's command line apart with a regular expression that recurses for
     * each character: some 4 KiB of class path or file names overflow a usual stack, which ends the process without a
     * word. A large stack costs address space only, until it is used.
     */
    private static OrtEnvironment onLargeStack(Supplier<OrtEnvironment> start) {
        FutureTask<OrtEnvironment> task = new FutureTask<>(start::get);
        Thread thread = new Thread(null, task, "lookbook-natives-start", START_STACK_BYTES);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        while (true) {
            try {
                return task.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                if (e.getCause() instanceof Error error) {
                    throw error;
                }
                throw new IllegalStateException(e.getCause());
            } finally {
                if (interrupted && task.isDone()) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** Loads ONNX Runtime ahead of its first use, which meets the error if there is one. */
    static void warmUp() {
        try {
            environment();
        } catch (IOException e) {
            // Kept for whoever needs the environment.
        }
    }

    static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        return thread;
    }

    int threads() {
        return threads;
    }

    Scores score(byte[] images, int count) {
        int size = Lane.imageSize(model);
        if (count < 0 || (long) count * size != images.length) {
            throw new IllegalArgumentException(
                    count + " images of " + size + " bytes each are not " + images.length + " bytes");
        }
        Scores scores = new Scores(count, model.classes(), model.embeddingSize(), model.knowsUnfamiliarity());
        int chunk = Math.max(SMALLEST_CHUNK, Math.min(Lane.CHUNK, (count + threads - 1) / threads));
        if (count <= chunk || threads == 1) {
            for (int first = 0; first < count; first += chunk) {
                chunk(images, first, Math.min(chunk, count - first), scores);
            }
        } else {
            new Shared(images, scores, chunk).run();
        }
        return scores;
    }

    /** Waits until nobody scores any more. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        helpers.shutdown();
        free.acquireUninterruptibly(threads);
        try {
            lanes.forEach(Lane::close);
            session.close();
        } catch (OrtException e) {
            throw failed(e);
        } finally {
            free.release(threads);
        }
    }

    private void chunk(byte[] images, int first, int count, Scores scores) {
        free.acquireUninterruptibly();
        try {
            if (closed) {
                throw new IllegalStateException("the classifier is closed");
            }
            Lane lane = takeLane();
            try {
                lane.run(images, first, count, scores);
            } finally {
                returnLane(lane);
            }
        } catch (OrtException e) {
            throw failed(e);
        } finally {
            free.release();
        }
    }

    private Lane takeLane() {
        synchronized (lanes) {
            Lane lane = lanes.poll();
            return lane != null ? lane : new Lane(environment, session, model);
        }
    }

    private void returnLane(Lane lane) {
        synchronized (lanes) {
            lanes.push(lane);
        }
    }

    private IllegalStateException failed(OrtException e) {
        return new IllegalStateException("model " + model.info().name() + " does not run: " + e.getMessage(), e);
    }

    /** @param name of the model, for the error message */
    static OrtSession session(OrtEnvironment environment, byte[] bytes, String name) throws IOException {
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            return environment.createSession(bytes, options);
        } catch (OrtException e) {
            throw new IOException("model " + name + " is not one that ONNX Runtime can run: " + e.getMessage(), e);
        }
    }

    /** Many images, of which each thread takes a chunk after the other until none is left. */
    private final class Shared implements Runnable {
        private final byte[] images;
        private final Scores scores;
        private final int chunk;
        private final int chunks;
        private final AtomicInteger next = new AtomicInteger();
        private final CountDownLatch left;
        private final AtomicReference<Throwable> failure = new AtomicReference<>();

        Shared(byte[] images, Scores scores, int chunk) {
            this.images = images;
            this.scores = scores;
            this.chunk = chunk;
            this.chunks = (scores.count() + chunk - 1) / chunk;
            this.left = new CountDownLatch(chunks);
        }

        @Override
        public void run() {
            for (int i = 1; i < Math.min(threads, chunks); i++) {
                helpers.execute(this::work);
            }
            work();
            awaitOthers();
            if (failure.get() != null) {
                throw new IllegalStateException(failure.get().getMessage(), failure.get());
            }
        }

        private void work() {
            for (int i = next.getAndIncrement(); i < chunks; i = next.getAndIncrement()) {
                try {
                    if (failure.get() == null) {
                        chunk(images, i * chunk, Math.min(chunk, scores.count() - i * chunk), scores);
                    }
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                } finally {
                    left.countDown();
                }
            }
        }

        private void awaitOthers() {
            boolean interrupted = false;
            while (true) {
                try {
                    left.await(); // at most one chunk per thread: not worth giving up
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
