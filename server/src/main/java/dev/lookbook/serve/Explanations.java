package dev.lookbook.serve;

import dev.lookbook.evaluate.ExplainedPicture;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Explains answers. An explanation costs as much as a thousand or two of them, so they have a few threads of their own, a
 * short queue, and networks opened for them alone: however many are asked for, whoever wants an answer meets free threads,
 * and shares the processors with no more than {@code threads} of these.
 */
final class Explanations implements AutoCloseable {
    private static final int THREADS_SHARE = 4; // of the server's threads, one in four; on two processors, one
    private static final int WAITING_PER_THREAD = 4;

    private final Models models;
    private final Workers workers;
    private final int threads;

    Explanations(Models models, Limits limits) {
        this.models = models;
        this.threads = Math.max(1, limits.threads() / THREADS_SHARE);
        this.workers = new Workers(
                "lookbook-explain", threads, Math.min(limits.queue(), WAITING_PER_THREAD * threads), limits.timeout());
    }

    /** Explanations that are under way or wait. */
    int pending() {
        return workers.pending();
    }

    /**
     * @return what {@code form} makes of the explanation, on one of the threads
     * @throws Problem 400 or 413 if the picture cannot be read, 404 or 503 if the model does not answer, 501 if it cannot
     *     be looked into, 503 if too many wait already
     */
    <T> T explain(String model, Optional<String> version, SentPicture picture, Function<ExplainedPicture, T> form) {
        return use(model, version, open -> form.apply(explain(open, picture)));
    }

    private static ExplainedPicture explain(OpenModel model, SentPicture picture) {
        try {
            return model.explain(picture);
        } catch (IOException e) {
            throw new Problem(picture.isTooLarge() ? 413 : 400, e.getMessage());
        }
    }

    /**
     * Does something with a model opened up, on one of the threads.
     *
     * @throws Problem as {@link #explain}, or what the work throws
     */
    <T> T use(String model, Optional<String> version, Function<OpenModel, T> work) {
        return models.use(model, version, served -> run(() -> work.apply(served.opened(threads))));
    }

    /** Does something else that takes as long, on one of the threads. */
    <T> T run(Callable<T> work) {
        return workers.run(work);
    }

    @Override
    public void close() {
        workers.close();
    }
}
