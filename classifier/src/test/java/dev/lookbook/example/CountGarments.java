package dev.lookbook.example;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Input;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Counts what the pictures of a folder show, however many they are. */
public final class CountGarments {
    private CountGarments() {}

    public static Map<String, Integer> count(Classifier classifier, Path folder) throws IOException {
        Map<String, Integer> counts = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            classifier.classifyAll(
                    files.filter(Files::isRegularFile).map(Input::file).iterator(),
                    result -> counts.merge(
                            result.prediction().map(p -> p.label()).orElse("unreadable"), 1, Integer::sum));
        }
        return counts;
    }
}
