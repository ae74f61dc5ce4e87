package dev.lookbook.serve;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.ToLongFunction;

/**
 * Counters by the names that dashboards for Triton ask for, to the letter. Written here because metrics libraries append
 * {@code _total} to counters, and Triton does not.
 */
final class TritonMetrics {
    private final Map<ModelName, ModelCounters> counters = new ConcurrentSkipListMap<>();

    /** They outlive a swap of the model. Only for models that exist: what requests call models must not add lines. */
    ModelCounters of(ModelName model) {
        return counters.computeIfAbsent(model, name -> new ModelCounters());
    }

    /** In Prometheus' text format 0.0.4. */
    String text() {
        StringBuilder text = new StringBuilder();
        counter(
                text,
                "nv_inference_request_success",
                "Number of successful inference requests, all batch sizes",
                c -> c.successes.sum());
        counter(
                text,
                "nv_inference_request_failure",
                "Number of failed inference requests, all batch sizes",
                c -> c.failures.sum());
        counter(
                text,
                "nv_inference_count",
                "Number of inferences performed, a batch of n counts n times",
                c -> c.images.sum());
        counter(
                text,
                "nv_inference_exec_count",
                "Number of model executions performed, a batch counts once",
                c -> c.executions.sum());
        counter(
                text,
                "nv_inference_request_duration_us",
                "Cumulative inference request duration in microseconds, queue included",
                c -> c.requestMicros.sum());
        counter(
                text,
                "nv_inference_queue_duration_us",
                "Cumulative inference queuing duration in microseconds",
                c -> c.queueMicros.sum());
        counter(
                text,
                "nv_inference_compute_infer_duration_us",
                "Cumulative compute inference duration in microseconds; of pictures, decoding included",
                c -> c.computeMicros.sum());
        write(
                text,
                "nv_inference_pending_request_count",
                "gauge",
                "Instantaneous number of requests that wait or are worked on, per model",
                c -> c.pending.get());
        return text.toString();
    }

    private void counter(StringBuilder text, String name, String help, ToLongFunction<ModelCounters> value) {
        write(text, name, "counter", help, value);
    }

    private void write(StringBuilder text, String name, String type, String help, ToLongFunction<ModelCounters> value) {
        text.append("# HELP ").append(name).append(' ').append(help).append('\n');
        text.append("# TYPE ").append(name).append(' ').append(type).append('\n');
        counters.forEach((model, of) -> text.append(name)
                .append("{model=\"")
                .append(escaped(model.name()))
                .append("\",version=\"")
                .append(escaped(model.version()))
                .append("\"} ")
                .append(value.applyAsLong(of))
                .append('\n'));
    }

    private static String escaped(String label) {
        return label.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
