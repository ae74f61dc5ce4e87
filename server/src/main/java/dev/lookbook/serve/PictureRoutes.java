package dev.lookbook.serve;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Prediction;
import dev.lookbook.classify.Result;
import dev.lookbook.image.Png;
import dev.lookbook.image.Prepared;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Pictures as they are, answered in JSON: for whoever has curl. */
final class PictureRoutes {
    private final Models models;
    private final Bodies bodies;
    private final Inference inference;
    private final Explanations explanations;
    private final Limits limits;
    private final String defaultModel;

    PictureRoutes(
            Models models,
            Bodies bodies,
            Inference inference,
            Explanations explanations,
            Limits limits,
            String defaultModel) {
        this.models = models;
        this.bodies = bodies;
        this.inference = inference;
        this.explanations = explanations;
        this.limits = limits;
        this.defaultModel = defaultModel;
    }

    void addTo(RoutesConfig routes) {
        routes.post("/api/classify", this::classify);
        routes.post("/api/explain", this::explain);
        routes.get("/api/models", this::models);
    }

    private void classify(Context ctx) {
        String model = model(ctx);
        Optional<String> version = version(ctx);
        boolean showPrepared = yesOrNo(ctx, "prepared");
        ModelName asked = models.find(model, version).name(); // before anything is read
        Map<String, Object> told;
        try (Body body = bodies.read(ctx)) { // held while the pictures, which are copies, are
            inference.requireRoom(asked);
            List<SentPicture> pictures = SentPictures.of(ctx, body, limits);
            Inference.Answer<List<Result>> answer = inference.run(
                    model,
                    version,
                    Optional.empty(),
                    classifier -> classify(classifier, pictures),
                    results -> (int) results.stream()
                            .filter(result -> result.prediction().isPresent())
                            .count());
            told = answer(answer.model(), answer.value(), showPrepared);
        }
        Reply.json(ctx, told); // without the body: who reads slowly holds no more than the answer
    }

    /** One bad picture among good ones is a line of the answer; if there are only bad ones the request is bad. */
    private static List<Result> classify(Classifier classifier, List<SentPicture> pictures) {
        List<Result> results = classifier.classifyTogether(pictures);
        if (results.stream().noneMatch(result -> result.prediction().isPresent())) {
            boolean tooLarge = pictures.stream().anyMatch(SentPicture::isTooLarge);
            throw new Problem(tooLarge ? 413 : 400, results.get(0).error().orElseThrow());
        }
        return results;
    }

    private static Map<String, Object> answer(ModelName model, List<Result> results, boolean showPrepared) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("model", model.name());
        answer.put("version", model.version());
        List<Map<String, Object>> lines = new ArrayList<>();
        for (Result result : results) {
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("input", result.name());
            result.prediction().ifPresent(prediction -> put(line, prediction));
            result.prepared().ifPresent(prepared -> line.put("garment_found", prepared.garmentFound()));
            result.error().ifPresent(error -> line.put("error", error));
            if (showPrepared) {
                result.prepared().ifPresent(prepared -> line.put("prepared", dataUri(prepared)));
            }
            lines.add(line);
        }
        answer.put("results", lines);
        return answer;
    }

    private static void put(Map<String, Object> line, Prediction prediction) {
        line.put("label", prediction.label());
        line.put("confidence", prediction.confidence());
        prediction
                .decision()
                .ifPresent(decision -> line.put("decision", decision.name().toLowerCase(Locale.ROOT)));
        prediction.unfamiliarity().ifPresent(value -> line.put("unfamiliarity", value));
        line.put("probabilities", prediction.probabilities());
    }

    private static String dataUri(Prepared prepared) {
        byte[] png = Png.bytes(prepared.toPicture());
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(png);
    }

    private void explain(Context ctx) {
        String model = model(ctx);
        Optional<String> version = version(ctx);
        boolean packed = packed(ctx);
        models.find(model, version); // before anything is read
        byte[] json;
        try (Body body = bodies.read(ctx)) {
            List<SentPicture> pictures = SentPictures.of(ctx, body, limits);
            if (pictures.size() > 1) {
                throw Problem.badRequest("one picture is explained at a time, but the form has " + pictures.size()
                        + ". Send them one by one");
            }
            json = explanations.explain(
                    model,
                    version,
                    pictures.get(0),
                    explained -> (packed ? explained.packedJson() : explained.json()).getBytes(StandardCharsets.UTF_8));
        }
        Reply.write(ctx, 200, Reply.JSON, json);
    }

    private static boolean packed(Context ctx) {
        String arrays = Optional.ofNullable(ctx.queryParam("arrays")).orElse("json");
        return switch (arrays) {
            case "json" -> false;
            case "base64" -> true;
            default -> throw Problem.badRequest("the parameter arrays must be json or base64, but is '" + arrays + "'");
        };
    }

    private String model(Context ctx) {
        return Optional.ofNullable(ctx.queryParam("model")).orElse(defaultModel);
    }

    private static Optional<String> version(Context ctx) {
        return Optional.ofNullable(ctx.queryParam("version"));
    }

    private void models(Context ctx) {
        List<Map<String, Object>> list = new ArrayList<>();
        ModelName answering = defaultName();
        for (ServedModel model : models.served()) {
            list.add(ModelCard.of(model, model.name().equals(answering)));
        }
        Reply.json(ctx, Map.of("models", list, "limits", limits()));
    }

    /** So that clients need not run into them. */
    private Map<String, Integer> limits() {
        return Map.of("body_bytes", limits.bodyBytes(), "pixels", limits.pixels(), "images", limits.images());
    }

    private ModelName defaultName() {
        try {
            return models.find(defaultModel, Optional.empty()).name();
        } catch (Problem e) {
            return null; // it may come yet
        }
    }

    private static boolean yesOrNo(Context ctx, String name) {
        String value = ctx.queryParam(name);
        return switch (value == null ? "false" : value) {
            case "", "true" -> true;
            case "false" -> false;
            default ->
                throw Problem.badRequest("the parameter " + name + " must be true or false, but is '" + value + "'");
        };
    }
}
