package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Scores;
import dev.lookbook.dataset.FashionMnist;
import dev.lookbook.model.Graph;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import dev.lookbook.model.RelativeDistance;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.InflaterInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ProtocolTest {
    private static final int COUNT = 20;

    @TempDir
    static Path folder;

    private static Running running;
    private static Scores expected;

    @BeforeAll
    static void start() throws Exception {
        Path models = Files.createDirectories(folder.resolve("models"));
        Files.copy(Running.shipped("mlp"), models.resolve("tiny@9.onnx"));
        Files.copy(Running.shipped("mlp"), models.resolve("tiny@10.onnx"));
        Files.copy(Running.shipped("mlp"), models.resolve("our model & more.onnx"));
        running = Running.with(folder, "tiny");
        try (Classifier classifier = Classifier.open(Running.shipped("tiny"), 1)) {
            expected = classifier.score(TestImages.pixels(COUNT), COUNT);
        }
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v2", "/v2/"})
    void theServerTellsItsNameVersionAndExtensions(String path) throws Exception {
        Running.Answer answer = running.get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().path("name").asString()).isEqualTo("lookbook");
        assertThat(answer.json().path("version").asString()).isEqualTo("1.2.3");
        assertThat(answer.json().path("extensions").toString()).contains("\"binary_tensor_data\"");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /v2/health/live                    | {"live":true}
            /v2/health/ready                   | {"ready":true}
            /v2/models/tiny/ready              | {"name":"tiny","ready":true}
            /v2/models/tiny/versions/9/ready   | {"name":"tiny","ready":true}
            """)
    void healthIsTold(String path, String body) throws Exception {
        Running.Answer answer = running.get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEqualTo(body);
    }

    @Test
    void aModelTellsItsTensorsAndVersionsFromOldToNew() throws Exception {
        Running.Answer answer = running.get("/v2/models/tiny");

        assertThat(answer.text())
                .isEqualTo("{\"name\":\"tiny\",\"versions\":[\"1\",\"9\",\"10\"],\"platform\":\"onnxruntime_onnx\","
                        + "\"inputs\":[{\"name\":\"images\",\"datatype\":\"UINT8\",\"shape\":[-1,28,28]}],"
                        + "\"outputs\":[{\"name\":\"probabilities\",\"datatype\":\"FP32\",\"shape\":[-1,10]},"
                        + "{\"name\":\"logits\",\"datatype\":\"FP32\",\"shape\":[-1,10]},"
                        + "{\"name\":\"embedding\",\"datatype\":\"FP32\",\"shape\":[-1,128]},"
                        + "{\"name\":\"unfamiliarity\",\"datatype\":\"FP32\",\"shape\":[-1,1]}]}");
    }

    @Test
    void withoutAVersionTheNewestAnswers() throws Exception {
        String request = Infer.json(TestImages.pixels(1), 1, "");

        assertThat(version(running.post("/v2/models/tiny/infer", request))).isEqualTo("10");
        assertThat(version(running.post("/v2/models/tiny/versions/9/infer", request)))
                .isEqualTo("9");
        assertThat(version(running.post("/v2/models/tiny/versions/1/infer", request)))
                .isEqualTo("1");
    }

    private static String version(Running.Answer answer) {
        return answer.json().path("model_version").asString();
    }

    @Test
    void jsonInAndOutGivesTheBitsOfTheClassifier() throws Exception {
        String request = Infer.json(TestImages.pixels(COUNT), COUNT, ",\"id\":\"request 7\"");

        Running.Answer answer = running.post("/v2/models/tiny/versions/1/infer", request);

        JsonNode json = answer.json();
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(json.path("model_name").asString()).isEqualTo("tiny");
        assertThat(json.path("id").asString()).isEqualTo("request 7");
        assertThat(json.path("outputs")).hasSize(4);
        assertThat(floats(json.path("outputs").get(0))).isEqualTo(expected.probabilities());
        assertThat(floats(json.path("outputs").get(1))).isEqualTo(expected.logits());
        assertThat(floats(json.path("outputs").get(2))).isEqualTo(expected.embedding());
        assertThat(floats(json.path("outputs").get(3))).isEqualTo(expected.unfamiliarity());
        assertThat(json.path("outputs").get(0).path("shape").toString()).isEqualTo("[20,10]");
    }

    private static float[] floats(JsonNode output) {
        JsonNode data = output.path("data");
        float[] floats = new float[data.size()];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = Float.parseFloat(data.get(i).asString());
        }
        return floats;
    }

    @Test
    void nestedDataIsTheSameAsFlatData() throws Exception {
        StringBuilder rows = new StringBuilder("[[");
        byte[] pixels = TestImages.pixels(1);
        for (int y = 0; y < 28; y++) {
            rows.append(y == 0 ? "[" : ",[");
            for (int x = 0; x < 28; x++) {
                rows.append(x == 0 ? "" : ",").append(pixels[28 * y + x] & 0xFF);
            }
            rows.append("]");
        }
        String request = "{\"inputs\":[{\"data\":" + rows
                + "]],\"datatype\":\"UINT8\",\"shape\":[1,28,28],\"name\":\"images\"}],"
                + "\"outputs\":[{\"name\":\"logits\"}]}";

        Running.Answer answer = running.post("/v2/models/tiny/versions/1/infer", request);

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(floats(answer.json().path("outputs").get(0))).isEqualTo(Arrays.copyOf(expected.logits(), 10));
    }

    @Test
    void binaryTensorsGoInAndOutInTheOrderAskedFor() throws Exception {
        String json = Infer.binaryHeader(
                COUNT,
                ",\"outputs\":[{\"name\":\"embedding\",\"parameters\":{\"binary_data\":true}},"
                        + "{\"name\":\"logits\",\"parameters\":{\"binary_data\":false}},"
                        + "{\"name\":\"probabilities\",\"parameters\":{\"binary_data\":true}}]");

        Running.Answer answer = running.post(
                "/v2/models/tiny/versions/1/infer",
                Infer.body(json, TestImages.pixels(COUNT)),
                Infer.JSON_LENGTH,
                String.valueOf(json.length()));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo("application/octet-stream");
        int length = Integer.parseInt(answer.header(Infer.JSON_LENGTH));
        JsonNode outputs = Json.MAPPER.readTree(answer.bytes(), 0, length).path("outputs");
        int embeddings = COUNT * expected.embeddingSize();
        assertThat(outputs.get(0).path("parameters").path("binary_data_size").asInt())
                .isEqualTo(4 * embeddings);
        assertThat(outputs.get(0).has("data")).isFalse();
        assertThat(floats(outputs.get(1))).isEqualTo(expected.logits());
        assertThat(Infer.floats(answer.bytes(), length, embeddings)).isEqualTo(expected.embedding());
        assertThat(Infer.floats(answer.bytes(), length + 4 * embeddings, COUNT * 10))
                .isEqualTo(expected.probabilities());
        assertThat(answer.bytes()).hasSize(length + 4 * embeddings + 4 * COUNT * 10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "deflate"})
    void packedRequestsAreAnsweredPackedIfThatIsAccepted(String coding) throws Exception {
        String json = Infer.binaryHeader(COUNT, ",\"parameters\":{\"binary_data_output\":true}");
        byte[] body = Infer.body(json, TestImages.pixels(COUNT));

        Running.Answer answer = running.post(
                "/v2/models/tiny/versions/1/infer",
                packed(body, coding),
                "Content-Encoding",
                coding,
                "Accept-Encoding",
                coding,
                Infer.JSON_LENGTH,
                String.valueOf(json.length()));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Encoding")).isEqualTo(coding);
        byte[] unpacked = coding.equals("gzip")
                ? new GZIPInputStream(new ByteArrayInputStream(answer.bytes())).readAllBytes()
                : new InflaterInputStream(new ByteArrayInputStream(answer.bytes())).readAllBytes();
        int length = Integer.parseInt(answer.header(Infer.JSON_LENGTH));
        assertThat(Infer.floats(unpacked, length, COUNT * 10)).isEqualTo(expected.probabilities());
    }

    @Test
    void bytesAreNotPackedForWhoAcceptsWhateverThereIs() throws Exception {
        String json = Infer.binaryHeader(COUNT, ",\"parameters\":{\"binary_data_output\":true}");

        Running.Answer answer = running.post(
                "/v2/models/tiny/versions/1/infer",
                Infer.body(json, TestImages.pixels(COUNT)),
                "Accept-Encoding",
                "gzip, deflate",
                Infer.JSON_LENGTH,
                String.valueOf(json.length()));

        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.header("Content-Encoding")).isEmpty();
    }

    @Test
    void unfamiliarityIsAnOutputOfModelsThatKnowIt() throws Exception {
        Path other = Files.createDirectories(folder.resolve("unfamiliarity/models"));
        Path file = other.resolve("toy.onnx");
        writeModelThatKnowsUnfamiliarity(file);
        try (Running one = Running.with(folder.resolve("unfamiliarity"));
                Classifier classifier = Classifier.open(file, 1)) {
            float[] unfamiliarity = classifier.score(TestImages.pixels(3), 3).unfamiliarity();
            assertThat(one.get("/v2/models/toy").text())
                    .contains("{\"name\":\"unfamiliarity\",\"datatype\":\"FP32\",\"shape\":[-1,1]}");

            JsonNode output = one.post(
                            "/v2/models/toy/infer",
                            Infer.json(TestImages.pixels(3), 3, ",\"outputs\":[{\"name\":\"unfamiliarity\"}]"))
                    .json()
                    .path("outputs")
                    .get(0);

            assertThat(output.path("shape").toString()).isEqualTo("[3,1]");
            assertThat(floats(output)).hasSize(3).isEqualTo(unfamiliarity);
        }
    }

    private static void writeModelThatKnowsUnfamiliarity(Path file) throws Exception {
        Random random = new Random(3);
        Graph graph = new Graph(28, 28);
        String pixels = graph.flatten("flat", graph.pixels(1 / 255f, 0));
        String features =
                graph.dense("features", pixels, numbers(8 * TestImages.SIZE, random), 8, TestImages.SIZE, null);
        graph.outputs(graph.dense("classes", features, numbers(80, random), 10, 8, null), features, 1);
        graph.unfamiliarity(new RelativeDistance(
                numbers(8, random), numbers(64, random), numbers(80, random), numbers(10, random), 0, 1));
        ModelFile.write(
                file,
                graph,
                new ModelInfo("toy", "1", FashionMnist.LABELS, "fashion-mnist/1", true, OptionalDouble.empty(), "{}"));
    }

    private static float[] numbers(int count, Random random) {
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) random.nextGaussian() / 10;
        }
        return numbers;
    }

    static byte[] packed(byte[] bytes, String coding) throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (OutputStream out =
                coding.equals("gzip") ? new GZIPOutputStream(packed) : new DeflaterOutputStream(packed)) {
            out.write(bytes);
        }
        return packed.toByteArray();
    }

    @Test
    void modelNamesComeQuoted() throws Exception {
        assertThat(running.get("/v2/models/our%20model%20%26%20more")
                        .json()
                        .path("name")
                        .asString())
                .isEqualTo("our model & more");
    }

    @Test
    void unknownModelsVersionsAndPathsAreToldApart() throws Exception {
        assertThat(running.get("/v2/models/nope").error())
                .isEqualTo("there is no model 'nope'. There are: our model & more, tiny");
        assertThat(running.get("/v2/models/tiny/versions/3").error())
                .isEqualTo("model 'tiny' has no version '3'. There are: 1, 9, 10");
        assertThat(running.get("/v2/models/nope").status()).isEqualTo(404);
        assertThat(running.get("/v3").status()).isEqualTo(404);
        assertThat(running.get("/v2/models/tiny/infer").status()).isEqualTo(405);
        assertThat(running.get("/v2/models/tiny/config").status()).isEqualTo(501);
    }

    @Test
    void anErrorIsOneKeyInJsonWithoutACharset() throws Exception {
        Running.Answer answer = running.post("/v2/models/nope/infer", "{}");

        assertThat(answer.header("Content-Type")).isEqualTo("application/json");
        assertThat(answer.json().size()).isOne();
        assertThat(answer.error()).isNotBlank();
    }
}
