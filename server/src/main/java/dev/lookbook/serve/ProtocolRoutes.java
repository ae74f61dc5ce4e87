package dev.lookbook.serve;

import dev.lookbook.model.ModelFile;
import dev.lookbook.model.Values;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** The Open Inference Protocol, version 2, over REST, with the extensions for binary tensors and the repository. */
final class ProtocolRoutes {
    private static final String JSON_LENGTH = "Inference-Header-Content-Length";
    private static final String PLATFORM = "onnxruntime_onnx";
    private static final List<String> EXTENSIONS = List.of("binary_tensor_data", "model_repository");

    private final Models models;
    private final Bodies bodies;
    private final Inference inference;
    private final int mostImages;
    private final String version;
    private final BooleanSupplier ready;

    ProtocolRoutes(
            Models models, Bodies bodies, Inference inference, int mostImages, String version, BooleanSupplier ready) {
        this.models = models;
        this.bodies = bodies;
        this.inference = inference;
        this.mostImages = mostImages;
        this.version = version;
        this.ready = ready;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/v2", ctx -> Reply.json(ctx, server()));
        routes.get("/v2/health/live", ctx -> Reply.json(ctx, Map.of("live", true)));
        routes.get("/v2/health/ready", this::ready);
        routes.head("/v2/health/ready", this::ready); // or Javalin would say 200 without asking
        for (String model : new String[] {"/v2/models/{model}", "/v2/models/{model}/versions/{version}"}) {
            routes.get(model, this::metadata);
            routes.head(model, this::metadata);
            routes.get(model + "/ready", this::modelReady);
            routes.head(model + "/ready", this::modelReady);
            routes.post(model + "/infer", this::infer);
            routes.get(model + "/config", ctx -> refuse("model configurations"));
            routes.get(model + "/stats", ctx -> refuse("statistics but those of GET /metrics"));
        }
        routes.post("/v2/repository/index", this::index);
        routes.post("/v2/repository/models/{model}/load", this::load);
        routes.post("/v2/repository/models/{model}/unload", this::unload);
        routes.get("/v2/systemsharedmemory/*", ctx -> refuse("shared memory"));
        routes.post("/v2/systemsharedmemory/*", ctx -> refuse("shared memory"));
        routes.get("/v2/cudasharedmemory/*", ctx -> refuse("shared memory"));
        routes.post("/v2/cudasharedmemory/*", ctx -> refuse("shared memory"));
    }

    private static void refuse(String what) {
        throw Problem.unsupported("this server has no " + what);
    }

    private Map<String, Object> server() {
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("name", "lookbook");
        server.put("version", version);
        server.put("extensions", EXTENSIONS);
        return server;
    }

    private void ready(Context ctx) {
        if (!ready.getAsBoolean()) {
            throw Problem.busy("no model answers yet");
        }
        Reply.json(ctx, Map.of("ready", true));
    }

    private void modelReady(Context ctx) {
        ServedModel model = model(ctx);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", model.name().name());
        answer.put("ready", true);
        Reply.json(ctx, answer);
    }

    private void metadata(Context ctx) {
        ServedModel served = model(ctx);
        ModelFile model = served.model();
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("name", served.name().name());
        answer.put("versions", models.versions(served.name().name()));
        answer.put("platform", PLATFORM);
        answer.put("inputs", List.of(tensor(Values.IMAGES, InferInput.DATATYPE, InferInput.shape(model))));
        answer.put(
                "outputs",
                InferAnswer.outputs(model).stream()
                        .map(name -> tensor(name, InferAnswer.DATATYPE, List.of(-1, InferAnswer.width(model, name))))
                        .toList());
        Reply.json(ctx, answer);
    }

    private static Map<String, Object> tensor(String name, String datatype, List<Integer> shape) {
        Map<String, Object> tensor = new LinkedHashMap<>();
        tensor.put("name", name);
        tensor.put("datatype", datatype);
        tensor.put("shape", shape);
        return tensor;
    }

    private ServedModel model(Context ctx) {
        return models.find(ctx.pathParam("model"), version(ctx));
    }

    private static Optional<String> version(Context ctx) {
        return Optional.ofNullable(ctx.pathParamMap().get("version"));
    }

    private void infer(Context ctx) {
        ModelName asked = model(ctx).name(); // before anything is read
        InferAnswer answer;
        try (Body body = bodies.read(ctx)) {
            inference.requireRoom(asked);
            int jsonLength = jsonLength(ctx, body.length());
            InferRequest request = InferRequestReader.read(body.bytes(), jsonLength);
            answer = models.use(ctx.pathParam("model"), version(ctx), model -> infer(model, request, body, jsonLength));
        }
        send(ctx, answer); // without the body: who reads slowly holds no more than the answer
    }

    private InferAnswer infer(ServedModel model, InferRequest request, Body body, int jsonLength) {
        List<InferRequest.Output> wanted = InferAnswer.wanted(request, model.model());
        InferInput input = InferInput.of(request, body, jsonLength, model.model(), mostImages);
        return inference.run(
                model,
                request.timeout(),
                classifier ->
                        InferAnswer.of(request, wanted, model.name(), classifier.score(input.pixels(), input.count())),
                answer -> input.count());
    }

    private static int jsonLength(Context ctx, int bodyLength) {
        String header = ctx.header(JSON_LENGTH);
        if (header == null) {
            return bodyLength;
        }
        try {
            int length = Integer.parseInt(header.strip());
            if (length >= 0 && length <= bodyLength) {
                return length;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw Problem.badRequest(JSON_LENGTH + " must be the length of the JSON, from 0 to " + bodyLength
                + " bytes that the unpacked body has, but is '" + header + "'");
    }

    private static void send(Context ctx, InferAnswer answer) {
        if (answer.hasBytes()) {
            ctx.header(JSON_LENGTH, String.valueOf(answer.jsonLength()));
        }
        Reply.write(ctx, 200, answer.hasBytes() ? Reply.BYTES : Reply.JSON, answer.bytes());
    }

    private void index(Context ctx) {
        boolean readyOnly = false;
        try (Body body = bodies.readOptions(ctx)) {
            JsonNode options = object(body);
            readyOnly = options != null && options.path("ready").asBoolean(false);
        }
        List<Map<String, Object>> lines = new ArrayList<>();
        for (ModelState state : models.index()) {
            if (state.ready() || !readyOnly) {
                Map<String, Object> line = new LinkedHashMap<>();
                line.put("name", state.name());
                line.put("version", state.version());
                line.put("state", state.ready() ? "READY" : "UNAVAILABLE");
                line.put("reason", state.reason());
                lines.add(line);
            }
        }
        Reply.json(ctx, lines);
    }

    private void load(Context ctx) {
        refuseParameters(ctx);
        models.load(ctx.pathParam("model"));
        Reply.json(ctx, Map.of());
    }

    private void unload(Context ctx) {
        try (Body body = bodies.readOptions(ctx)) {
            object(body);
        }
        models.unload(ctx.pathParam("model"));
        Reply.json(ctx, Map.of());
    }

    /** Triton's clients can send a model along, and say how to run it. Models come from the folder only. */
    private void refuseParameters(Context ctx) {
        try (Body body = bodies.readOptions(ctx)) {
            JsonNode options = object(body);
            if (options != null && !options.path("parameters").isEmpty()) {
                throw Problem.unsupported("a model is loaded as it lies in the folder: send no parameters");
            }
        }
    }

    /** The JSON object of a body that may also be empty: then null. */
    private static JsonNode object(Body body) {
        if (body.length() == 0) {
            return null;
        }
        try {
            JsonNode node = Json.MAPPER.readTree(body.bytes(), 0, body.length());
            if (node.isObject()) {
                return node;
            }
        } catch (JacksonException e) {
            // Told below.
        }
        throw Problem.badRequest("the body must be empty or a JSON object");
    }
}
