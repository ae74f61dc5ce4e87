package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More than the server can do, senders who dawdle, models that change under load, and a stop in the middle. */
@Timeout(900)
class LoadTest {
    @TempDir
    Path folder;

    /** Clients that ask again as soon as they are answered, until told to stop; a failure ends the test. */
    private static final class Crowd {
        final Map<Integer, LongAdder> statuses = new ConcurrentHashMap<>();
        final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final AtomicBoolean enough = new AtomicBoolean();
        private final List<Thread> clients = new ArrayList<>();

        Crowd(Running running, int size, byte[] request) {
            for (int i = 0; i < size; i++) {
                Thread client = new Thread(() -> ask(running.server.port(), request));
                client.start();
                clients.add(client);
            }
        }

        private void ask(int port, byte[] request) {
            try (RawClient client = new RawClient(port)) {
                while (!enough.get()) {
                    client.send(request);
                    RawClient.Answer answer = client.read();
                    if (answer == null) {
                        throw new AssertionError("a request was not answered");
                    }
                    statuses.computeIfAbsent(answer.status(), status -> new LongAdder())
                            .increment();
                    if (answer.status() == 503) {
                        assertThat(answer.header("Retry-After")).isEqualTo("1");
                    }
                }
            } catch (Exception | AssertionError e) {
                failure.compareAndSet(null, e);
            }
        }

        long count(int status) {
            LongAdder count = statuses.get(status);
            return count == null ? 0 : count.sum();
        }

        void stop() throws InterruptedException {
            enough.set(true);
            for (Thread client : clients) {
                client.join();
            }
        }
    }

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

    @Test
    void sendersWhoDawdleAreCutOffInTimeAndKeepNobodyElseWaiting() throws Exception {
        Limits limits = new Limits(1, 8, 1 << 20, 1_000_000, 64, Duration.ofMillis(800), Duration.ofSeconds(5));
        try (Running running = Running.with(folder, limits, Access.local(0), "tiny")) {
            List<RawClient> dawdlers = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < 100; i++) {
                RawClient dawdler = new RawClient(running.server.port());
                dawdler.send("POST /api/classify HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx");
                dawdlers.add(dawdler);
            }

            for (int i = 0; i < 20; i++) {
                assertThat(running.post("/api/classify", TestImages.png(0)).status())
                        .isEqualTo(200);
            }
            Map<Integer, Integer> statuses = new TreeMap<>();
            for (RawClient dawdler : dawdlers) {
                try (dawdler) {
                    statuses.merge(dawdler.read().status(), 1, Integer::sum);
                }
            }

            assertThat(statuses.keySet()).isSubsetOf(408, 503);
            assertThat(statuses.get(408)).isPositive();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
            Running.await(
                    "no body is held",
                    () -> running.metric("lookbook_body_bytes").equals(Optional.of("0.0")));
        }
    }

    @Test
    void aByteNowAndThenIsNotFastEnough() throws Exception {
        Limits limits = new Limits(1, 8, 1 << 20, 1_000_000, 64, Duration.ofMillis(600), Duration.ofSeconds(5));
        try (Running running = Running.with(folder, limits, Access.local(0), "tiny");
                RawClient client = new RawClient(running.server.port())) {
            client.send("POST /api/classify HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n");
            CountDownLatch answered = new CountDownLatch(1);
            Thread trickle = new Thread(() -> {
                try {
                    while (!answered.await(100, TimeUnit.MILLISECONDS)) {
                        client.send("x");
                    }
                } catch (Exception e) {
                    // The server has had enough.
                }
            });
            trickle.start();

            RawClient.Answer answer = client.read();
            answered.countDown();
            trickle.join();

            assertThat(answer.status()).isEqualTo(408);
            assertThat(answer.text()).contains("the body did not arrive within 600 ms");
        }
    }

    @Test
    void aHeadThatComesAByteNowAndThenIsNotFastEnough() throws Exception {
        Limits limits = new Limits(1, 8, 1 << 20, 1_000_000, 64, Duration.ofMillis(600), Duration.ofSeconds(5));
        try (Running running = Running.with(folder, limits, Access.local(0), "mlp");
                RawClient client = new RawClient(running.server.port())) {
            client.send("GET /v2/models/mlp HTTP/1.1\r\nHost: localhost\r\nX-Slow: ");

            Running.await("cut off", () -> {
                try {
                    client.send("x");
                    Thread.sleep(100);
                    return false;
                } catch (IOException e) {
                    return true;
                }
            });
        }
    }

    @Test
    void aConnectionThatRestsBetweenTwoRequestsIsLeftAlone() throws Exception {
        Limits limits = new Limits(1, 8, 1 << 20, 1_000_000, 64, Duration.ofMillis(300), Duration.ofSeconds(5));
        try (Running running = Running.with(folder, limits, Access.local(0), "mlp");
                RawClient client = new RawClient(running.server.port())) {
            for (int i = 0; i < 2; i++) {
                client.send("GET /v2/models/mlp HTTP/1.1\r\nHost: localhost\r\n\r\n");
                assertThat(client.read().status()).isEqualTo(200);
                Thread.sleep(1500); // several looks
            }
        }
    }

    @Test
    void whoDoesNotReadTheAnswerIsCutOffAndHoldsNoBody() throws Exception {
        Limits limits = new Limits(1, 8, 8 << 20, 1_000_000, 8192, Duration.ofMillis(3000), Duration.ofSeconds(5));
        try (Running running = Running.with(folder, limits, Access.local(0), "mlp");
                Socket client = new Socket()) {
            client.setReceiveBufferSize(1024);
            client.connect(new InetSocketAddress("127.0.0.1", running.server.port()));
            String json =
                    Infer.binaryHeader(8192, ""); // in bytes, 6 MB; their answer in JSON does not fit into buffers
            client.getOutputStream()
                    .write(Infer.body(
                            "POST /v2/models/mlp/infer HTTP/1.1\r\nHost: localhost\r\n" + Infer.JSON_LENGTH + ": "
                                    + json.length() + "\r\nContent-Length: "
                                    + (json.length() + 8192 * TestImages.SIZE) + "\r\n\r\n" + json,
                            new byte[8192 * TestImages.SIZE]));
            String answered = "lookbook_request_duration_seconds_count{method=\"POST\","
                    + "route=\"/v2/models/{model}/infer\",status=\"200\"}";

            Running.await(
                    "computed",
                    () -> running.metric("nv_inference_request_success{model=\"mlp\",version=\"1\"}")
                            .equals(Optional.of("1")));
            Running.await(
                    "no body is held",
                    () -> running.metric("lookbook_body_bytes").equals(Optional.of("0.0")));
            assertThat(running.metric(answered))
                    .as("the answer is still on its way")
                    .isEmpty();
            Running.await("cut off", () -> running.metric(answered).isPresent());
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
}
