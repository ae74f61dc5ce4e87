package dev.lookbook.run;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One run in a line, for comparison. What a run does not (yet) have is empty.
 *
 * @param run its directory
 * @param model the network's name
 * @param accuracy on the test split, from 0 to 1, as are {@code macroF1} and {@code ece}
 * @param trainSeconds summed over resumes
 * @param modelBytes size of {@code model.onnx}
 */
public record RunSummary(
        String run,
        Optional<String> model,
        OptionalDouble accuracy,
        OptionalDouble macroF1,
        OptionalDouble nll,
        OptionalDouble ece,
        OptionalDouble trainSeconds,
        OptionalLong epochs,
        OptionalLong steps,
        OptionalLong parameters,
        OptionalLong modelBytes) {

    private static final JsonMapper JSON = new JsonMapper();

    static RunSummary of(RunFolder run) throws IOException {
        JsonNode args = run.has(RunFolder.ARGS) ? Yaml.tree(run.file(RunFolder.ARGS)) : JSON.createObjectNode();
        JsonNode report = report(run);
        List<EpochResult> results = run.readResults();
        return new RunSummary(
                run.toString(),
                args.path("model").asStringOpt(),
                number(report, "accuracy"),
                number(report, "macro_f1"),
                number(report, "nll"),
                number(report, "ece"),
                number(report, "train_seconds"),
                results.isEmpty()
                        ? OptionalLong.empty()
                        : OptionalLong.of(results.get(results.size() - 1).epoch()),
                whole(report, "steps"),
                whole(report, "parameters"),
                run.has(RunFolder.MODEL)
                        ? OptionalLong.of(Files.size(run.file(RunFolder.MODEL)))
                        : OptionalLong.empty());
    }

    private static JsonNode report(RunFolder run) throws IOException {
        if (!run.has(RunFolder.REPORT)) {
            return JSON.createObjectNode(); // killed, or still running
        }
        try {
            return JSON.readTree(Files.readString(run.file(RunFolder.REPORT)));
        } catch (JacksonException | CharacterCodingException e) {
            throw new RunException(
                    run.file(RunFolder.REPORT) + " is not JSON. Remove it, or make it anew with lookbook evaluate", e);
        }
    }

    private static OptionalDouble number(JsonNode report, String key) {
        JsonNode value = report.path(key);
        return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }

    private static OptionalLong whole(JsonNode report, String key) {
        JsonNode value = report.path(key);
        return value.isNumber() ? OptionalLong.of(value.asLong()) : OptionalLong.empty();
    }
}
