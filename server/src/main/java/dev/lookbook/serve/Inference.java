package dev.lookbook.serve;

import dev.lookbook.classify.Classifier;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/** The one way to a model's answer for all routes: borrows the model, waits for a thread, counts. */
final class Inference {
    private final Models models;
    private final Workers workers;
    private final TritonMetrics metrics;

    Inference(Models models, Workers workers, TritonMetrics metrics) {
        this.models = models;
        this.workers = workers;
        this.metrics = metrics;
    }

    /** What a model made of some images. */
    record Answer<T>(ModelName model, T value) {}

    /**
     * @param patience how long to wait for a thread; empty: as long as the server's timeout
     * @param work done on a worker thread; what it throws counts as a failure
     * @param images how many images the network ran over to that end
     * @throws Problem as {@link Models#use} and {@link Workers#run}, or what the work throws
     */
    <T> Answer<T> run(
            String model,
            Optional<String> version,
            Optional<Duration> patience,
            Function<Classifier, T> work,
            ToIntFunction<T> images) {
        return models.use(model, version, served -> new Answer<>(served.name(), run(served, patience, work, images)));
    }

    /** As above, with a model that is entered already. */
    <T> T run(ServedModel model, Optional<Duration> patience, Function<Classifier, T> work, ToIntFunction<T> images) {
        ModelCounters counters = metrics.of(model.name());
        counters.pending.incrementAndGet();
        try {
            T value = timed(counters, patience, () -> work.apply(model.classifier()), images);
            counters.successes.increment();
            return value;
        } catch (RuntimeException | Error e) {
            counters.failures.increment();
            throw e;
        } finally {
            counters.pending.decrementAndGet();
        }
    }

    /** @throws Problem 503 if the queue is full: then a request need not be taken apart first */
    void requireRoom(ModelName model) {
        try {
            workers.requireRoom();
        } catch (Problem e) {
            metrics.of(model).failures.increment();
            throw e;
        }
    }

    private <T> T timed(
            ModelCounters counters, Optional<Duration> patience, Callable<T> work, ToIntFunction<T> images) {
        long asked = System.nanoTime();
        Callable<T> timed = () -> {
            long begun = System.nanoTime();
            T value = work.call();
            long done = System.nanoTime();
            counters.images.add(images.applyAsInt(value));
            counters.executions.increment();
            counters.queueMicros.add(TimeUnit.NANOSECONDS.toMicros(begun - asked));
            counters.computeMicros.add(TimeUnit.NANOSECONDS.toMicros(done - begun));
            counters.requestMicros.add(TimeUnit.NANOSECONDS.toMicros(done - asked));
            return value;
        };
        return patience.isPresent() ? workers.run(timed, patience.get()) : workers.run(timed);
    }
}
