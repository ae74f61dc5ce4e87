package dev.lookbook.dataset;

import dev.lookbook.model.ModelInfo;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The names behind label numbers. Formats that only have numbers (IDX, CSV) take them from a file {@code labels.txt}
 * beside them, one name a line in order; without one they are Fashion-MNIST's.
 */
final class LabelNames {
    static final String FILE = "labels.txt";

    private LabelNames() {}

    static List<String> beside(Path dataFile) throws DatasetException {
        Path folder = dataFile.toAbsolutePath().getParent();
        Path names = folder.resolve(FILE);
        return Files.exists(names) ? read(names) : FashionMnist.LABELS;
    }

    static List<String> read(Path file) throws DatasetException {
        List<String> names;
        try {
            names = Files.readString(file)
                    .replaceFirst("^\uFEFF", "") // editors under Windows put it there
                    .lines()
                    .map(String::strip)
                    .filter(s -> !s.isEmpty())
                    .toList();
        } catch (CharacterCodingException e) {
            throw new DatasetException(file + " is not text in UTF-8. Save it as UTF-8", e);
        } catch (IOException e) {
            throw DatasetException.reading(file, e);
        }
        if (names.isEmpty()) {
            throw new DatasetException(file + " names no labels. Write one label a line, or remove it");
        }
        requireDistinct(file.toString(), names, UnaryOperator.identity());
        requireUsable(file, names);
        return names;
    }

    /** Refuses labels that a model file cannot hold, before a network is trained for them. */
    static void requireUsable(Path place, List<String> names) throws DatasetException {
        try {
            ModelInfo.requireLabels(names);
        } catch (IllegalArgumentException e) {
            throw new DatasetException(place + ": no model file can hold these labels: " + e.getMessage(), e);
        }
    }

    /** Refuses two labels that nothing would tell apart {@code as} what they are written as: names of folders, say. */
    static void requireDistinct(String place, List<String> names, UnaryOperator<String> as) throws DatasetException {
        Map<String, String> seen = new HashMap<>();
        for (String name : names) {
            String other = seen.putIfAbsent(as.apply(name), name);
            if (name.equals(other)) {
                throw new DatasetException(place + " has two labels \"" + name + "\". Remove one");
            }
            if (other != null) {
                throw new DatasetException(place + " has the labels \"" + other + "\" and \"" + name
                        + "\", which would be one folder. Rename one, or keep the images as idx or csv");
            }
        }
    }

    /** A label as the name of a folder: what file systems or shells cannot bear becomes a dash. */
    static String folderOf(String label) {
        String name = label.replaceAll("[^\\p{L}\\p{N} ._+()-]", "-").strip();
        return name.isEmpty() || name.startsWith(".") ? "-" + name : name;
    }

    /** The label that a folder stands for, if it is one of {@code labels}. */
    static Optional<String> ofFolder(Path folder, List<String> labels) {
        String name = folder.getFileName().toString();
        return labels.contains(name)
                ? Optional.of(name)
                : labels.stream().filter(label -> folderOf(label).equals(name)).findFirst();
    }

    /** For error messages: {@code 0 T-shirt/top, 1 Trouser, ...}. */
    static String numbered(List<String> names) {
        return IntStream.range(0, names.size())
                .mapToObj(i -> i + " " + names.get(i))
                .collect(Collectors.joining(", "));
    }

    static DatasetException unknown(String place, String label, List<String> names) {
        return new DatasetException(place + ": unknown label " + label + ". Known labels: " + numbered(names)
                + ". Other names go into a file " + FILE + " beside it, one a line");
    }
}
