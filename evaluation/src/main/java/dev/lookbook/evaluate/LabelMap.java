package dev.lookbook.evaluate;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Which of a model's labels are right for which class of the data. Usually the class's own name; with a mapping file
 * the classes have other names, and several labels may be right for one class.
 */
public final class LabelMap {
    private final List<String> classes;
    private final List<String> labels;
    private final List<Set<Integer>> accepted; // by class; empty: the class is left out

    LabelMap(List<String> classes, List<String> labels, List<Set<Integer>> accepted) {
        this.classes = List.copyOf(classes);
        this.labels = List.copyOf(labels);
        this.accepted = List.copyOf(accepted);
    }

    /**
     * Every class is the label of the same name, in whatever order.
     *
     * @throws EvaluationException if the model does not know one of the classes
     */
    public static LabelMap sameNames(List<String> classes, List<String> labels) throws EvaluationException {
        List<String> unknown =
                classes.stream().filter(name -> !labels.contains(name)).toList();
        if (!unknown.isEmpty()) {
            throw new EvaluationException("the model does not know the class " + quoted(unknown) + ". It knows: "
                    + String.join(", ", labels) + ". Say which of these count as right with --map MAPPING.yaml");
        }
        List<Set<Integer>> accepted = new ArrayList<>();
        for (String name : classes) {
            accepted.add(Set.of(labels.indexOf(name)));
        }
        return new LabelMap(classes, labels, accepted);
    }

    /**
     * Reads a mapping file: one line for each class, with the label that is right for it, a list of such labels, or
     * {@code ignore}. Classes that the file does not name are left out like ignored ones.
     *
     * <pre>
     * t-shirt: T-shirt/top
     * shoes: [Sneaker, Sandal, Ankle boot]
     * hat: ignore
     * </pre>
     *
     * @param classes of the data
     * @param labels of the model
     * @throws EvaluationException if the file names an unknown class or label, or no class at all
     */
    public static LabelMap read(Path file, List<String> classes, List<String> labels) throws IOException {
        return LabelMapFile.read(file, classes, labels);
    }

    /** The classes of the data. */
    public List<String> classes() {
        return classes;
    }

    /** The labels of the model. */
    public List<String> labels() {
        return labels;
    }

    /** Whether {@code label} is right for a picture of {@code ofClass}; both are indices. */
    public boolean accepts(int ofClass, int label) {
        return accepted.get(ofClass).contains(label);
    }

    /** Whether pictures of this class are scored at all. */
    public boolean scores(int ofClass) {
        return !accepted.get(ofClass).isEmpty();
    }

    /** The labels that are right for a class, in the model's order. */
    public List<String> accepted(int ofClass) {
        return accepted.get(ofClass).stream().sorted().map(labels::get).toList();
    }

    /** Whether no label counts for two classes: only then has an answer one class, and a class a precision. */
    boolean isUnambiguous() {
        Set<Integer> seen = new LinkedHashSet<>();
        return accepted.stream().flatMap(Set::stream).allMatch(seen::add);
    }

    static String quoted(List<String> names) {
        return "\"" + String.join("\", \"", names) + "\"";
    }
}
