package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Scores;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Requests as Triton's and KServe's Python clients put them on the wire, answered as these clients read them. */
class RecordedClientsTest {
    @TempDir
    static Path folder;

    private static Running running;
    private static Scores expected;

    @BeforeAll
    static void start() throws Exception {
        running = Running.with(folder, "tiny");
        try (Classifier classifier = Classifier.open(Running.shipped("tiny"), 1)) {
            expected = classifier.score(TestImages.pixels(1), 1);
        }
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    /** tritonclient.http: binary input, no outputs named and so all wanted as bytes, no Content-Type. */
    @Test
    void tritonWithItsDefaults() throws Exception {
        String json = "{\"inputs\":[{\"name\":\"images\",\"shape\":[1,28,28],\"datatype\":\"UINT8\","
                + "\"parameters\":{\"binary_data_size\":784}}],\"parameters\":{\"binary_data_output\":true}}";

        RawClient.Answer answer = ask(
                "POST /v2/models/tiny/infer HTTP/1.1\r\nHost: localhost:8000\r\nContent-Length: "
                        + (json.length() + 784)
                        + "\r\nInference-Header-Content-Length: " + json.length() + "\r\n\r\n",
                json,
                TestImages.pixels(1));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        int length = Integer.parseInt(answer.header("Inference-Header-Content-Length"));
        JsonNode outputs = Json.MAPPER.readTree(answer.body(), 0, length).path("outputs");
        int offset = length; // as the client does: each output's bytes follow those of the one before
        for (JsonNode output : outputs) {
            int size = output.path("parameters").path("binary_data_size").intValue();
            assertThat(size)
                    .isEqualTo(4
                            * output.path("shape").get(0).intValue()
                            * output.path("shape").get(1).intValue());
            assertThat(output.path("datatype").stringValue()).isEqualTo("FP32");
            if (output.path("name").stringValue().equals("probabilities")) {
                assertThat(Infer.floats(answer.body(), offset, 10)).isEqualTo(expected.probabilities());
            }
            offset += size;
        }
        assertThat(offset).isEqualTo(answer.body().length);
    }

    /** tritonclient.http with an id, a named output, sequence and priority parameters, and both ways packed. */
    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void tritonWithEverything(String coding) throws Exception {
        String json = "{\"id\":\"42\",\"inputs\":[{\"name\":\"images\",\"shape\":[1,28,28],\"datatype\":\"UINT8\","
                + "\"parameters\":{\"binary_data_size\":784}}],\"outputs\":[{\"name\":\"probabilities\","
                + "\"parameters\":{\"binary_data\":true}}],\"parameters\":{\"sequence_id\":7,\"sequence_start\":true,"
                + "\"sequence_end\":false,\"priority\":1,\"timeout\":5000000}}";
        byte[] packed = ProtocolTest.packed(Infer.body(json, TestImages.pixels(1)), coding);

        RawClient.Answer answer = ask(
                "POST /v2/models/tiny/versions/1/infer HTTP/1.1\r\nHost: localhost:8000\r\nContent-Encoding: " + coding
                        + "\r\nAccept-Encoding: " + coding + "\r\nContent-Length: " + packed.length
                        + "\r\nInference-Header-Content-Length: " + json.length() + "\r\n\r\n",
                "",
                packed);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Encoding")).isEmpty(); // too short to be worth it
        int length = Integer.parseInt(answer.header("Inference-Header-Content-Length"));
        assertThat(new String(answer.body(), 0, length, StandardCharsets.UTF_8))
                .isEqualTo("{\"model_name\":\"tiny\",\"model_version\":\"1\",\"id\":\"42\",\"outputs\":["
                        + "{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[1,10],"
                        + "\"parameters\":{\"binary_data_size\":40}}]}");
        assertThat(Infer.floats(answer.body(), length, 10)).isEqualTo(expected.probabilities());
    }

    /** kserve.InferenceRESTClient: JSON, a random id, the model's name in the body, parameters that are null. */
    @Test
    void kserveWithJson() throws Exception {
        String json = Infer.json(
                TestImages.pixels(1),
                1,
                ",\"id\":\"0c1f7e0e-96a2-4a3b-9d0e-1b6d3f7c5a11\",\"model_name\":\"tiny\",\"parameters\":null");

        RawClient.Answer answer = ask(
                "POST /v2/models/tiny/infer HTTP/1.1\r\nHost: localhost:8080\r\nAccept: */*\r\n"
                        + "Accept-Encoding: gzip, deflate\r\nConnection: keep-alive\r\nUser-Agent: python-httpx/0.27.2\r\n"
                        + "content-type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n",
                json,
                new byte[0]);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json"); // compared to the letter
        byte[] body = answer.header("Content-Encoding").equals("gzip")
                ? new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes()
                : answer.body();
        JsonNode read = Json.MAPPER.readTree(body);
        assertThat(read.path("id").stringValue()).isEqualTo("0c1f7e0e-96a2-4a3b-9d0e-1b6d3f7c5a11");
        assertThat(read.path("outputs").get(0).path("data")).hasSize(10);
    }

    /** The same client with binary tensors: lower-case headers, octet-stream. */
    @Test
    void kserveWithBytes() throws Exception {
        String json = "{\"id\":\"a\",\"model_name\":\"tiny\",\"inputs\":[{\"name\":\"images\",\"shape\":[1,28,28],"
                + "\"datatype\":\"UINT8\",\"parameters\":{\"binary_data_size\":784}}],"
                + "\"outputs\":[{\"name\":\"logits\",\"parameters\":{\"binary_data\":true}}]}";

        RawClient.Answer answer = ask(
                "POST /v2/models/tiny/infer HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/octet-stream\r\n"
                        + "inference-header-content-length: " + json.length() + "\r\ncontent-length: "
                        + (json.length() + 784) + "\r\n\r\n",
                json,
                TestImages.pixels(1));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("content-type")).isEqualTo("application/octet-stream");
        int length = Integer.parseInt(answer.header("inference-header-content-length"));
        assertThat(Infer.floats(answer.body(), length, 10)).isEqualTo(expected.logits());
    }

    private static RawClient.Answer ask(String head, String json, byte[] rest) throws Exception {
        try (RawClient client = new RawClient(running.server.port())) {
            client.send(head);
            client.send(Infer.body(json, rest));
            return client.read();
        }
    }
}
