package dev.lookbook.evaluate;

import dev.lookbook.classify.Decision;
import dev.lookbook.classify.Prediction;
import dev.lookbook.explain.Evidence;
import dev.lookbook.explain.Explanation;
import dev.lookbook.explain.LayerView;
import dev.lookbook.explain.Neighbours;
import dev.lookbook.explain.Neighbours.Neighbour;
import dev.lookbook.explain.PixelMap;
import dev.lookbook.image.Picture;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** An explanation as JSON. Fields are only ever added. */
final class ExplanationFile {
    private static final JsonMapper JSON = new JsonMapper();

    private final ExplainedPicture explained;
    private final boolean packed;

    /** @param packed whether arrays are base64 of their bytes, see {@link ExplainedPicture#packedJson} */
    ExplanationFile(ExplainedPicture explained, boolean packed) {
        this.explained = explained;
        this.packed = packed;
    }

    String json() {
        Explanation explanation = explained.explanation();
        Prediction prediction = explanation.prediction();
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("input", explained.input());
        json.put("label", prediction.label());
        json.put("confidence", prediction.confidence());
        prediction.decision().ifPresent(decision -> json.put("decision", name(decision)));
        prediction.unfamiliarity().ifPresent(value -> json.put("unfamiliarity", value));
        json.put("runner_up", explanation.runnerUp());
        json.put("probabilities", prediction.probabilities());
        json.put("garment_found", explanation.prepared().garmentFound());
        json.put("pixels", pixels(explanation));
        json.put("members", explanation.members());
        json.put(
                "layers",
                explanation.stages().stream()
                        .flatMap(stage -> stage.layers().stream())
                        .map(this::layer)
                        .toList());
        json.put("occlusion", occlusion(explanation));
        json.put(
                "evidence",
                explanation.evidence().stream().map(ExplanationFile::evidence).toList());
        explanation.neighbours().ifPresent(found -> json.put("neighbours", neighbours(found)));
        json.put("model", prediction.model());
        json.put("version", prediction.version());
        json.put("content_sha256", explained.model().contentSha256());
        json.put("calibrated", explained.model().info().calibrated());
        return JSON.writeValueAsString(json);
    }

    private static String name(Decision decision) {
        return decision.name().toLowerCase(Locale.ROOT);
    }

    private Object pixels(Explanation explanation) {
        if (packed) {
            return base64(explanation.prepared().pixels());
        }
        int side = explanation.prepared().side();
        int[][] rows = new int[side][side];
        for (int i = 0; i < side * side; i++) {
            rows[i / side][i % side] = explanation.prepared().pixels()[i] & 0xFF;
        }
        return rows;
    }

    private Map<String, Object> layer(LayerView view) {
        Map<String, Object> layer = new LinkedHashMap<>();
        layer.put("name", view.layer().name());
        layer.put("type", view.layer().type().name().toLowerCase(Locale.ROOT));
        layer.put("kind", view.layer().kind());
        layer.put("inputs", view.layer().inputs());
        layer.put("shape", view.layer().shape());
        view.layer().window().ifPresent(window -> layer.put("window", window));
        layer.put("zeros", view.statistics().zeros());
        layer.put("negatives", view.statistics().negatives());
        layer.put("smallest", view.statistics().smallest());
        layer.put("largest", view.statistics().largest());
        layer.put("shift_similarity", view.statistics().shiftSimilarity());
        view.field().ifPresent(field -> layer.put("receptive_field", field));
        layer.put("values", numbers(view.values()));
        view.weights().filter(weights -> weights.shape().size() == 4).ifPresent(weights -> {
            layer.put("kernel_shape", weights.shape());
            if (weights.shape().get(1)
                    == 1) { // those of deeper layers are a hundred times as many, and in the model file
                layer.put("kernels", numbers(weights.values()));
                layer.put("bias", numbers(weights.bias()));
            }
        });
        return layer;
    }

    private Map<String, Object> occlusion(Explanation explanation) {
        Map<String, Object> occlusion = new LinkedHashMap<>();
        occlusion.put("window", explanation.occlusion().window());
        occlusion.put("stride", explanation.occlusion().stride());
        occlusion.put("fill", explanation.occlusion().fill());
        occlusion.put("unit", "fall of the natural logarithm of the probability, before the temperature");
        occlusion.put("label", rows(explanation.maps().label()));
        occlusion.put("rather_than_runner_up", rows(explanation.maps().rather()));
        return occlusion;
    }

    private Object rows(PixelMap map) {
        if (packed) {
            return numbers(map.values());
        }
        float[][] rows = new float[map.height()][map.width()];
        for (int i = 0; i < map.values().length; i++) {
            rows[i / map.width()][i % map.width()] = map.values()[i];
        }
        return rows;
    }

    private static Map<String, Object> evidence(Evidence evidence) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("member", evidence.member());
        json.put("head", evidence.head());
        json.put("source", evidence.source());
        json.put("bias", evidence.bias());
        json.put("runner_up_bias", evidence.runnerUpBias());
        evidence.field().ifPresent(field -> json.put("mirrored", field.mirrored())); // then cells count from the right
        evidence.grid().ifPresent(grid -> json.put("grid", List.of(grid.height(), grid.width())));
        json.put(
                "features",
                evidence.features().stream()
                        .map(feature -> {
                            Map<String, Object> one = new LinkedHashMap<>();
                            one.put("index", feature.index());
                            one.put("activation", feature.activation());
                            one.put("label", feature.label());
                            one.put("runner_up", feature.runnerUp());
                            if (feature.cell() >= 0) {
                                one.put("cell", feature.cell());
                            }
                            return one;
                        })
                        .toList());
        return json;
    }

    private Map<String, Object> neighbours(Neighbours neighbours) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("data", neighbours.data());
        json.put("exact", neighbours.exact());
        json.put("nearest", neighbours.nearest().stream().map(this::neighbour).toList());
        neighbours.ofRunnerUp().ifPresent(one -> json.put("of_runner_up", neighbour(one)));
        return json;
    }

    private Map<String, Object> neighbour(Neighbour neighbour) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("image", neighbour.image());
        json.put("label", neighbour.label());
        json.put("similarity", neighbour.similarity());
        Picture picture = explained.trainingImages().get(neighbour.image());
        if (packed && picture != null) {
            json.put("pixels", base64(picture.greyPixels()));
        }
        return json;
    }

    private Object numbers(float[] values) {
        if (!packed) {
            return short4(values);
        }
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(values);
        return base64(bytes.array());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** Rounded to four significant digits, at least three after the point: a third of the bytes, and nobody sees the rest in a map. */
    private static float[] short4(float[] values) {
        float[] rounded = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            double size = Math.abs(values[i]);
            double scale = 1000;
            while (size != 0 && size * scale < 1000) {
                scale *= 10;
            }
            rounded[i] = (float) (Math.round(values[i] * scale) / scale);
        }
        return rounded;
    }
}
