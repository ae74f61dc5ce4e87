package dev.lookbook.model;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What a model file says about itself beside its graph.
 *
 * @param name what people call the model, such as {@code small}
 * @param version which one of that name
 * @param labels the classes in the order of the outputs
 * @param preparation how a photo becomes an input, such as {@code fashion-mnist/1}
 * @param calibrated whether the probabilities were fitted to images held out; if not, the temperature is 1
 * @param sureAt the smallest confidence at which held-out accuracy is at least 99%; empty: no decision is made
 * @param provenance where the model comes from, as JSON text that nothing here looks into
 */
public record ModelInfo(
        String name,
        String version,
        List<String> labels,
        String preparation,
        boolean calibrated,
        OptionalDouble sureAt,
        String provenance) {

    public ModelInfo {
        requireLine("name", name);
        requireLine("version", version);
        requireLine("preparation", preparation);
        labels = List.copyOf(labels);
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("a model needs at least one label");
        }
        for (String label : labels) {
            requireLine("a label", label);
        }
        if (new HashSet<>(labels).size() < labels.size()) {
            throw new IllegalArgumentException("labels must differ, but were " + labels);
        }
        if (sureAt.isPresent() && !(sureAt.getAsDouble() >= 0 && sureAt.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("sureAt must be from 0 to 1, but was " + sureAt.getAsDouble());
        }
        if (provenance.isBlank()) {
            throw new IllegalArgumentException("provenance must be JSON, such as {}, but was blank");
        }
    }

    // Labels are stored one a line, and all of these are printed to terminals.
    private static void requireLine(String what, String text) {
        boolean printable = !text.isBlank() && text.length() <= 1000;
        for (int i = 0; printable && i < text.length(); i++) {
            printable = !Character.isISOControl(text.charAt(i));
        }
        if (!printable) {
            throw new IllegalArgumentException(
                    what + " must be one line of 1 to 1000 characters without control characters");
        }
    }
}
