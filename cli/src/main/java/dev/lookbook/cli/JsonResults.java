package dev.lookbook.cli;

import dev.lookbook.classify.Prediction;
import dev.lookbook.classify.Result;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Results as JSON, an object per line; what an input does not have is left out. */
final class JsonResults implements ResultWriter {

    private static final JsonMapper JSON = new JsonMapper();

    private final PrintStream out;
    private final ResultDetail detail;

    JsonResults(PrintStream out, ResultDetail detail) {
        this.out = out;
        this.detail = detail;
    }

    @Override
    public void write(Result result) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("input", result.name());
        result.prediction().ifPresent(prediction -> put(object, prediction));
        result.error().ifPresent(error -> object.put("error", error));
        byte[] line = JSON.writeValueAsBytes(object); // in UTF-8, whatever the terminal speaks
        out.write(line, 0, line.length);
        out.write('\n');
    }

    private void put(Map<String, Object> object, Prediction prediction) {
        object.put("label", prediction.label());
        object.put("confidence", prediction.confidence());
        prediction.decision().ifPresent(decision -> object.put("decision", ResultWriter.decision(prediction)));
        prediction.unfamiliarity().ifPresent(value -> object.put("unfamiliarity", value));
        if (detail.top() > 1) {
            object.put(
                    "top",
                    detail.top(prediction).stream().map(JsonResults::inOrder).toList());
        }
        if (detail.probabilities()) {
            object.put("probabilities", prediction.probabilities());
        }
        object.put("model", prediction.model());
        object.put("version", prediction.version());
    }

    private static Map<String, Object> inOrder(Map.Entry<String, Float> answer) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("label", answer.getKey());
        object.put("confidence", answer.getValue());
        return object;
    }
}
