package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MetricsTest {
    private static final String LABELS = "{model=\"tiny\",version=\"1\"}";

    @TempDir
    static Path folder;

    private static Running running;

    @BeforeAll
    static void start() throws Exception {
        running = Running.with(folder, "tiny", "mlp");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void tritonsNamesCountRequestsImagesAndFailures() throws Exception {
        running.post("/v2/models/tiny/infer", Infer.json(TestImages.pixels(3), 3, ""));
        running.post("/api/classify", TestImages.png(0));
        running.post("/api/classify", "no picture");

        assertThat(running.get("/metrics")
                        .header("Content-Type")
                        .replace(" ", "")
                        .toLowerCase(Locale.ROOT))
                .isEqualTo("text/plain;version=0.0.4;charset=utf-8");
        assertThat(running.metric("nv_inference_request_success" + LABELS)).contains("2");
        assertThat(running.metric("nv_inference_request_failure" + LABELS)).contains("1");
        assertThat(running.metric("nv_inference_count" + LABELS)).contains("4");
        assertThat(running.metric("nv_inference_exec_count" + LABELS)).contains("2");
        assertThat(running.metric("nv_inference_pending_request_count" + LABELS))
                .contains("0");
        long request = number("nv_inference_request_duration_us");
        assertThat(request).isPositive();
        assertThat(number("nv_inference_queue_duration_us") + number("nv_inference_compute_infer_duration_us"))
                .isBetween(request - 100, request);
        assertThat(running.get("/metrics").text()).contains("# TYPE nv_inference_count counter");
        assertThat(running.get("/metrics").text()).doesNotContain("_success_total");
    }

    @Test
    void aModelHasItsLinesBeforeItsFirstRequest() throws Exception {
        assertThat(running.metric("nv_inference_request_failure{model=\"mlp\",version=\"1\"}"))
                .contains("0");
        assertThat(running.metric("nv_inference_pending_request_count{model=\"mlp\",version=\"1\"}"))
                .contains("0");
    }

    private static long number(String name) throws Exception {
        return Long.parseLong(running.metric(name + LABELS).orElseThrow());
    }

    @Test
    void latenciesAreAHistogramByRouteAsDeclared() throws Exception {
        running.get("/v2/models/tiny/ready");

        Running.await(
                "it is counted",
                () -> running.get("/metrics")
                        .text()
                        .contains(
                                "lookbook_request_duration_seconds_bucket{method=\"GET\",route=\"/v2/models/{model}/ready\","
                                        + "status=\"200\",le=\"0.01\"}"));
    }

    @Test
    void whatStrangersMakeUpAddsNoLines() throws Exception {
        running.get("/a");
        ask("HORSE /a");
        List<String> before = names();

        for (int i = 0; i < 20; i++) {
            running.get("/nothing" + i);
            running.get("/v2/models/model" + i);
            running.post("/v2/models/model" + i + "/infer", "{}");
            running.post("/api/classify?model=model" + i, "x");
            ask("HORSE" + i + " /a");
        }

        // Four more pairs of route and status, of a hundred requests; each has 14 buckets, a count, a sum and a
        // maximum.
        assertThat(names()).hasSizeLessThanOrEqualTo(before.size() + 4 * 17);
        assertThat(running.get("/metrics").text()).doesNotContain("model7").doesNotContain("HORSE");
    }

    private static void ask(String what) throws Exception {
        try (RawClient client = new RawClient(running.server.port())) {
            client.send(what + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.read().status()).isBetween(400, 501);
        }
    }

    private static List<String> names() throws Exception {
        return running.get("/metrics")
                .text()
                .lines()
                .filter(line -> line.startsWith("nv_") || line.startsWith("lookbook_"))
                .map(line -> line.substring(0, line.lastIndexOf(' ')))
                .toList();
    }
}
