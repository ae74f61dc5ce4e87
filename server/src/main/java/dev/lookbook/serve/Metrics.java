package dev.lookbook.serve;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.stream.Stream;

/** Everything that {@code GET /metrics} tells. */
final class Metrics implements AutoCloseable {
    static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

    private static final Duration[] BUCKETS = Stream.of(1, 2, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private final TritonMetrics triton = new TritonMetrics();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbage = new JvmGcMetrics();
    private final Map<Answered, Timer> timers = new ConcurrentHashMap<>();

    /** @param route as it is declared, never as it was asked for: requests must not add lines */
    private record Answered(String method, String route, int status) {}

    Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        garbage.bindTo(registry);
    }

    TritonMetrics triton() {
        return triton;
    }

    void watch(IntSupplier pending, IntSupplier explanations, LongSupplier bodyBytes) {
        Gauge.builder("lookbook.pending.requests", pending::getAsInt)
                .description("Requests that wait for a worker thread or have one")
                .register(registry);
        Gauge.builder("lookbook.pending.explanations", explanations::getAsInt)
                .description("Explanations that wait for a thread or have one")
                .register(registry);
        Gauge.builder("lookbook.body.bytes", bodyBytes::getAsLong)
                .description("Bytes of request bodies in memory")
                .register(registry);
    }

    /** Notes a request that was answered. */
    void answered(String method, String route, int status, long nanos) {
        timers.computeIfAbsent(new Answered(method, route, status), this::timer).record(nanos, TimeUnit.NANOSECONDS);
    }

    private Timer timer(Answered answered) {
        return Timer.builder("lookbook.request.duration")
                .description("From the first byte of a request to the last of its answer")
                .tags(Tags.of(
                        "method", answered.method(),
                        "route", answered.route(),
                        "status", String.valueOf(answered.status())))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    /** @param served models that have lines before the first request, or an alert on them would find nothing */
    String text(List<ServedModel> served) {
        served.forEach(model -> triton.of(model.name()));
        return triton.text() + registry.scrape();
    }

    @Override
    public void close() {
        garbage.close();
        registry.close();
    }
}
