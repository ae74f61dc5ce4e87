package dev.lookbook.serve;

import dev.lookbook.evaluate.Evaluation;
import dev.lookbook.evaluate.Report;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.Weights;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the web page shows beside answers and explanations: weights, runs, and the pictures behind a model's figures. */
final class PageRoutes {
    private static final int MOST_PICTURES = 60;

    private final Models models;
    private final Runs runs;
    private final Evaluations evaluations;

    PageRoutes(Models models, Runs runs, Evaluations evaluations) {
        this.models = models;
        this.runs = runs;
        this.evaluations = evaluations;
    }

    void addTo(RoutesConfig routes) {
        new Page().addTo(routes);
        routes.get("/api/models/{model}/weights", this::weights);
        routes.get("/api/models/{model}/report", ctx -> report(ctx, ofModel(ctx).report()));
        routes.get("/api/models/{model}/pictures", ctx -> pictures(ctx, ofModel(ctx)));
        routes.get("/api/runs", ctx -> Reply.json(ctx, runs.list()));
        routes.get("/api/runs/{run}/report", ctx -> report(ctx, evaluations.reportOf(ctx.pathParam("run"))));
        routes.get("/api/runs/{run}/pictures", ctx -> pictures(ctx, evaluations.ofRun(ctx.pathParam("run"))));
    }

    /** Those that make one map or number of a layer. */
    private void weights(Context ctx) {
        String layer = required(ctx, "layer");
        ModelFile model = models.find(ctx.pathParam("model"), Optional.ofNullable(ctx.queryParam("version")))
                .model();
        Weights weights = model.weights(layer)
                .orElseThrow(() -> Problem.notFound("the model has no layer of that name that has weights."
                        + " POST /api/explain lists its layers"));
        int outputs = weights.shape().get(0);
        int channel = channel(required(ctx, "channel"), outputs);
        int size = weights.values().length / outputs;
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("layer", layer);
        answer.put("channel", channel);
        answer.put("shape", weights.shape().subList(1, weights.shape().size()));
        answer.put("values", base64(weights.values(), channel * size, size));
        answer.put("bias", weights.bias()[channel]);
        answer.put("content_sha256", model.contentSha256());
        Reply.json(ctx, answer);
    }

    private static int channel(String text, int outputs) {
        try {
            int channel = Integer.parseInt(text);
            if (channel >= 0 && channel < outputs) {
                return channel;
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        throw Problem.badRequest("the parameter channel must be a whole number from 0 to " + (outputs - 1));
    }

    private static String base64(float[] values, int from, int count) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * count).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values, from, count);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private Evaluation ofModel(Context ctx) {
        return evaluations.ofModel(ctx.pathParam("model"), Optional.ofNullable(ctx.queryParam("version")));
    }

    private static void report(Context ctx, Report report) {
        Reply.write(ctx, 200, Reply.JSON, report.json().getBytes(StandardCharsets.UTF_8));
    }

    /** Of one class that were given one label. */
    private static void pictures(Context ctx, Evaluation evaluation) {
        String label = required(ctx, "label");
        String predicted = required(ctx, "predicted");
        List<Report.Loss> cell = evaluation.cell(label, predicted);
        List<Map<String, Object>> pictures = new ArrayList<>();
        for (Report.Loss one : cell.subList(0, Math.min(MOST_PICTURES, cell.size()))) {
            Map<String, Object> picture = new LinkedHashMap<>();
            picture.put("image", one.image());
            picture.put("confidence", one.confidence());
            picture.put(
                    "pixels",
                    Base64.getEncoder().encodeToString(evaluation.images().pixels(one.image())));
            pictures.add(picture);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("label", label);
        answer.put("predicted", predicted);
        answer.put("height", evaluation.images().height());
        answer.put("width", evaluation.images().width());
        answer.put("total", cell.size());
        answer.put("pictures", pictures);
        Reply.json(ctx, answer);
    }

    private static String required(Context ctx, String name) {
        return Optional.ofNullable(ctx.queryParam(name))
                .orElseThrow(() -> Problem.badRequest("the parameter " + name + " is missing"));
    }
}
