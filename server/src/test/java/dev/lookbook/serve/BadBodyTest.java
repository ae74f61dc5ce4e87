package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are too long, break off, or are not packed as they say. */
class BadBodyTest extends BadRequests {
    private static final String INFER = "/v2/models/tiny/infer";

    @Test
    void bodiesThatMemoryIsTooSmallForAreRefusedAtTheStart() {
        int large = (int) Math.min(1 << 30, Limits.memoryForBodies());
        assumeTrue(large < 1 << 30, "this Java has more memory than any body may take");
        Limits limits = new Limits(1, 1, large, 1, 1, Duration.ofSeconds(1), Duration.ofSeconds(1));

        assertThatThrownBy(() -> new ServeSettings(
                        folder, folder, Running.DEFAULT, Duration.ofSeconds(1), Access.local(0), limits, "1.2.3"))
                .hasMessageContaining("the largest body must be less than a quarter of Java's heap")
                .hasMessageContaining("--max-body");
    }

    @Test
    void bodiesThatAreTooLong() throws Exception {
        byte[] body = new byte[(4 << 20) + 1];

        expect(running.post("/api/classify", body), 413, "the body has more than 4194304 bytes");
    }

    @Test
    void bodiesInChunksThatAreTooLong() throws Exception {
        try (RawClient client = new RawClient(running.server.port())) {
            client.send("POST /api/classify HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n");
            byte[] chunk = new byte[1 << 20];
            try {
                for (int i = 0; i < 5; i++) {
                    client.send("100000\r\n");
                    client.send(chunk);
                    client.send("\r\n");
                }
            } catch (IOException e) {
                // The server need not read to the end.
            }

            RawClient.Answer answer = client.read();

            assertThat(answer.status()).isEqualTo(413);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void bombsAreDroppedAtTheFirstByteTooMany(String coding) throws Exception {
        byte[] bomb = ProtocolTest.packed(new byte[200 << 20], coding);
        assertThat(bomb).hasSizeLessThan(1 << 20);

        expect(
                running.post("/api/classify", bomb, "Content-Encoding", coding),
                413,
                "the body has more than 4194304 bytes, as sent or unpacked");
    }

    @ParameterizedTest
    @CsvSource({"gzip, 400", "deflate, 400", "br, 415", "'gzip, gzip', 415"})
    void codingsThatLie(String coding, int status) throws Exception {
        expect(running.post(INFER, "{\"inputs\":[]}", "Content-Encoding", coding), status, "");
    }

    @Test
    void gzipThatIsCutOffOrHasAWrongChecksum() throws Exception {
        byte[] packed = ProtocolTest.packed(TestImages.pixels(1), "gzip");
        byte[] flipped = packed.clone();
        flipped[packed.length - 6] ^= 1; // in the checksum

        expect(
                running.post(INFER, Arrays.copyOf(packed, packed.length / 2), "Content-Encoding", "gzip"),
                400,
                "the body is not gzip as Content-Encoding says, or is cut off");
        expect(running.post(INFER, flipped, "Content-Encoding", "gzip"), 400, "the body is not gzip");
    }

    @Test
    void aBodyThatBreaksOff() throws Exception {
        try (RawClient client = new RawClient(running.server.port())) {
            client.send("POST /api/classify HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nhalf");
            client.finish();

            RawClient.Answer answer = client.read();

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.text()).contains("the body breaks off after 4 bytes");
        }
    }

    /** By its head alone, while the body is still under way. */
    @ParameterizedTest(name = "{0} {1}, Content-Encoding {2}")
    @CsvSource({
        "POST, /api/classify,          br,       415",
        "POST, /v2/repository/index,   br,       415",
        "POST, /v2/models/nope/infer,  identity, 404",
        "POST, /nowhere,               identity, 404",
        "PUT,  /api/classify,          identity, 405"
    })
    void whoIsRefusedReadsWhyAndMayAskAgainOnTheSameConnection(String method, String path, String coding, int status)
            throws Exception {
        byte[] half = new byte[50_000];
        try (RawClient client = new RawClient(running.server.port())) {
            client.send(method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: " + coding
                    + "\r\nContent-Length: " + 2 * half.length + "\r\n\r\n");
            client.send(half);
            Thread.sleep(100);
            client.send(half);

            RawClient.Answer answer = client.read();
            client.send("GET /v2 HTTP/1.1\r\nHost: localhost\r\n\r\n");

            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.header("Connection")).isEmpty();
            assertThat(client.read().status()).isEqualTo(200);
        }
    }

    @ParameterizedTest(name = "{0} bytes announced")
    @ValueSource(ints = {1000, 1_000_000_000})
    void aRefusedBodyThatDoesNotComeEndsTheConnectionAndTheAnswerSaysSo(int announced) throws Exception {
        try (RawClient client = new RawClient(running.server.port())) {
            client.send("POST /api/classify HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: br\r\nContent-Length: "
                    + announced + "\r\n\r\nx");

            RawClient.Answer answer = client.read();

            assertThat(answer.status()).isEqualTo(415);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(client.readHead()).isNull();
        }
    }

    @Test
    void nobodyIsAskedForABodyThatIsRefusedAnyway() throws Exception {
        try (RawClient client = new RawClient(running.server.port())) {
            client.send("POST /api/classify HTTP/1.1\r\nHost: localhost\r\nContent-Encoding: br\r\n"
                    + "Expect: 100-continue\r\nContent-Length: 1000\r\n\r\n");

            assertThat(client.readHead().status()).isEqualTo(415); // and not 100
        }
    }
}
