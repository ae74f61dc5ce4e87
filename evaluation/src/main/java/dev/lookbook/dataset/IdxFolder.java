package dev.lookbook.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * IDX files under their usual names: {@code train-images-idx3-ubyte}, {@code t10k-labels-idx1-ubyte}, .gz or not; and
 * {@code all-} for data that do not come in splits.
 */
final class IdxFolder {
    private static final Map<String, List<String>> PREFIXES = prefixes();

    private IdxFolder() {}

    private static Map<String, List<String>> prefixes() {
        Map<String, List<String>> prefixes = new LinkedHashMap<>();
        prefixes.put(Source.TRAIN, List.of("train"));
        prefixes.put(Source.VAL, List.of("val", "validation"));
        prefixes.put(Source.TEST, List.of("t10k", "test"));
        prefixes.put(Source.ALL, List.of("all"));
        return prefixes;
    }

    static boolean holdsTrainAndTest(Path folder) {
        return images(folder, Source.TRAIN).isPresent()
                && images(folder, Source.TEST).isPresent();
    }

    /** The splits that are there, in order. */
    static Map<String, Source.Part> parts(Path folder, boolean checked) {
        Map<String, Source.Part> parts = new LinkedHashMap<>();
        for (String split : PREFIXES.keySet()) {
            images(folder, split).ifPresent(file -> parts.put(split, () -> IdxPair.read(file, checked)));
        }
        return parts;
    }

    /** The file with the images of a split. */
    static Optional<Path> images(Path folder, String split) {
        for (String prefix : PREFIXES.get(split)) {
            for (String name : List.of("-images-idx3-ubyte", "-images.idx3-ubyte")) {
                for (String ending : List.of("", ".gz")) {
                    Path file = folder.resolve(prefix + name + ending);
                    if (Files.isRegularFile(file)) {
                        return Optional.of(file);
                    }
                }
            }
        }
        return Optional.empty();
    }
}
