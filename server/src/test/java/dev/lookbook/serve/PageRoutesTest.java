package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.model.ModelFile;
import dev.lookbook.model.Weights;
import dev.lookbook.run.RunFolder;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What the page asks for beside answers. */
@Timeout(120)
class PageRoutesTest {
    @TempDir
    static Path folder;

    private static Running running;

    @BeforeAll
    static void start() throws Exception {
        running = Running.with(folder, "tiny", "mlp", "small");
        MadeRun.write(folder.resolve("runs/train"));
        MadeRun.write(folder.resolve("runs/train2"));
        RunFolder begun = RunFolder.create(folder.resolve("runs/train3"));
        begun.writeArgs(java.util.Map.of("model", "base"));
        Files.writeString(folder.resolve("secret"), "secret");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void theWeightsOfAMapAreThoseOfTheModelFile() throws Exception {
        Weights all =
                ModelFile.read(Running.shipped("tiny")).weights("stage2.conv").orElseThrow();

        JsonNode answer = running.get("/api/models/tiny/weights?layer=stage2.conv&channel=7")
                .json();

        int size = all.values().length / all.shape().get(0);
        float[] values = floats(answer.path("values").asString());
        assertThat(answer.path("shape").toString())
                .isEqualTo(all.shape().subList(1, 4).toString().replace(" ", ""));
        assertThat(values).isEqualTo(java.util.Arrays.copyOfRange(all.values(), 7 * size, 8 * size));
        assertThat((float) answer.path("bias").asDouble()).isEqualTo(all.bias()[7]);
    }

    @Test
    void packedExplanationsHoldTheSameNumbersUnrounded() throws Exception {
        JsonNode rounded = running.post("/api/explain", TestImages.png(7)).json();

        JsonNode packed =
                running.post("/api/explain?arrays=base64", TestImages.png(7)).json();

        assertThat(Base64.getDecoder().decode(packed.path("pixels").asString())).isEqualTo(TestImages.image(7));
        for (int i = 0; i < rounded.path("layers").size(); i++) {
            JsonNode values = rounded.path("layers").get(i).path("values");
            float[] exact = floats(packed.path("layers").get(i).path("values").asString());
            assertThat(exact).hasSize(values.size());
            for (int k = 0; k < exact.length; k++) {
                assertThat(Math.abs(exact[k] - values.get(k).asDouble())).isLessThanOrEqualTo(0.0005001);
            }
        }
    }

    @Test
    void packedNeighboursHaveTheirPictures() throws Exception {
        JsonNode nearest = running.post("/api/explain?arrays=base64&model=small", TestImages.png(0))
                .json()
                .path("neighbours")
                .path("nearest");

        assertThat(nearest).hasSize(5);
        for (JsonNode one : nearest) {
            assertThat(Base64.getDecoder().decode(one.path("pixels").asString()))
                    .hasSize(784);
        }
    }

    private static float[] floats(String base64) {
        ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(base64)).order(ByteOrder.LITTLE_ENDIAN);
        float[] values = new float[bytes.remaining() / 4];
        bytes.asFloatBuffer().get(values);
        return values;
    }

    @Test
    void runsAreListedFinishedOrNot() throws Exception {
        JsonNode runs = running.get("/api/runs").json().path("runs");

        assertThat(runs.findValuesAsString("run")).containsExactly("train", "train2", "train3");
        assertThat(runs.get(0).path("curves")).hasSize(2);
        assertThat(runs.get(0).path("curves").get(1).path("val_accuracy").asDouble())
                .isEqualTo(0.75);
        assertThat(runs.get(0).path("accuracy").asDouble()).isBetween(0.8, 1.0);
        assertThat(runs.get(2).has("accuracy")).isFalse();
        assertThat(runs.toString()).doesNotContain(folder.toString());
    }

    @Test
    void aModelsReportCountsAllTestImagesAndItsCellsHoldThatManyPictures() throws Exception {
        JsonNode report = running.get("/api/models/mlp/report").json();

        assertThat(report.path("test_images").asInt()).isEqualTo(10_000);
        assertThat(report.path("accuracy").asDouble()).isEqualTo(0.875, org.assertj.core.data.Offset.offset(1e-9));
        JsonNode cell = running.get("/api/models/mlp/pictures?label=Shirt&predicted=Coat")
                .json();
        assertThat(cell.path("total").asInt())
                .isEqualTo(report.path("confusion").get(6).get(4).asInt());
        assertThat(cell.path("pictures"))
                .hasSize(Math.min(60, cell.path("total").asInt()));
        assertThat(cell.path("pictures").get(0).path("confidence").asDouble())
                .isGreaterThanOrEqualTo(
                        cell.path("pictures").get(1).path("confidence").asDouble());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /api/models/nope/weights?layer=stem&channel=0       | 404 | there is no model 'nope'
            /api/models/tiny/weights?layer=nope&channel=0       | 404 | no layer of that name
            /api/models/tiny/weights?layer=pixels&channel=0     | 404 | no layer of that name
            /api/models/tiny/weights?channel=0                  | 400 | the parameter layer is missing
            /api/models/tiny/weights?layer=head                 | 400 | the parameter channel is missing
            /api/models/tiny/weights?layer=head&channel=10      | 400 | a whole number from 0 to 9
            /api/models/tiny/weights?layer=head&channel=-1      | 400 | a whole number from 0 to 9
            /api/models/tiny/weights?layer=head&channel=1e9     | 400 | a whole number from 0 to 9
            /api/models/nope/report                             | 404 | there is no model 'nope'
            /api/models/mlp/pictures?label=Shirt                | 400 | the parameter predicted is missing
            /api/runs/nope/report                               | 404 | there is no such run
            /api/runs/train3/report                             | 404 | run train3 has not finished
            /api/runs/train/pictures?label=Bag&predicted=Bag    | 404 | run train left no model
            /api/runs/../report                                 | 400 |
            /api/runs/..%2Fsecret/report                        | 400 |
            /api/runs/%2e%2e/report                             | 400 |
            /page/..%2Fopenapi.yaml                             | 400 |
            /page/index.html                                    | 404 | there is nothing at this path
            """)
    void whatCannotBeIsSaid(String path, int status, String message) throws Exception {
        try (RawClient client = new RawClient(running.server.port())) {
            client.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
            RawClient.Answer answer = client.read();

            assertThat(answer.status()).as(answer.text()).isBetween(status == 400 ? 400 : status, 404);
            assertThat(answer.text())
                    .contains("\"error\"")
                    .contains(message == null ? "" : message)
                    .doesNotContain(folder.toString());
        }
    }

    @Test
    void cellsThatThereAreNotAreEmpty() throws Exception {
        JsonNode cell =
                running.get("/api/models/mlp/pictures?label=Hat&predicted=Coat").json();

        assertThat(cell.path("total").asInt()).isZero();
    }
}
