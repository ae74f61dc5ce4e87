package dev.lookbook.evaluate;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads {@link LabelMap}'s YAML. */
final class LabelMapFile {
    private static final String IGNORE = "ignore";
    private static final String FORM = "Each line is CLASS: LABEL, CLASS: [LABEL, LABEL] or CLASS: " + IGNORE;
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final List<String> classes;
    private final List<String> labels;

    private LabelMapFile(Path file, List<String> classes, List<String> labels) {
        this.file = file;
        this.classes = classes;
        this.labels = labels;
    }

    static LabelMap read(Path file, List<String> classes, List<String> labels) throws IOException {
        return new LabelMapFile(file, classes, labels).map();
    }

    private LabelMap map() throws IOException {
        List<Set<Integer>> accepted = new ArrayList<>();
        classes.forEach(name -> accepted.add(Set.of()));
        for (Map.Entry<String, JsonNode> line : tree().properties()) {
            int ofClass = classes.indexOf(line.getKey());
            if (ofClass < 0) {
                throw new EvaluationException(file + ": the data have no class \"" + line.getKey()
                        + "\". Their classes: " + String.join(", ", classes));
            }
            accepted.set(ofClass, labels(line.getKey(), line.getValue()));
        }
        if (accepted.stream().allMatch(Set::isEmpty)) {
            throw new EvaluationException(file + " leaves every class out. " + FORM);
        }
        return new LabelMap(classes, labels, accepted);
    }

    private JsonNode tree() throws IOException {
        if (Files.isDirectory(file)) {
            throw new EvaluationException(file + " is a folder, not a YAML file. " + FORM);
        }
        try {
            JsonNode tree = YAML.readTree(Files.readString(file));
            if (tree.isObject()) {
                return tree;
            }
        } catch (CharacterCodingException e) {
            throw new EvaluationException(file + " is not text in UTF-8");
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new EvaluationException(file + (line > 0 ? " line " + line : "") + ": "
                    + e.getOriginalMessage().lines().findFirst().orElse("not YAML") + ". " + FORM);
        }
        throw new EvaluationException(file + " is not a mapping. " + FORM);
    }

    private Set<Integer> labels(String name, JsonNode value) throws EvaluationException {
        if (value.isString() && value.stringValue().equals(IGNORE)) {
            return Set.of();
        }
        List<JsonNode> nodes = value.isArray() ? List.copyOf(value.values()) : List.of(value);
        Set<Integer> indices = new TreeSet<>();
        for (JsonNode node : nodes) {
            indices.add(label(name, node));
        }
        if (indices.isEmpty()) {
            throw new EvaluationException(file + ": \"" + name + "\" has no label. " + FORM);
        }
        return indices;
    }

    private int label(String name, JsonNode node) throws EvaluationException {
        if (node.isNull() || node.isContainer()) {
            throw new EvaluationException(file + ": \"" + name + "\" has no label. " + FORM);
        }
        int label = labels.indexOf(node.asString());
        if (label < 0) {
            throw new EvaluationException(file + ": \"" + name + "\" is mapped to \"" + node.asString()
                    + "\", which the model does not know. It knows: " + String.join(", ", labels) + "; or " + IGNORE);
        }
        return label;
    }
}
