package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Valid requests, damaged at random: no answer is 500, each comes in time, and nothing is left behind. */
class MutationTest {
    private static final int SLOWEST_MILLIS = 5_000;
    private static final int NO_ANSWER = 0;
    private static final int SPARE = 40; // threads that load brings and idleness takes away, and what they hold
    private static final String[] DICTIONARY = {
        "\"",
        "\\",
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "null",
        "true",
        "-1",
        "1e309",
        "99999999999999999999",
        "NaN",
        "\\u0000",
        "\u0000",
        "\r\n",
        "\r\n\r\n",
        "--seam",
        "--seam--",
        "images",
        "UINT8",
        "binary_data_size",
        "gzip",
        "%2e%2e/",
        "../",
        "chunked"
    };

    @TempDir
    Path folder;

    @Test
    void twoThousandMutationsFindNoServerError() throws Exception {
        mutate(2_000, 20);
    }

    @Test
    @Tag("slow")
    void aHundredThousandMutationsFindNoServerErrorAndNoLeak() throws Exception {
        mutate(100_000, 21);
    }

    private void mutate(int count, long seed) throws Exception {
        Limits limits = new Limits(2, 16, 1 << 20, 1_000_000, 64, Duration.ofMillis(300), Duration.ofSeconds(5));
        Random random = new Random(seed);
        Map<Integer, Integer> statuses = new TreeMap<>();
        try (Running running = Running.with(folder, limits, Access.local(0), "tiny", "mlp")) {
            List<byte[]> requests = validRequests();
            for (byte[] request : requests) {
                assertThat(answer(running, request)).as(text(request)).isEqualTo(200);
            }
            List<Path> files = files();
            int models = running.server.openModels();
            long usedBefore = 0;
            int threadsBefore = 0;
            long descriptorsBefore = 0;
            for (int i = 0; i < count; i++) {
                if (i == count / 4) {
                    usedBefore = usedHeap(); // by now everything is loaded
                    threadsBefore = threads();
                    descriptorsBefore = openDescriptors();
                }
                byte[] request = mutated(requests.get(random.nextInt(requests.size())), random);
                long start = System.nanoTime();
                int status = answer(running, request);
                long millis = (System.nanoTime() - start) / 1_000_000;
                statuses.merge(status, 1, Integer::sum);
                boolean isUnanswered = status == NO_ANSWER && !endsWithinItsHead(request);
                assertThat(status == 500 || isUnanswered || millis > SLOWEST_MILLIS)
                        .as(
                                "mutation %d of seed %d: status %d after %d ms:%n%s",
                                i, seed, status, millis, text(request))
                        .isFalse();
            }

            System.out.println(
                    count + " mutations of seed " + seed + ": " + statuses + " (0: ends within its head, no answer)");
            for (String gauge :
                    new String[] {"lookbook_body_bytes", "lookbook_pending_requests", "lookbook_pending_explanations"
                    }) {
                Running.await(gauge + " is 0", () -> running.metric(gauge).equals(Optional.of("0.0")));
            }
            assertThat(usedHeap() - usedBefore)
                    .as("bytes of heap more than before")
                    .isLessThan(20 << 20);
            assertThat(threads() - threadsBefore).as("threads more than before").isLessThan(SPARE);
            assertThat(openDescriptors() - descriptorsBefore)
                    .as("files and connections open more than before")
                    .isLessThan(SPARE);
            assertThat(running.server.openModels()).isEqualTo(models);
            assertThat(files()).isEqualTo(files);
            assertThat(answer(running, requests.get(0))).isEqualTo(200);
        }
    }

    private static List<byte[]> validRequests() throws Exception {
        String binary = Infer.binaryHeader(1, ",\"parameters\":{\"binary_data_output\":true}");
        byte[] packed =
                ProtocolTest.packed(Infer.json(TestImages.pixels(1), 1, "").getBytes(StandardCharsets.UTF_8), "gzip");
        List<byte[]> requests = new ArrayList<>();
        requests.add(request("/api/classify", "", TestImages.png(0)));
        requests.add(request(
                "/api/classify?prepared=true",
                "Content-Type: multipart/form-data; boundary=seam\r\n",
                PicturesTest.form("a.png", TestImages.png(0), "b.png", TestImages.png(1))));
        requests.add(request(
                "/api/classify",
                "Content-Type: multipart/form-data; boundary=\"seam\"\r\n",
                joined(
                        Infer.body(
                                "--seam\r\nContent-Disposition: form-data; name=\"p\"; filename*=UTF-8''a%20b.png\r\n\r\n",
                                TestImages.png(0)),
                        "\r\n--seam--\r\n".getBytes(StandardCharsets.US_ASCII))));
        requests.add(request("/api/explain?model=mlp", "", TestImages.png(0))); // the one that takes least time
        requests.add(request(
                "/v2/models/tiny/infer",
                "",
                Infer.json(TestImages.pixels(1), 1, ",\"id\":\"7\"").getBytes(StandardCharsets.UTF_8)));
        requests.add(request(
                "/v2/models/tiny/versions/1/infer",
                Infer.JSON_LENGTH + ": " + binary.length() + "\r\n",
                Infer.body(binary, TestImages.pixels(1))));
        requests.add(request("/v2/models/tiny/infer", "Content-Encoding: gzip\r\n", packed));
        requests.add(request("/v2/repository/index", "", "{\"ready\":true}".getBytes(StandardCharsets.UTF_8)));
        requests.add(
                "GET /api/models/tiny/weights?layer=head&channel=3 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                        .getBytes(StandardCharsets.US_ASCII));
        requests.add("GET /api/runs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        requests.add("GET /v2/models/tiny HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII));
        return requests;
    }

    private static byte[] request(String path, String headers, byte[] body) {
        return Infer.body(
                "POST " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + headers + "Content-Length: "
                        + body.length + "\r\n\r\n",
                body);
    }

    /** One to four changes: bytes flipped, cut out, doubled, overwritten, or words put in that mean something. */
    private static byte[] mutated(byte[] request, Random random) {
        byte[] bytes = request.clone();
        for (int change = random.nextInt(4); change >= 0; change--) {
            int at = random.nextInt(bytes.length);
            int length = Math.min(bytes.length - at, 1 + random.nextInt(random.nextInt(10) == 0 ? 500 : 8));
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 ->
                    bytes = joined(Arrays.copyOf(bytes, at), Arrays.copyOfRange(bytes, at + length, bytes.length));
                case 3 ->
                    bytes = joined(Arrays.copyOf(bytes, at + length), Arrays.copyOfRange(bytes, at, bytes.length));
                default -> {
                    byte[] word = DICTIONARY[random.nextInt(DICTIONARY.length)].getBytes(StandardCharsets.ISO_8859_1);
                    bytes = joined(joined(Arrays.copyOf(bytes, at), word), Arrays.copyOfRange(bytes, at, bytes.length));
                }
            }
            if (bytes.length == 0) {
                return new byte[] {'\n'};
            }
        }
        return bytes;
    }

    private static byte[] joined(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    /** The status; {@link #NO_ANSWER} if the connection was closed without one. */
    private static int answer(Running running, byte[] request) throws IOException {
        try (RawClient client = new RawClient(running.server.port())) {
            try {
                client.send(request);
                client.finish();
            } catch (SocketException e) {
                // Refused and closed while we still sent: the answer is there all the same.
            }
            RawClient.Answer answer = client.read();
            return answer == null ? NO_ANSWER : answer.status();
        } catch (SocketException e) {
            return NO_ANSWER;
        }
    }

    /** Who stops in the middle of the headers deserves no answer. */
    private static boolean endsWithinItsHead(byte[] request) {
        String text = text(request).replaceFirst("^[\\r\\n]+", ""); // empty lines before a request do not count
        return !text.contains("\n\r\n") && !text.contains("\n\n");
    }

    private static int threads() {
        return ManagementFactory.getThreadMXBean().getThreadCount();
    }

    /** 0 where the system does not tell. */
    private static long openDescriptors() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : 0;
    }

    private static long usedHeap() throws InterruptedException {
        Runtime runtime = Runtime.getRuntime();
        for (int i = 0; i < 3; i++) {
            System.gc();
            Thread.sleep(50);
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** What lies in the folder of the models and around it: no request writes a file. */
    private List<Path> files() throws IOException {
        try (var files = Files.walk(folder)) {
            return files.sorted().toList();
        }
    }

    private static String text(byte[] request) {
        return new String(request, StandardCharsets.ISO_8859_1);
    }
}
