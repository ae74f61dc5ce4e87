package dev.lookbook.bench.results;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The front matter of a model card: what lies between its first two lines of three dashes. */
record Card(Path file, JsonNode values) {
    private static final YAMLMapper YAML = new YAMLMapper();

    /** The cards of all models in a folder, those with the fewest weights first. */
    static List<Card> readAll(Path folder) throws IOException {
        List<Card> cards = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(file -> file.toString().endsWith(".onnx")).toList()) {
                cards.add(read(folder.resolve(file.getFileName().toString().replace(".onnx", ".md"))));
            }
        }
        cards.sort(Comparator.<Card>comparingDouble(card -> card.number("parameters"))
                .thenComparing(Card::name));
        return cards;
    }

    private static Card read(Path file) throws IOException {
        String[] parts = Files.readString(file).split("(?m)^---$", 3);
        if (parts.length < 3) {
            throw new IOException(file + " must begin with front matter between two lines of ---");
        }
        return new Card(file, YAML.readTree(parts[1]));
    }

    String name() {
        return text("name");
    }

    String text(String key) {
        JsonNode value = values.path(key);
        if (value.isMissingNode()) {
            throw new IllegalArgumentException(file + " has no \"" + key + "\" in its front matter. Add it");
        }
        return value.asString();
    }

    double number(String key) {
        return optional(key)
                .orElseThrow(() ->
                        new IllegalArgumentException(file + ": \"" + key + "\" must be a number in its front matter"));
    }

    OptionalDouble optional(String key) {
        JsonNode value = values.path(key);
        return value.isNumber() ? OptionalDouble.of(value.asDouble()) : OptionalDouble.empty();
    }
}
