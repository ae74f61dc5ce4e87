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
        requireLabels(labels);
        if (sureAt.isPresent() && !(sureAt.getAsDouble() >= 0 && sureAt.getAsDouble() <= 1)) {
            throw new IllegalArgumentException("sureAt must be from 0 to 1, but was " + sureAt.getAsDouble());
        }
        if (provenance.isBlank()) {
            throw new IllegalArgumentException("provenance must be JSON, such as {}, but was blank");
        }
    }

    /**
     * Refuses labels that no model file can hold, so that nobody trains for them.
     *
     * @throws IllegalArgumentException that says which of them, and why
     */
    public static void requireLabels(List<String> labels) {
        if (labels.isEmpty() || labels.size() > ModelFileReader.LARGEST_OUTPUT) {
            throw new IllegalArgumentException("a model has from 1 to " + ModelFileReader.LARGEST_OUTPUT
                    + " labels, but there are " + labels.size());
        }
        for (int i = 0; i < labels.size(); i++) {
            requireLine("label " + (i + 1), labels.get(i));
        }
        if (new HashSet<>(labels).size() < labels.size()) {
            throw new IllegalArgumentException("labels must differ, but were " + labels);
        }
    }

    // Labels are stored one a line, and all of these are printed to terminals.
    private static void requireLine(String what, String text) {
        boolean printable = !text.isBlank() && text.length() <= 1000;
        for (int i = 0; printable && i < text.length(); i++) {
            printable = !Character.isISOControl(text.charAt(i));
        }
        if (!printable) {
            String shown = text.length() > 40 ? text.substring(0, 40) + "..." : text;
            throw new IllegalArgumentException(
                    what + " must be one line of 1 to 1000 characters without control characters, but was \"" + shown
                            + "\"");
        }
    }
}
