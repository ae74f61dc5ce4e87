package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** openapi.yaml against the running server: every route is in it and nothing else, and answers look as it says. */
class OpenApiTest {
    @TempDir
    static Path folder;

    @TempDir
    static Path guardedFolder;

    private static Running running;
    private static JsonNode api;

    @BeforeAll
    static void start() throws Exception {
        running = Running.with(folder, "tiny");
        Files.writeString(running.models.resolve("bad.onnx"), "no model");
        MadeRun.write(folder.resolve("runs/train"));
        api = new YAMLMapper().readTree(running.get("/openapi.yaml").bytes());
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void listsTheRoutesOfTheServer() {
        Set<String> listed = new TreeSet<>();
        for (var path : api.path("paths").properties()) {
            for (String method : List.of("get", "post", "put", "delete")) {
                if (path.getValue().has(method)) {
                    listed.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey());
                }
            }
        }

        Set<String> served = new TreeSet<>(running.server.routes());
        // Answered 501, for clients that ask without need.
        served.removeIf(
                route -> route.contains("sharedmemory") || route.endsWith("/config") || route.endsWith("/stats"));
        // The page and its files are for people.
        served.removeIf(route -> Page.paths().contains(route.substring("GET ".length())));
        assertThat(listed).isEqualTo(served);
    }

    @ParameterizedTest(name = "{0} {1} is {3}")
    @CsvSource(textBlock = """
            GET,  /v2,                              /v2,                            200
            GET,  /v2/health/live,                  /v2/health/live,                200
            GET,  /v2/health/ready,                 /v2/health/ready,               200
            GET,  /v2/models/tiny,                  /v2/models/{model},             200
            GET,  /v2/models/nope,                  /v2/models/{model},             404
            GET,  /v2/models/tiny/ready,            /v2/models/{model}/ready,       200
            GET,  /v2/models/tiny/versions/1,       /v2/models/{model}/versions/{version},       200
            GET,  /v2/models/tiny/versions/1/ready, /v2/models/{model}/versions/{version}/ready, 200
            GET,  /api/models,                      /api/models,                    200
            GET,  /api/models/tiny/weights?layer=head&channel=3, /api/models/{model}/weights,  200
            GET,  /api/models/tiny/weights,         /api/models/{model}/weights,    400
            GET,  /api/models/nope/report,          /api/models/{model}/report,     404
            GET,  /api/models/tiny/report,          /api/models/{model}/report,     200
            GET,  /api/models/tiny/pictures?label=Bag&predicted=Coat, /api/models/{model}/pictures, 200
            GET,  /api/models/tiny/pictures,        /api/models/{model}/pictures,   400
            GET,  /api/runs,                        /api/runs,                      200
            GET,  /api/runs/nope/report,            /api/runs/{run}/report,         404
            GET,  /api/runs/train/report,           /api/runs/{run}/report,         200
            GET,  /api/runs/train/pictures?label=Bag&predicted=Bag, /api/runs/{run}/pictures, 404
            POST, /v2/repository/index,             /v2/repository/index,           200
            POST, /v2/repository/models/bad/load,   /v2/repository/models/{model}/load,   400
            POST, /v2/repository/models/nope/load,  /v2/repository/models/{model}/load,   404
            POST, /v2/repository/models/tiny/load,  /v2/repository/models/{model}/load,   200
            POST, /v2/repository/models/nope/unload,/v2/repository/models/{model}/unload, 404
            """)
    void answersLookAsTheyShould(String method, String path, String route, int status) throws Exception {
        Running.Answer answer = method.equals("GET") ? running.get(path) : running.post(path, "");

        requireFits(answer, method, route, status);
    }

    @ParameterizedTest(name = "{0} is {1}")
    @CsvSource(textBlock = """
            {,          400
            [],         400
            LONG,       413
            """)
    void optionsThatAreRefusedLookAsTheyShould(String body, int status) throws Exception {
        for (String route : new String[] {
            "/v2/repository/index", "/v2/repository/models/{model}/load", "/v2/repository/models/{model}/unload"
        }) {
            String sent = body.equals("LONG") ? " ".repeat(Bodies.OPTIONS_BYTES + 1) : body;

            requireFits(running.post(filled(route), sent), "POST", route, status);
            requireFits(running.post(filled(route), sent, "Content-Encoding", "br"), "POST", route, 415);
        }
    }

    @Test
    void whoIsNotLetInLearnsItAsItShould() throws Exception {
        String token = "correct-horse-battery-staple";
        Access guarded = new Access("127.0.0.1", 0, Optional.of(token), false);
        try (Running withToken = Running.with(guardedFolder, Running.limits(1, 8), guarded, "mlp")) {
            for (var path : api.path("paths").properties()) {
                String route = path.getKey();
                String method = path.getValue().has("get") ? "GET" : "POST";
                JsonNode operation = path.getValue().path(method.toLowerCase(Locale.ROOT));
                if (operation.has("security")) { // of its own: none
                    assertThat(operation.path("responses").has("401")).as(route).isFalse();
                    assertThat(ask(withToken, method, route).status()).as(route).isEqualTo(200);
                } else {
                    requireFits(ask(withToken, method, route), method, route, 401);
                    requireFits(ask(running, method, route, "Origin", "http://shop.example"), method, route, 403);
                }
            }
        }
    }

    private static Running.Answer ask(Running server, String method, String route, String... headers) throws Exception {
        return method.equals("GET") ? server.get(filled(route), headers) : server.post(filled(route), "", headers);
    }

    private static String filled(String route) {
        return route.replace("{model}", "tiny").replace("{version}", "1").replace("{run}", "train");
    }

    @Test
    void answersAboutPicturesLookAsTheyShould() throws Exception {
        requireFits(running.post("/api/classify?prepared=true", TestImages.png(0)), "POST", "/api/classify", 200);
        byte[] form = PicturesTest.form("a.png", TestImages.png(0), "b.png", new byte[9]);
        requireFits(
                running.post("/api/classify", form, "Content-Type", "multipart/form-data; boundary=seam"),
                "POST",
                "/api/classify",
                200);
        requireFits(running.post("/api/classify", "no picture"), "POST", "/api/classify", 400);
        requireFits(running.post("/api/classify", "x", "Content-Encoding", "br"), "POST", "/api/classify", 415);
        requireFits(running.post("/api/classify", new byte[5 << 20]), "POST", "/api/classify", 413);
    }

    @Test
    void explanationsLookAsTheyShould() throws Exception {
        requireFits(running.post("/api/explain", TestImages.png(0)), "POST", "/api/explain", 200);
        requireFits(running.post("/api/explain?arrays=base64", TestImages.png(0)), "POST", "/api/explain", 200);
        requireFits(running.post("/api/explain?arrays=x", TestImages.png(0)), "POST", "/api/explain", 400);
        requireFits(running.post("/api/explain", "no picture"), "POST", "/api/explain", 400);
        requireFits(running.post("/api/explain?model=nope", TestImages.png(0)), "POST", "/api/explain", 404);
    }

    @Test
    void answersToInferenceLookAsTheyShould() throws Exception {
        String route = "/v2/models/{model}/infer";
        String path = "/v2/models/tiny/infer";
        requireFits(running.post(path, Infer.json(TestImages.pixels(1), 1, ",\"id\":\"7\"")), "POST", route, 200);
        requireFits(running.post(path, "{}"), "POST", route, 400);
        requireFits(
                running.post(path, "{\"outputs\":[{\"name\":\"a\",\"parameters\":{\"classification\":1}}]}"),
                "POST",
                route,
                501);
    }

    @Test
    void everyReferenceLeadsSomewhere() {
        List<JsonNode> references = api.findValues("$ref");

        assertThat(references).isNotEmpty();
        for (JsonNode reference : references) {
            assertThat(resolve(reference.stringValue()).isMissingNode())
                    .as(reference.stringValue())
                    .isFalse();
        }
    }

    private static void requireFits(Running.Answer answer, String method, String route, int status) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(status);
        JsonNode response = followed(api.path("paths")
                .path(route)
                .path(method.toLowerCase(Locale.ROOT))
                .path("responses")
                .path(String.valueOf(status)));
        assertThat(response.isMissingNode())
                .as(route + " may not answer " + status)
                .isFalse();
        JsonNode schema =
                response.path("content").path(answer.header("Content-Type")).path("schema");
        assertThat(schema.isMissingNode())
                .as(route + " may not answer " + answer.header("Content-Type"))
                .isFalse();
        fits(answer.json(), schema, "answer of " + route);
    }

    /** As much of JSON Schema as the document uses. */
    private static void fits(JsonNode value, JsonNode given, String place) {
        JsonNode schema = followed(given);
        switch (schema.path("type").asString("any")) {
            case "object" -> {
                assertThat(value.isObject()).as(place).isTrue();
                for (JsonNode key : schema.path("required")) {
                    assertThat(value.has(key.stringValue()))
                            .as(place + " has " + key)
                            .isTrue();
                }
                for (var entry : value.properties()) {
                    JsonNode property = schema.path("properties").path(entry.getKey());
                    JsonNode others = schema.path("additionalProperties");
                    assertThat(!property.isMissingNode() || !others.isBoolean() || others.booleanValue())
                            .as(place + " may have " + entry.getKey())
                            .isTrue();
                    fits(entry.getValue(), property.isMissingNode() ? others : property, place + "." + entry.getKey());
                }
            }
            case "array" -> {
                assertThat(value.isArray()).as(place).isTrue();
                for (JsonNode element : value) {
                    fits(element, schema.path("items"), place + "[]");
                }
            }
            case "string" -> {
                assertThat(value.isString()).as(place).isTrue();
                if (schema.has("enum")) {
                    assertThat(schema.path("enum")).as(place).contains(value);
                }
            }
            case "integer" -> assertThat(value.isIntegralNumber()).as(place).isTrue();
            case "number" -> assertThat(value.isNumber()).as(place).isTrue();
            case "boolean" -> assertThat(value.isBoolean()).as(place).isTrue();
            default -> assertThat(schema.path("type").isMissingNode()).as(place).isTrue();
        }
    }

    private static JsonNode followed(JsonNode node) {
        return node.has("$ref") ? resolve(node.path("$ref").stringValue()) : node;
    }

    private static JsonNode resolve(String reference) {
        JsonNode node = api;
        for (String key : Arrays.asList(reference.substring(2).split("/"))) {
            node = node.path(key);
        }
        return node;
    }

    @Test
    void isServedAsItLiesInTheJar() throws Exception {
        assertThat(new String(running.get("/openapi.yaml").bytes(), StandardCharsets.UTF_8))
                .startsWith("openapi: 3.1.0");
        assertThat(running.get("/openapi.yaml").header("Content-Type")).isEqualTo("application/yaml");
    }
}
