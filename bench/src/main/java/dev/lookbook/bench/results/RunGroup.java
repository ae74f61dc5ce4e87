package dev.lookbook.bench.results;

import dev.lookbook.bench.harness.PropertiesFile;
import dev.lookbook.run.RunFolder;
import dev.lookbook.run.RunSummary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs that differ in their seeds only, kept in {@code docs/results/runs/NAME/1}, {@code 2}, ... by {@link KeepRuns}.
 *
 * @param name such as {@code 30s}
 * @param what in words, such as {@code 30 s of training}
 * @param command that made them, with {@code N} for the seed
 * @param machine that they were made on
 */
record RunGroup(String name, String what, String command, String machine, List<RunSummary> runs) {
    static final String FILE = "group.properties";

    /** All groups of a folder, the shortest training first; none if there is no such folder. */
    static List<RunGroup> readAll(Path folder) throws IOException {
        List<RunGroup> groups = new ArrayList<>();
        for (Path group : children(folder)) {
            groups.add(read(group));
        }
        groups.sort(
                Comparator.<RunGroup>comparingDouble(group -> group.seconds().mean())
                        .thenComparing(RunGroup::name));
        return groups;
    }

    private static RunGroup read(Path folder) throws IOException {
        Map<String, String> words = PropertiesFile.read(folder.resolve(FILE));
        List<RunSummary> runs = new ArrayList<>();
        for (Path run : children(folder)) {
            runs.add(RunFolder.open(run).summary());
        }
        if (runs.isEmpty()) {
            throw new IOException(folder + " has no runs. Remove it");
        }
        return new RunGroup(
                folder.getFileName().toString(), words.get("what"), words.get("command"), words.get("machine"), runs);
    }

    /** The folders in a folder, in the order of their names; numbers by their value. */
    static List<Path> children(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isDirectory)
                    .sorted(Comparator.<Path>comparingInt(
                                    file -> file.getFileName().toString().length())
                            .thenComparing(Path::getFileName))
                    .toList();
        }
    }

    Spread accuracy() {
        return Spread.of(runs, run -> run.accuracy().orElseThrow());
    }

    Spread seconds() {
        return Spread.of(runs, run -> run.trainSeconds().orElseThrow());
    }

    Spread steps() {
        return Spread.of(runs, run -> run.steps().orElseThrow());
    }
}
