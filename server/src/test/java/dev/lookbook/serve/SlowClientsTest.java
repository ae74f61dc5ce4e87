package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Clients who dawdle, with a head, with a body, or with reading. */
@Timeout(120)
class SlowClientsTest {
    @TempDir
    Path folder;

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
    void theBodyOfARefusedRequestIsWaitedForBriefly() throws Exception {
        Limits limits = new Limits(1, 8, 1 << 20, 1_000_000, 64, Duration.ofSeconds(60), Duration.ofSeconds(5));
        try (Running running = Running.with(folder, limits, Access.local(0), "mlp")) {
            List<RawClient> refused = new ArrayList<>();
            long start = System.nanoTime();
            for (int i = 0; i < 40; i++) {
                RawClient client = new RawClient(running.server.port());
                client.send("POST /nowhere HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx");
                refused.add(client);
            }

            for (RawClient client : refused) {
                try (client) {
                    RawClient.Answer answer = client.read();

                    assertThat(answer.status()).isEqualTo(404);
                    assertThat(answer.header("Connection")).isEqualTo("close");
                }
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
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
    void whoAsksAgainAndAgainWithoutReadingSmallAnswersIsCutOff() throws Exception {
        Limits limits = new Limits(1, 8, 1 << 20, 1_000_000, 64, Duration.ofMillis(800), Duration.ofSeconds(5));
        try (Running running = Running.with(folder, limits, Access.local(0), "mlp");
                Socket client = whoTakesLittle(running)) {
            byte[] questions = "GET /v2/models/mlp HTTP/1.1\r\nHost: localhost\r\n\r\n"
                    .repeat(1000)
                    .getBytes(StandardCharsets.US_ASCII);
            long start = System.nanoTime();

            assertThatThrownBy(() -> {
                        while (true) {
                            client.getOutputStream().write(questions);
                        }
                    })
                    .isInstanceOf(IOException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(15));
        }
    }

    private static Socket whoTakesLittle(Running running) throws IOException {
        Socket client = new Socket();
        client.setReceiveBufferSize(1024);
        client.connect(new InetSocketAddress("127.0.0.1", running.server.port()));
        return client;
    }

    @Test
    void whoDoesNotReadTheAnswerIsCutOffAndHoldsNoBody() throws Exception {
        Limits limits = new Limits(1, 8, 8 << 20, 1_000_000, 8192, Duration.ofMillis(3000), Duration.ofSeconds(5));
        try (Running running = Running.with(folder, limits, Access.local(0), "mlp");
                Socket client = whoTakesLittle(running)) {
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
}
