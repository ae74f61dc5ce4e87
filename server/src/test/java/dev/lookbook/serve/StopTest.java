package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A stop lets end what has begun, takes on nothing else, and waits no longer than it may. */
@Timeout(120)
class StopTest {
    private static final byte[] SLOW = RawClient.post("/api/explain?model=base", TestImages.png(0)); // a second or so

    @TempDir
    Path folder;

    @Test
    void aStopAnswersWhatIsUnderWayAndRefusesWhatComes() throws Exception {
        try (Running running = Running.with(folder, limits(60_000), Access.local(0), "tiny", "base")) {
            List<RawClient> begun = slowRequests(running, 4);
            List<RawClient> connected = connected(running, 12);
            int port = running.server.port();

            CompletableFuture<Void> stop = CompletableFuture.runAsync(running::close);

            Running.await("nobody new is let in", () -> isRefused(port));
            requireRefused(connected, "GET /v2/health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes());
            requireRefused(connected, "GET /v2/models/tiny/ready HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes());
            requireRefused(connected, RawClient.post("/api/classify", TestImages.png(0)));
            assertThat(stop).as("still waits for what has begun").isNotDone();
            for (RawClient client : begun) {
                try (client) {
                    assertThat(client.read().status()).isEqualTo(200);
                }
            }
            stop.get(30, TimeUnit.SECONDS);
            assertThat(running.server.openModels()).isZero();
        }
    }

    @Test
    void aBodyThatIsOnItsWayMayArrive() throws Exception {
        byte[] request = RawClient.post("/api/classify", TestImages.png(0));
        try (Running running = Running.with(folder, limits(30_000), Access.local(0), "tiny");
                RawClient client = new RawClient(running.server.port())) {
            client.send(Arrays.copyOf(request, request.length - 100));
            Running.await(
                    "the body is awaited",
                    () -> !running.metric("lookbook_body_bytes").equals(Optional.of("0.0")));

            int port = running.server.port();
            CompletableFuture<Void> stop = CompletableFuture.runAsync(running::close);
            Running.await("nobody new is let in", () -> isRefused(port));
            client.send(Arrays.copyOfRange(request, request.length - 100, request.length));

            assertThat(client.read().status()).isEqualTo(200);
            stop.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aStopWaitsNoLongerThanItMayAndSaysSo() throws Exception {
        try (Running running = Running.with(folder, limits(50), Access.local(0), "base");
                Heard log = Heard.from(Server.class)) {
            List<RawClient> begun = slowRequests(running, 4);

            running.close();
            running.close(); // as by a shutdown hook and by who waits for it

            assertThat(running.server.openModels()).isZero();
            assertThat(log.lines())
                    .containsOnlyOnce(
                            "not all requests under way were answered within 50 ms. Give them longer by --drain");
            for (RawClient client : begun) {
                try (client) {
                    assertThat(isAnswered(client))
                            .as("waited for in spite of the limit")
                            .isFalse();
                }
            }
        }
    }

    private static Limits limits(int drainMillis) {
        return new Limits(1, 8, 1 << 20, 1_000_000, 64, Duration.ofSeconds(60), Duration.ofMillis(drainMillis));
    }

    private static List<RawClient> slowRequests(Running running, int count) throws Exception {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawClient client = new RawClient(running.server.port());
            client.send(SLOW);
            clients.add(client);
        }
        Running.await(
                "all are under way",
                () -> running.metric("lookbook_pending_explanations").equals(Optional.of(count + ".0")));
        return clients;
    }

    /** Clients that were answered once: who comes later is not let in. */
    private static List<RawClient> connected(Running running, int count) throws IOException {
        List<RawClient> clients = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            RawClient client = new RawClient(running.server.port());
            client.send("GET /v2/health/ready HTTP/1.1\r\nHost: localhost\r\n\r\n");
            assertThat(client.read().status()).isEqualTo(200);
            clients.add(client);
        }
        return clients;
    }

    private static void requireRefused(List<RawClient> connected, byte[] request) throws IOException {
        RawClient.Answer answer = null;
        // What comes at the very moment when the stop begins may still be answered, or find its connection closed.
        for (int i = 0; i < 4 && (answer == null || answer.status() == 200); i++) {
            try (RawClient client = connected.remove(0)) {
                client.send(request);
                answer = client.read();
            }
        }
        assertThat(answer).isNotNull();
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("Retry-After")).isEqualTo("1");
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.text()).contains("the server is stopping");
    }

    private static boolean isRefused(int port) throws IOException {
        try (RawClient client = new RawClient(port)) {
            return false;
        } catch (ConnectException e) {
            return true;
        }
    }

    private static boolean isAnswered(RawClient client) throws IOException {
        try {
            RawClient.Answer answer = client.read();
            return answer != null && answer.status() == 200;
        } catch (SocketException e) {
            return false;
        }
    }
}
