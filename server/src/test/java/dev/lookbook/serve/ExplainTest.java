package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.classify.Classifier;
import dev.lookbook.evaluate.ExplainedPicture;
import dev.lookbook.explain.Explainer;
import dev.lookbook.image.Picture;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(120)
class ExplainTest {
    @TempDir
    Path folder;

    @Test
    void anExplanationIsTheDataThatTheExplainerGives() throws Exception {
        String expected;
        try (Classifier classifier = Classifier.open(Running.shipped("tiny"), 1);
                Explainer explainer = Explainer.open(classifier, Optional.empty())) {
            Picture picture = Picture.read(TestImages.png(7), "picture");
            expected = new ExplainedPicture(
                            "picture",
                            Optional.of(picture),
                            classifier.model(),
                            explainer.explain(classifier.preparation().prepare(picture)),
                            Map.of())
                    .json();
        }

        try (Running running = Running.with(folder, "tiny")) {
            Running.Answer answer = running.post("/api/explain", TestImages.png(7));

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.header("Content-Type")).isEqualTo("application/json");
            assertThat(answer.json()).isEqualTo(Json.MAPPER.readTree(expected));
        }
    }

    @Test
    void aFormWithOnePictureWillDoAndItsNameIsTold() throws Exception {
        try (Running running = Running.with(folder, "mlp")) {
            Running.Answer answer = running.post(
                    "/api/explain?model=mlp&version=1",
                    PicturesTest.form("shirt.png", TestImages.png(7)),
                    "Content-Type",
                    "multipart/form-data; boundary=seam");

            assertThat(answer.json().path("input").asString()).isEqualTo("shirt.png");
            assertThat(answer.json().path("model").asString()).isEqualTo("mlp");
        }
    }

    @Test
    void withAnIndexBesideTheModelTheNearestTrainingImagesAreNamed() throws Exception {
        try (Running running = Running.with(folder, "small")) {
            JsonNode neighbours = running.post("/api/explain?model=small", TestImages.png(0))
                    .json()
                    .path("neighbours");

            assertThat(neighbours.path("exact").asBoolean()).isTrue();
            assertThat(neighbours.path("nearest")).hasSize(5);
            assertThat(neighbours.path("nearest").get(0).path("label").asString())
                    .isEqualTo("Ankle boot");
        }
    }

    @Test
    void anIndexThatIsLeftOverFromAnotherModelIsNoReasonToExplainNothing() throws Exception {
        try (Running running = Running.with(folder, "tiny");
                Heard log = Heard.from(OpenModel.class)) {
            Files.copy(Running.HOME.resolve("models/small.embeddings"), running.models.resolve("tiny.embeddings"));

            Running.Answer answer = running.post("/api/explain", TestImages.png(0));

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.json().has("neighbours")).isFalse();
            assertThat(log.lines()).singleElement().asString().contains("tiny.embeddings is of another model");
        }
    }

    @Test
    void afterASwapTheNewModelIsExplained() throws Exception {
        try (Running running = Running.with(folder, "tiny")) {
            assertThat(layers(running)).contains("stem");

            Files.copy(
                    Running.shipped("mlp"), running.models.resolve("tiny.onnx"), StandardCopyOption.REPLACE_EXISTING);

            Running.await("swapped", () -> !layers(running).contains("stem"));
            assertThat(layers(running)).contains("dense1");
        }
    }

    private static String layers(Running running) throws Exception {
        return running.post("/api/explain", TestImages.png(0))
                .json()
                .path("layers")
                .findValuesAsString("name")
                .toString();
    }

    @Test
    void explanationsAreNotCountedAmongTheAnswers() throws Exception {
        try (Running running = Running.with(folder, "mlp")) {
            running.post("/api/explain?model=mlp", TestImages.png(0));

            Running.await(
                    "it is counted by its route",
                    () -> running.metric("lookbook_request_duration_seconds_count{method=\"POST\","
                                    + "route=\"/api/explain\",status=\"200\"}")
                            .equals(Optional.of("1")));
            assertThat(running.metric("nv_inference_request_success{model=\"mlp\",version=\"1\"}"))
                    .contains("0");
        }
    }
}
