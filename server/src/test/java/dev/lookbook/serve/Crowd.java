package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Clients that ask again as soon as they are answered, until told to stop; a failure ends the test. */
final class Crowd {
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
