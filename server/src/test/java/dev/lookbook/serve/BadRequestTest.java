package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is wrong with a request, the answer is a status from 400 to 499 (or 501) and a sentence that helps. */
@Timeout(60)
class BadRequestTest {
    private static final String INFER = "/v2/models/tiny/infer";

    @TempDir
    static Path folder;

    private static Running running;

    @BeforeAll
    static void start() throws Exception {
        running = Running.with(folder, "tiny");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    /** Nothing stays behind: no body in memory, no request pending, and the next one is answered. */
    @AfterEach
    void theServerIsAsBefore() throws Exception {
        for (String gauge :
                new String[] {"lookbook_body_bytes", "lookbook_pending_requests", "lookbook_pending_explanations"}) {
            // A thread that has given its answer still counts for a moment.
            Running.await(gauge + " is 0", () -> running.metric(gauge).equals(Optional.of("0.0")));
        }
        assertThat(running.post("/api/classify", TestImages.png(0)).status()).isEqualTo(200);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            no JSON at all         | 400 | hello                                    | the request is not JSON at byte
            nothing                | 400 | ^^                                       | the request has no JSON
            an array               | 400 | []                                       | the request must be a JSON object, but is an array
            no inputs              | 400 | {}                                       | the request must have one input, named images, but has 0
            inputs are a text      | 400 | {"inputs":"images"}                      | inputs must be an array, but is images
            an input is a number   | 400 | {"inputs":[7]}                           | an input must be a JSON object, but is 7
            an input without name  | 400 | {"inputs":[{}]}                          | an input has no name
            another input          | 400 | {"inputs":[{"name":"pixels"}]}           | unexpected input 'pixels'. The model's one input is images
            two keys alike         | 400 | {"id":"a","id":"b"}                      | the request is not JSON at byte
            half a request         | 400 | {"inputs":[                              | the request is not JSON at byte
            something behind       | 400 | {} {}                                    | there is something behind the request's JSON
            no datatype            | 400 | {"inputs":[{"name":"images"}]}           | input images has datatype null, but the model wants UINT8
            the id is a number     | 400 | {"id":7}                                 | id must be a text, but is 7
            shared memory          | 501 | {"inputs":[{"name":"images","parameters":{"shared_memory_region":"r"}}]} | shared memory is not supported
            classification         | 501 | {"outputs":[{"name":"logits","parameters":{"classification":3}}]}        | the classification extension is not supported
            a yes that is a number | 400 | {"parameters":{"binary_data_output":1}}  | binary_data_output must be true or false, but is 1
            """)
    void requestsThatMakeNoSense(String name, int status, String body, String message) throws Exception {
        expect(running.post(INFER, body == null ? "" : body), status, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            [1,28]                         | 400 | has shape [1, 28], but the model wants [-1, 28, 28]
            [1,28,28,1]                    | 400 | has shape [1, 28, 28, 1], but the model wants
            [1,32,32]                      | 400 | has shape [1, 32, 32], but the model wants
            [0,28,28]                      | 400 | has shape [0, 28, 28], but the model wants
            [-1,28,28]                     | 400 | must not be negative, but is -1
            [1.5,28,28]                    | 400 | must be a whole number below 10^17, but is 1.5
            ["1",28,28]                    | 400 | must be a whole number below 10^17, but is 1
            [2,28,28]                      | 400 | which is 1568 values, but 784 came
            [65,28,28]                     | 413 | has 65 images, but at most 64 are taken at once
            [99999999999999999,28,28]      | 413 | at most 64 are taken at once
            [9223372036854775807,28,28]    | 400 | must be a whole number below 10^17
            99                             | 400 | shape must be an array of whole numbers, but is 99
            []                             | 400 | has shape [], but the model wants
            [1,1,1,1,1,1,1,1,1]            | 400 | shape has more than 8 dimensions
            """)
    void wrongShapes(String shape, int status, String message) throws Exception {
        String request = Infer.json(TestImages.pixels(1), 1, "").replace("[1,28,28]", shape);

        expect(running.post(INFER, request), status, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            NaN             | the request is not JSON
            "a"             | element 2 of data is a, not a whole number from 0 to 255
            256             | element 2 of data is 256, not a whole number
            -1              | element 2 of data is -1, not a whole number
            0.5             | element 2 of data is 0.5, not a whole number
            1e99            | element 2 of data is 1e99, not a whole number
            null            | element 2 of data is null, not a whole number
            {}              | element 2 of data is
            99999999999999  | element 2 of data is 99999999999999, not a whole number
            [1]             | data mixes numbers and arrays at one depth
            """)
    void wrongNumbers(String number, String message) throws Exception {
        String request = Infer.json(TestImages.pixels(1), 1, "").replace("\"data\":[0,0,0", "\"data\":[0,0," + number);

        expect(running.post(INFER, request), 400, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            [[1,2],[3]]                | data is ragged: arrays at depth 2 have 2 and 1 elements
            [[[1,2],[3,4]]]            | data of images is nested as [1, 2, 2], but its shape is [1, 28, 28]
            [[[[[[[[[1]]]]]]]]]        | data is nested more than 8 arrays deep
            []                         | which is 784 values, but 0 came
            7                          | data must be an array of numbers
            {"a":1}                    | data must be an array of numbers
            """)
    void wrongNesting(String data, String message) throws Exception {
        String request =
                "{\"inputs\":[{\"name\":\"images\",\"shape\":[1,28,28],\"datatype\":\"UINT8\",\"data\":" + data + "}]}";

        expect(running.post(INFER, request), 400, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FP32", "INT64", "BYTES", "uint8", "HORSE"})
    void otherDatatypes(String datatype) throws Exception {
        String request = Infer.json(TestImages.pixels(1), 1, "").replace("UINT8", datatype);

        expect(running.post(INFER, request), 400, "has datatype " + datatype + ", but the model wants UINT8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            783                  | binary_data_size of images is 783, but 784 bytes follow the JSON
            785                  | binary_data_size of images is 785, but 784 bytes follow the JSON
            -784                 | binary_data_size must not be negative
            4294968080           | binary_data_size of images is 4294968080, but 784
            "784"                | binary_data_size must be a whole number
            784.0                | binary_data_size must be a whole number
            """)
    void wrongBinarySizes(String size, String message) throws Exception {
        String json = Infer.binaryHeader(1, "").replace(":784", ":" + size);

        expect(
                running.post(
                        INFER,
                        Infer.body(json, TestImages.pixels(1)),
                        Infer.JSON_LENGTH,
                        String.valueOf(json.length())),
                400,
                message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "99999", "x", "2147483648", "1e3", "0x10"})
    void wrongJsonLengths(String length) throws Exception {
        byte[] body = Infer.body(Infer.binaryHeader(1, ""), TestImages.pixels(1));

        expect(running.post(INFER, body, Infer.JSON_LENGTH, length), 400, "must be the length of the JSON");
    }

    @Test
    void tensorsBehindTheJsonWithoutTheHeader() throws Exception {
        byte[] body = Infer.body(Infer.binaryHeader(1, ""), TestImages.pixels(1));

        expect(running.post(INFER, body), 400, "header Inference-Header-Content-Length");
    }

    @Test
    void anOutputThatTheModelDoesNotHave() throws Exception {
        expect(
                running.post(INFER, Infer.json(TestImages.pixels(1), 1, ",\"outputs\":[{\"name\":\"mood\"}]")),
                400,
                "unexpected output 'mood'. The model has probabilities, logits, embedding");
    }

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

    @ParameterizedTest
    @ValueSource(strings = {"/api/classify", "/api/explain"})
    void picturesThatAreNone(String path) throws Exception {
        byte[] html = "<html><body>404</body></html>".getBytes(StandardCharsets.US_ASCII);
        byte[] noise = new byte[5000];
        new Random(1).nextBytes(noise);

        expect(running.post(path, html, "Content-Type", "image/png"), 400, "picture: this is not a picture");
        expect(running.post(path, noise), 400, "picture: this is not a picture");
        expect(running.post(path, new byte[0]), 400, "picture: the file is empty");
        expect(
                running.post(path, Arrays.copyOf(TestImages.png(0), 100)),
                400,
                "picture: the picture is cut off or damaged");
        expect(running.post(path + "?model=nope", TestImages.png(0)), 404, "there is no model 'nope'");
        expect(running.post(path, new byte[(4 << 20) + 1]), 413, "the body has more than 4194304 bytes");
    }

    @Test
    void morePicturesToExplainThanOne() throws Exception {
        byte[] form = PicturesTest.form("a.png", TestImages.png(0), "b.png", TestImages.png(1));

        expect(
                running.post("/api/explain", form, "Content-Type", "multipart/form-data; boundary=seam"),
                400,
                "one picture is explained at a time, but the form has 2");
    }

    @ParameterizedTest
    @CsvSource({"100000, 100000", "2147483647, 2147483647", "1001, 1000"})
    void picturesWithTooManyPixelsAreRefusedUnseen(int width, int height) throws Exception {
        for (String path : new String[] {"/api/classify", "/api/explain"}) {
            expect(
                    running.post(path, pngThatClaims(width, height)),
                    413,
                    "picture: " + width + " x " + height + " pixels are more than the 1 million that are read");
        }
    }

    private static byte[] pngThatClaims(int width, int height) {
        byte[] header = ByteBuffer.allocate(17)
                .put("IHDR".getBytes(StandardCharsets.US_ASCII))
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 0, 0, 0, 0})
                .array();
        CRC32 sum = new CRC32();
        sum.update(header);
        byte[] real = TestImages.png(0);
        return ByteBuffer.allocate(real.length)
                .put(real, 0, 12)
                .put(header)
                .putInt((int) sum.getValue())
                .put(real, 33, real.length - 33)
                .array();
    }

    @Test
    void formsThatAreBroken() throws Exception {
        byte[] form = PicturesTest.form("a.png", TestImages.png(0));
        String type = "multipart/form-data; boundary=seam";

        expect(
                running.post("/api/classify", Arrays.copyOf(form, form.length - 30), "Content-Type", type),
                400,
                "the form is broken or cut off");
        expect(running.post("/api/classify", form, "Content-Type", "multipart/form-data"), 400, "names no boundary");
        expect(running.post("/api/classify", form, "Content-Type", type + "x"), 400, "the form is broken or cut off");
        expect(
                running.post("/api/classify", "--seam--\r\n", "Content-Type", type),
                400,
                "the form has no file. Send pictures like curl -F picture=@shirt.jpg");
        expect(
                running.post("/api/classify", form, "Content-Type", "multipart/mixed; boundary=seam"),
                415,
                "Send a picture, or multipart/form-data");
    }

    @Test
    void formsWithTooManyFiles() throws Exception {
        Object[] parts = new Object[2 * 65];
        for (int i = 0; i < parts.length; i += 2) {
            parts[i] = "a.png";
            parts[i + 1] = TestImages.png(0);
        }

        expect(
                running.post(
                        "/api/classify",
                        PicturesTest.form(parts),
                        "Content-Type",
                        "multipart/form-data; boundary=seam"),
                413,
                "the form has more than 64 files");
    }

    @Test
    void formsOfNothingButEmptyParts() throws Exception {
        String form = "--seam\r\n\r\n\r\n".repeat(200_000) + "--seam--\r\n";

        expect(
                running.post("/api/classify", form, "Content-Type", "multipart/form-data; boundary=seam"),
                413,
                "the form has more than 80 parts. Send them in several requests");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"a\\", "\"a\\\"", "\"", "\"a"})
    void boundariesThatAreHalfQuoted(String boundary) throws Exception {
        try (RawClient client = new RawClient(running.server.port())) {
            client.send("POST /api/classify HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
                    + "Content-Type: multipart/form-data; boundary=" + boundary + "\r\n\r\n--a--\r\n\r\n");

            RawClient.Answer answer = client.read();

            assertThat(answer.status()).as(answer.text()).isEqualTo(400);
        }
    }

    @Test
    void anOutputThatIsWantedManyTimes() throws Exception {
        expect(
                running.post(
                        INFER,
                        Infer.json(
                                TestImages.pixels(1), 1, ",\"outputs\":[{\"name\":\"logits\"},{\"name\":\"logits\"}]")),
                400,
                "output 'logits' is asked for twice. Ask once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{NAMES}", "{\"other\":[{\"inner\":{NAMES}}]}", "{\"parameters\":{NAMES}}"})
    void moreNamesInTheJsonThanMakeSense(String json) throws Exception {
        String names =
                IntStream.range(0, 1001).mapToObj(i -> "\"n" + i + "\":0").collect(Collectors.joining(","));

        expect(running.post(INFER, json.replace("NAMES", names)), 400, "the request's JSON has more than 1000 names");
    }

    @Test
    void namesAmongTheNumbers() throws Exception {
        String request = Infer.json(TestImages.pixels(1), 1, "").replace("\"data\":[0,0", "\"data\":[0,{\"a\":1}");

        expect(running.post(INFER, request), 400, "element 1 of data is an object");
    }

    @Test
    void aNameOrATextWithoutEnd() throws Exception {
        expect(running.post(INFER, "{\"" + "n".repeat(50_000) + "\":1}"), 400, "");
        expect(running.post(INFER, "{\"id\":\"" + "n".repeat(1 << 20) + "\"}"), 400, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v2/repository/index", "/v2/repository/models/tiny/load", "/v2/repository/models/tiny/unload"})
    void moreOptionsThanMakeSense(String path) throws Exception {
        String options = "{\"a\":[" + "0,".repeat(40_000) + "0]}";

        expect(running.post(path, options), 413, "the body has more than 65536 bytes");
    }

    /** A hundred bytes of a file can have the decoder go over all pixels once more. */
    @Test
    void jpegsThatAreGoneOverWithoutEnd() throws Exception {
        byte[] jpeg = ScannedJpeg.withScans(150);
        assertThat(jpeg).hasSizeLessThan(100_000);

        expect(running.post("/api/classify", jpeg), 400, "this JPEG goes over its pixels 1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v2/models/../../../etc/passwd",
                "/v2/models/..%2F..%2Fetc%2Fpasswd",
                "/v2/models/%2e%2e/%2e%2e/secret",
                "/v2/models/..\\..\\secret",
                "/v2/models/%00",
                "/v2/models/tiny;a=b/../x",
                "/v2/models/tiny.onnx",
                "/v2/models//etc/passwd",
                "/v2/models/%c0%ae%c0%ae",
                "/v2/models/%zz",
                "/../models/tiny.md",
                "/models/tiny.onnx"
            })
    void pathsThatLeadOutOfTheFolder(String path) throws Exception {
        try (RawClient client = new RawClient(running.server.port())) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

            RawClient.Answer answer = client.read();

            assertThat(answer.status()).as(answer.text()).isBetween(400, 404);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(Json.MAPPER.readTree(answer.body()).path("error").asString())
                    .isNotBlank();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET\r\n\r\n",
                "HELLO\r\n\r\n",
                "GET / HTTP/9.9\r\n\r\n",
                "GET / HTTP/1.1\r\n\r\n",
                "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
                "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: -5\r\n\r\n",
                "\u0016\u0003\u0001\u0002\u0000\u0001\r\n\r\n"
            })
    void whatIsNoHttp(String sent) throws Exception {
        try (RawClient client = new RawClient(running.server.port())) {
            client.send(sent);
            client.finish();

            RawClient.Answer answer = client.read();

            assertThat(answer).isNotNull();
            assertThat(answer.status()).isIn(400, 404, 405, 501, 505);
        }
    }

    @Test
    void headersThatAreTooLong() throws Exception {
        expect(running.get("/v2", "X-Long", "x".repeat(20_000)), 431, "");
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

    private static void expect(Running.Answer answer, int status, String message) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.error()).isNotBlank().contains(message).doesNotContain("\n");
        assertThat(answer.error()).doesNotContain(folder.toString()).doesNotContain("Exception");
    }
}
