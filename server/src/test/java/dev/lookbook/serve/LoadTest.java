package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More requests than the server can do, and models that change meanwhile. */
@Timeout(900)
class LoadTest {
    @TempDir
    Path folder;

    @Test
    void whenTheQueueIsFullTheRestIsRefusedAtOnceAndNothingIsLost() throws Exception {
        try (Running running = Running.with(folder, Running.limits(1, 2), Access.local(0), "tiny")) {
            Crowd crowd = new Crowd(running, 16, RawClient.post("/api/classify", TestImages.png(0)));

            Thread.sleep(1500);
            crowd.stop();

            assertThat(crowd.failure.get()).isNull();
            assertThat(crowd.statuses.keySet()).containsOnly(200, 503);
            Running.await(
                    "none is pending",
                    () -> running.metric("lookbook_pending_requests").equals(Optional.of("0.0")));
            Running.await(
                    "none is counted as pending",
                    () -> running.metric("nv_inference_pending_request_count{model=\"tiny\",version=\"1\"}")
                            .equals(Optional.of("0")));
            assertThat(running.metric("nv_inference_request_success{model=\"tiny\",version=\"1\"}"))
                    .contains(String.valueOf(crowd.count(200)));
            assertThat(running.metric("nv_inference_count{model=\"tiny\",version=\"1\"}"))
                    .contains(String.valueOf(crowd.count(200)));
        }
    }

    @Test
    void requestsThatWaitTooLongAreGivenUp() throws Exception {
        Limits limits = new Limits(1, 64, 1 << 20, 1_000_000, 64, Duration.ofSeconds(5), Duration.ofSeconds(5));
        try (Running running = Running.with(folder, limits, Access.local(0), "tiny")) {
            byte[] many = Infer.json(TestImages.pixels(64), 64, "").getBytes();
            Crowd crowd = new Crowd(running, 8, RawClient.post("/v2/models/tiny/infer", many));

            Running.await("a request in a hurry is given up", () -> {
                Running.Answer answer = running.post(
                        "/v2/models/tiny/infer",
                        Infer.json(TestImages.pixels(1), 1, ",\"parameters\":{\"timeout\":100}"));
                return answer.status() == 503 && answer.error().startsWith("waited 0 ms for a free thread");
            });
            crowd.stop();

            assertThat(crowd.failure.get()).isNull();
            assertThat(crowd.statuses.keySet()).containsExactly(200);
        }
    }

    @Test
    void explanationsKeepNobodyFromAnAnswer() throws Exception {
        try (Running running = Running.with(folder, Running.limits(1, 2), Access.local(0), "tiny")) {
            Crowd explainers = new Crowd(running, 12, RawClient.post("/api/explain", TestImages.png(0)));
            Running.await(
                    "as many explanations wait as may, and more are refused",
                    () -> explainers.count(200) > 0 && explainers.count(503) > 0);
            double before = pendingMost(running);

            // One at a time: in a queue of two with twelve explanations before it most would be refused.
            for (int i = 0; i < 50; i++) {
                assertThat(running.post("/api/classify", TestImages.png(0)).status())
                        .isEqualTo(200);
            }
            explainers.stop();

            assertThat(before).isBetween(1.0, 3.0);
            assertThat(explainers.failure.get()).isNull();
            assertThat(explainers.statuses.keySet()).containsOnly(200, 503);
            Running.await(
                    "none is pending",
                    () -> running.metric("lookbook_pending_explanations").equals(Optional.of("0.0")));
        }
    }

    /** The most explanations that are seen waiting or under way, in some looks. */
    private static double pendingMost(Running running) throws Exception {
        double most = 0;
        for (int i = 0; i < 20; i++) {
            most = Math.max(
                    most,
                    Double.parseDouble(
                            running.metric("lookbook_pending_explanations").orElseThrow()));
        }
        return most;
    }

    @Test
    void modelsAreSwappedUnderLoadWithoutAFailedRequest() throws Exception {
        swapUnderLoad(10);
    }

    @Test
    @Tag("slow")
    void twoHundredSwapsUnderLoadWithoutAFailedRequest() throws Exception {
        swapUnderLoad(200);
    }

    private void swapUnderLoad(int swaps) throws Exception {
        try (Running running = Running.with(folder, "tiny")) {
            Crowd crowd = new Crowd(running, 4, RawClient.post("/api/classify", TestImages.png(0)));
            Path file = running.models.resolve("tiny.onnx");
            for (int i = 0; i < swaps; i++) {
                String before = running.hash("tiny");
                byte[] next = Files.readAllBytes(Running.shipped(i % 2 == 0 ? "mlp" : "tiny"));
                // In turns a whole file takes the name, or it is written over the old one, and stops half-way.
                if (i % 4 < 2) {
                    Path copy = Files.write(folder.resolve("copy"), next);
                    Files.move(copy, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } else {
                    Files.write(file, Arrays.copyOf(next, next.length / 2));
                    Running.await(
                            "the half is refused",
                            () -> running.post("/v2/repository/index", "")
                                    .text()
                                    .contains("tiny.onnx: cut off"));
                    assertThat(running.hash("tiny")).isEqualTo(before);
                    Files.write(
                            file, Arrays.copyOfRange(next, next.length / 2, next.length), StandardOpenOption.APPEND);
                }
                Running.await("swap " + i, () -> !running.hash("tiny").equals(before));
            }
            crowd.stop();

            assertThat(crowd.failure.get()).isNull();
            assertThat(crowd.statuses.keySet()).containsExactly(200);
            System.out.println(swaps + " swaps under load: " + crowd.count(200) + " requests, none failed");
        }
    }
}
