package dev.lookbook.evaluate;

import static dev.lookbook.evaluate.Html.number;

import dev.lookbook.model.ModelFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the model is and where it comes from. */
final class PageModel {
    private static final String TRAINED_ON = "settings / data"; // as the training of this project calls it

    private final Report report;
    private final ModelFile model;

    private record Fact(String name, String value) {}

    PageModel(Report report, ModelFile model) {
        this.report = report;
        this.model = model;
    }

    Html section(Html curves) {
        return Html.of("""
                <section>
                <h2>The model</h2>
                {}
                {}
                <details><summary>Everything that is known of its making</summary>
                {}
                </details>
                </section>""", table(facts()), curves, table(provenance()));
    }

    private List<Fact> facts() {
        List<Fact> facts = new ArrayList<>();
        add(facts, "name", "%s, version %s", model.info().name(), model.info().version());
        add(facts, "labels", "%s", String.join(", ", model.info().labels()));
        add(
                facts,
                "input",
                "%d x %d pixels, %s",
                model.width(),
                model.height(),
                model.info().preparation());
        add(facts, "size", "%,d parameters, %,d operations for a picture", model.parameters(), model.flops());
        add(
                facts,
                "probabilities",
                "%scalibrated on held-out images",
                model.info().calibrated() ? "" : "not ");
        provenance().stream()
                .filter(fact -> fact.name().equals(TRAINED_ON))
                .forEach(fact -> add(facts, "trained on", "%s", fact.value()));
        report.trainSeconds()
                .ifPresent(seconds -> add(
                        facts,
                        "training",
                        "%s, %,d steps",
                        ReportPage.duration(seconds),
                        report.steps().orElse(0)));
        report.weightsSha256().ifPresent(hash -> add(facts, "weights, SHA-256", "%s", hash));
        add(facts, "file, SHA-256", "%s", report.modelSha256());
        return facts;
    }

    private static void add(List<Fact> facts, String name, String format, Object... values) {
        facts.add(new Fact(name, number(format, values)));
    }

    private List<Fact> provenance() {
        List<Fact> facts = new ArrayList<>();
        String text = model.info().provenance();
        try {
            flatten("", new JsonMapper().readTree(text), facts);
        } catch (JacksonException e) {
            facts.add(new Fact("provenance", text)); // somebody else's model: shown as it is
        }
        facts.removeIf(fact -> fact.value().isBlank());
        return facts;
    }

    private static void flatten(String path, JsonNode node, List<Fact> facts) {
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.properties()) {
                flatten(path.isEmpty() ? entry.getKey() : path + " / " + entry.getKey(), entry.getValue(), facts);
            }
        } else {
            facts.add(new Fact(path.replace('_', ' '), node.isValueNode() ? node.asString() : node.toString()));
        }
    }

    private static Html table(List<Fact> facts) {
        return Html.of(
                "<table class=\"facts\"><tbody>\n{}\n</tbody></table>",
                Html.each(facts, fact -> Html.of("<tr><th>{}</th><td>{}</td></tr>", fact.name(), fact.value())));
    }
}
