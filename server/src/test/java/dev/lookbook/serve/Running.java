package dev.lookbook.serve;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.JsonNode;

/** A real server on a free loopback port, with copies of shipped models, and somebody to ask it. */
final class Running implements AutoCloseable {
    static final Path HOME = Path.of(System.getProperty("lookbook.home"));
    static final String DEFAULT = "tiny";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

    final Server server;
    final Path models;

    private Running(Server server, Path models) {
        this.server = server;
        this.models = models;
    }

    /** @param names of shipped models */
    static Running with(Path folder, String... names) throws IOException {
        return with(folder, limits(2, 128), Access.local(0), names);
    }

    static Running with(Path folder, Limits limits, Access access, String... names) throws IOException {
        return with(folder, limits, access, Duration.ofMillis(20), names);
    }

    /** @param poll how often the folder is looked at */
    static Running with(Path folder, Duration poll, String... names) throws IOException {
        return with(folder, limits(2, 128), Access.local(0), poll, names);
    }

    private static Running with(Path folder, Limits limits, Access access, Duration poll, String... names)
            throws IOException {
        Path models = Files.createDirectories(folder.resolve("models"));
        for (String name : names) {
            Files.copy(shipped(name), models.resolve(name + ".onnx"));
            Files.copy(HOME.resolve("models/" + name + ".md"), models.resolve(name + ".md"));
            Path index = HOME.resolve("models/" + name + ".embeddings");
            if (Files.exists(index)) {
                Files.copy(index, models.resolve(name + ".embeddings"));
            }
        }
        Server server =
                Server.start(new ServeSettings(models, folder.resolve("runs"), DEFAULT, poll, access, limits, "1.2.3"));
        while (!server.isOpened()) {
            LockSupport.parkNanos(1_000_000);
        }
        return new Running(server, models);
    }

    static Limits limits(int threads, int queue) {
        return new Limits(threads, queue, 4 << 20, 1_000_000, 64, Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    static Path shipped(String name) {
        return HOME.resolve("models/" + name + ".onnx");
    }

    URI uri(String path) {
        return URI.create(server.url() + path);
    }

    /** What came back. */
    record Answer(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        byte[] bytes() {
            return response.body();
        }

        String text() {
            return new String(bytes(), java.nio.charset.StandardCharsets.UTF_8);
        }

        JsonNode json() {
            return Json.MAPPER.readTree(bytes());
        }

        String error() {
            return json().path("error").asString();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    Answer get(String path, String... headers) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).GET(), headers);
    }

    Answer post(String path, String body, String... headers) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofString(body)), headers);
    }

    Answer post(String path, byte[] body, String... headers) throws Exception {
        return send(HttpRequest.newBuilder(uri(path)).POST(BodyPublishers.ofByteArray(body)), headers);
    }

    private static Answer send(HttpRequest.Builder request, String... headers) throws Exception {
        if (headers.length > 0) {
            request.headers(headers);
        }
        return new Answer(CLIENT.send(request.timeout(Duration.ofSeconds(60)).build(), BodyHandlers.ofByteArray()));
    }

    Optional<String> metric(String line) throws Exception {
        return get("/metrics")
                .text()
                .lines()
                .filter(found -> found.startsWith(line + " "))
                .map(found -> found.substring(line.length() + 1))
                .findFirst();
    }

    /** Tells which file's model it is that answers by this name; empty if none does. */
    String hash(String model) throws Exception {
        for (JsonNode served : get("/api/models").json().path("models")) {
            if (served.path("name").asString().equals(model)) {
                return served.path("content_sha256").asString();
            }
        }
        return "";
    }

    /** Waits until something is so, which a look at the models' folder brings about. */
    static void await(String what, Condition condition) throws Exception {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("still not so after 20 s: " + what);
            }
            Thread.sleep(10);
        }
    }

    interface Condition {
        boolean holds() throws Exception;
    }

    @Override
    public void close() {
        server.close();
    }
}
