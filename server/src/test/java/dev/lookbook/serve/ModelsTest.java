package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.model.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Files come, change and go while the server runs. */
@Timeout(120)
class ModelsTest {
    @TempDir
    Path folder;

    @Test
    void anEmptyFolderIsNotReadyUntilAModelComes() throws Exception {
        try (Running running = Running.with(folder)) {
            assertThat(running.get("/v2/health/live").status()).isEqualTo(200);
            assertThat(running.get("/v2/health/ready").status()).isEqualTo(503);
            assertThat(running.get("/v2/health/ready").header("Retry-After")).isEqualTo("1");

            Files.copy(Running.shipped("tiny"), running.models.resolve("tiny.onnx"));

            Running.await("ready", () -> running.get("/v2/health/ready").status() == 200);
            assertThat(running.post("/api/classify", TestImages.png(0)).status())
                    .isEqualTo(200);
        }
    }

    @Test
    void aChangedFileTakesTheOldOnesPlaceAndDoesNotGetItsCard() throws Exception {
        try (Running running = Running.with(folder, "tiny")) {
            String before = running.hash("tiny");
            assertThat(card(running).path("card").path("accuracy").asDouble()).isEqualTo(0.9427);

            Files.copy(
                    Running.shipped("mlp"), running.models.resolve("tiny.onnx"), StandardCopyOption.REPLACE_EXISTING);

            Running.await("swapped", () -> !running.hash("tiny").equals(before));
            assertThat(running.post("/api/classify", TestImages.png(0)).status())
                    .isEqualTo(200);
            assertThat(card(running).has("card")).isFalse();
            assertThat(card(running).path("card_problem").asString()).startsWith("tiny.md is the card of another file");

            Files.copy(
                    Running.HOME.resolve("models/mlp.md"),
                    running.models.resolve("tiny.md"),
                    StandardCopyOption.REPLACE_EXISTING);

            assertThat(card(running).path("card").path("name").asString()).isEqualTo("mlp");
        }
    }

    private static JsonNode card(Running running) throws Exception {
        return running.get("/api/models").json().path("models").get(0);
    }

    @Test
    void aHalfCopiedFileIsRefusedAndSaidSoAndTheOldModelGoesOn() throws Exception {
        try (Running running = Running.with(folder, "tiny")) {
            String before = running.hash("tiny");
            byte[] whole = Files.readAllBytes(Running.shipped("mlp"));

            Files.write(running.models.resolve("tiny.onnx"), Arrays.copyOf(whole, whole.length / 2));

            Running.await("refused", () -> !reasons(running).get("tiny").isEmpty());
            assertThat(reasons(running).get("tiny"))
                    .startsWith("tiny.onnx: cut off or changed since it was written")
                    .doesNotContain(folder.toString());
            assertThat(running.hash("tiny")).isEqualTo(before);
            assertThat(running.get("/v2/models/tiny/ready").status()).isEqualTo(200);

            Files.write(running.models.resolve("tiny.onnx"), whole);

            Running.await("swapped", () -> !running.hash("tiny").equals(before));
            assertThat(reasons(running).get("tiny")).isEmpty();
        }
    }

    private static Map<String, String> reasons(Running running) throws Exception {
        Map<String, String> reasons = new TreeMap<>();
        for (JsonNode line : running.post("/v2/repository/index", "").json()) {
            reasons.put(line.path("name").asString(), line.path("reason").asString());
        }
        return reasons;
    }

    @Test
    void whatIsNoModelIsListedAsUnavailable() throws Exception {
        Files.createDirectories(folder.resolve("models"));
        Files.writeString(folder.resolve("models/notes.onnx"), "a shopping list");
        Files.createDirectory(folder.resolve("models/folder.onnx"));
        Files.writeString(folder.resolve("models/tiny@2.onnx"), "another list");
        try (Running running = Running.with(folder, "tiny")) {
            JsonNode all = running.post("/v2/repository/index", "{}").json();
            JsonNode ready =
                    running.post("/v2/repository/index", "{\"ready\":true}").json();

            assertThat(all).hasSize(4);
            assertThat(all.get(1).path("state").asString()).isEqualTo("UNAVAILABLE");
            assertThat(all.get(1).path("reason").asString()).startsWith("notes.onnx: not an ONNX model");
            assertThat(running.get("/v2/models/tiny/versions/2/ready").status()).isEqualTo(503);
            assertThat(running.get("/v2/models/tiny/versions/3/ready").status()).isEqualTo(404);
            assertThat(ready).hasSize(1);
            assertThat(ready.get(0).path("state").asString()).isEqualTo("READY");
            assertThat(running.get("/v2/models/notes").status()).isEqualTo(503);
            assertThat(running.get("/v2/models/notes").error()).startsWith("model 'notes' does not answer: notes.onnx");
        }
    }

    @Test
    void twoFilesOfOneNameAndVersionDoNotPushEachOtherOut() throws Exception {
        Files.createDirectories(folder.resolve("models"));
        Files.copy(Running.shipped("mlp"), folder.resolve("models/tiny@1.onnx"));
        try (Running running = Running.with(folder, "tiny")) {
            String served = running.hash("tiny");
            JsonNode index = running.post("/v2/repository/index", "").json();
            assertThat(index.toString()).contains("is tiny 1, as tiny.onnx is. Call it tiny@VERSION.onnx");

            Files.delete(running.models.resolve("tiny.onnx"));

            Running.await("the other answers", () -> !running.hash("tiny").equals(served));
            assertThat(reasons(running).get("tiny")).isEmpty();
        }
    }

    @Test
    void aModelThatNeverGotItsNameIsClosedWhenItsFileChangesOrGoes() throws Exception {
        Files.createDirectories(folder.resolve("models"));
        Path other = Files.copy(Running.shipped("mlp"), folder.resolve("models/tiny@1.onnx"));
        try (Running running = Running.with(folder, "tiny")) {
            assertThat(running.server.openModels()).isEqualTo(2);

            running.post("/v2/repository/models/tiny/load", "");
            assertThat(running.server.openModels()).isEqualTo(2);
            Files.delete(other);

            Running.await("closed", () -> running.server.openModels() == 1);
            assertThat(running.get("/v2/models/tiny/ready").status()).isEqualTo(200);
        }
    }

    @Test
    void aModelThatIsReplacedKeepsItsNameAgainstAnotherFile() throws Exception {
        Files.createDirectories(folder.resolve("models"));
        Path served = Files.copy(Running.shipped("mlp"), folder.resolve("models/tiny@1.onnx"));
        try (Running running = Running.with(folder)) {
            // Comes later, and before the other in the order of names.
            Files.copy(Running.shipped("tiny"), running.models.resolve("tiny.onnx"));
            Running.await(
                    "a conflict",
                    () -> running.post("/v2/repository/index", "")
                            .text()
                            .contains("tiny.onnx: is tiny 1, as tiny@1.onnx is"));

            Files.copy(Running.shipped("base"), served, StandardCopyOption.REPLACE_EXISTING);

            Running.await("replaced", () -> !running.hash("tiny").equals(shippedHash("mlp")));
            assertThat(running.hash("tiny")).isEqualTo(shippedHash("base"));
        }
    }

    private static String shippedHash(String name) throws Exception {
        return ModelFile.read(Running.shipped(name)).contentSha256();
    }

    @Test
    void aLoadIsNotRefusedForAnotherFileOfThatName() throws Exception {
        Files.createDirectories(folder.resolve("models"));
        Files.copy(Running.shipped("mlp"), folder.resolve("models/tiny@1.onnx"));
        try (Running running = Running.with(folder, "tiny")) {
            Running.Answer answer = running.post("/v2/repository/models/tiny/load", "");

            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        }
    }

    @Test
    void aHeadOfReadinessSaysWhatAGetSays() throws Exception {
        try (Running running = Running.with(folder)) {
            for (String path : new String[] {"/v2/health/ready", "/v2/models/tiny/ready", "/v2/models/tiny"}) {
                assertThat(head(running, path))
                        .as(path)
                        .isEqualTo(running.get(path).status())
                        .isNotEqualTo(200);
            }
            assertThat(head(running, "/v2/health/live")).isEqualTo(200);

            Files.copy(Running.shipped("tiny"), running.models.resolve("tiny.onnx"));
            Running.await("ready", () -> head(running, "/v2/health/ready") == 200);
        }
    }

    private static int head(Running running, String path) throws Exception {
        try (RawClient client = new RawClient(running.server.port())) {
            client.send("HEAD " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
            return client.readHead().status();
        }
    }

    @Test
    void withoutTheModelThatRequestsNeedNotNameTheOthersAnswer() throws Exception {
        try (Heard log = Heard.from(Server.class);
                Running running = Running.with(folder, "mlp")) {
            Running.await(
                    "a warning",
                    () -> log.lines().stream().anyMatch(line -> line.startsWith("no model 'tiny' answers")));
            assertThat(running.get("/v2/health/ready").status()).isEqualTo(200);
            assertThat(running.post("/api/classify?model=mlp", TestImages.png(0))
                            .status())
                    .isEqualTo(200);
            assertThat(running.post("/api/classify", TestImages.png(0)).error())
                    .isEqualTo("there is no model 'tiny'. There are: mlp");
        }
    }

    @Test
    void aModelWhoseFileGoesIsServedNoLonger() throws Exception {
        try (Running running = Running.with(folder, "tiny", "mlp")) {
            Files.delete(running.models.resolve("mlp.onnx"));

            Running.await("gone", () -> running.get("/v2/models/mlp").status() == 404);
            assertThat(running.get("/v2/models/tiny").status()).isEqualTo(200);
        }
    }

    @Test
    void modelsAreUnloadedAndLoadedOnRequest() throws Exception {
        try (Running running = Running.with(folder, "tiny", "mlp")) {
            assertThat(running.post("/v2/repository/models/mlp/unload", "").status())
                    .isEqualTo(200);
            assertThat(running.get("/v2/models/mlp/ready").status()).isEqualTo(503);
            assertThat(running.get("/v2/models/mlp").error()).contains("unloaded on request");
            Thread.sleep(100); // several looks at the folder, none of which brings it back
            assertThat(running.get("/v2/models/mlp/ready").status()).isEqualTo(503);

            assertThat(running.post("/v2/repository/models/mlp/load", "{}").status())
                    .isEqualTo(200);
            assertThat(running.get("/v2/models/mlp/ready").status()).isEqualTo(200);

            Files.writeString(running.models.resolve("mlp.onnx"), "broken");
            Running.Answer refused = running.post("/v2/repository/models/mlp/load", "");
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.error()).startsWith("model 'mlp' was not loaded: mlp.onnx: not an ONNX model");
            assertThat(running.get("/v2/models/mlp/ready").status()).isEqualTo(200);

            assertThat(running.post("/v2/repository/models/nope/load", "").status())
                    .isEqualTo(404);
            assertThat(running.post("/v2/repository/models/mlp/load", "{\"parameters\":{\"file:1/model.onnx\":\"\"}}")
                            .status())
                    .isEqualTo(501);
        }
    }

    @Test
    void aLoadOfAFileThatIsGoneSaysWhatToDo() throws Exception {
        // Looks at the folder so seldom that this test meets the file's absence before a look does.
        try (Running running = Running.with(folder, Duration.ofMinutes(10), "tiny", "mlp")) {
            Files.delete(running.models.resolve("mlp.onnx"));

            Running.Answer answer = running.post("/v2/repository/models/mlp/load", "");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.error())
                    .isEqualTo(
                            "model 'mlp' was not loaded: mlp.onnx: is gone. Copy it into the folder of the models again");
            assertThat(running.get("/v2/models/mlp/ready").status()).isEqualTo(200);
        }
    }

    @Test
    void aModelThatWasUnloadedAndThenDamagedStaysAway() throws Exception {
        try (Running running = Running.with(folder, "tiny", "mlp")) {
            running.post("/v2/repository/models/mlp/unload", "");
            Files.writeString(running.models.resolve("mlp.onnx"), "broken");

            Running.await("refused", () -> reasons(running).get("mlp").startsWith("mlp.onnx: not an ONNX"));
            assertThat(running.get("/v2/models/mlp/ready").status()).isEqualTo(503);
        }
    }
}
