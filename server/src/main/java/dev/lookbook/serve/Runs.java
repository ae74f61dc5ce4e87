package dev.lookbook.serve;

import dev.lookbook.run.EpochResult;
import dev.lookbook.run.RunFolder;
import dev.lookbook.run.RunSummary;
import dev.lookbook.run.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The runs of a folder. What a request calls a run is compared with what is there, and never becomes a path. */
final class Runs {
    static final int MOST = 200; // that are listed: each is read

    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final Comparator<RunFolder> BY_NAME =
            Comparator.comparing((RunFolder run) -> padded(name(run))).thenComparing(Runs::name);

    private final Path folder;

    /** @param folder need not exist */
    Runs(Path folder) {
        this.folder = folder;
    }

    /**
     * A line for each run, finished or not, by name; one that cannot be read says why. Of very many those that changed
     * longest ago are left out.
     */
    Map<String, Object> list() {
        List<RunFolder> all = folders();
        Map<String, Object> list = new LinkedHashMap<>();
        list.put("runs", lastChanged(all).stream().map(Runs::line).toList());
        list.put("left_out", Math.max(0, all.size() - MOST));
        return list;
    }

    private static List<RunFolder> lastChanged(List<RunFolder> all) {
        Map<RunFolder, FileTime> changed = new HashMap<>(); // once for each: a run may change while they are sorted
        all.forEach(run -> changed.put(run, changed(run)));
        return all.stream()
                .sorted(Comparator.comparing(changed::get).reversed())
                .limit(MOST)
                .sorted(BY_NAME)
                .toList();
    }

    /** A run writes each of its files under another name first, which changes its folder. */
    private static FileTime changed(RunFolder run) {
        try {
            return Files.getLastModifiedTime(run.path());
        } catch (IOException e) {
            return FileTime.fromMillis(0); // it has just gone
        }
    }

    /** Numbers with as many digits each, so that train2 comes before train10. */
    private static String padded(String name) {
        return DIGITS.matcher(name)
                .replaceAll(number -> "0".repeat(Math.max(0, 20 - number.group().length())) + number.group());
    }

    /** @throws Problem 404 if there is no such run */
    RunFolder find(String name) {
        return folders().stream()
                .filter(run -> name(run).equals(name))
                .findFirst()
                .orElseThrow(() -> Problem.notFound("there is no such run. GET /api/runs lists those that are there"));
    }

    static String name(RunFolder run) {
        return run.path().getFileName().toString();
    }

    private List<RunFolder> folders() {
        List<RunFolder> runs = new ArrayList<>();
        try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
            for (Path file : files.filter(Files::isDirectory).toList()) {
                try {
                    runs.add(RunFolder.open(file));
                } catch (IOException e) {
                    // Explanations and other things lie there, too.
                }
            }
        } catch (IOException e) {
            throw new IllegalStateException("the folder of runs cannot be read", e);
        }
        return runs;
    }

    private static Map<String, Object> line(RunFolder run) {
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("run", name(run));
        line.put("settings", Map.of());
        line.put("curves", List.of());
        try {
            RunSummary summary = run.summary();
            summary.model().ifPresent(model -> line.put("model", model));
            summary.accuracy().ifPresent(accuracy -> line.put("accuracy", accuracy));
            summary.trainSeconds().ifPresent(seconds -> line.put("train_seconds", seconds));
            line.put("curves", run.readResults().stream().map(Runs::point).toList());
            if (run.has(RunFolder.ARGS)) {
                line.put("settings", Yaml.map(run.file(RunFolder.ARGS)));
            }
        } catch (IOException e) {
            line.put("problem", withoutPlace(run, e));
        }
        return line;
    }

    /** Whoever asks need not know where the folder is. */
    static String withoutPlace(RunFolder run, IOException e) {
        return String.valueOf(e.getMessage()).replace(run.path().toString(), name(run));
    }

    private static Map<String, Object> point(EpochResult result) {
        Map<String, Object> point = new LinkedHashMap<>();
        point.put("epoch", result.epoch());
        point.put("seconds", result.seconds());
        point.put("train_loss", result.trainLoss());
        point.put("train_accuracy", result.trainAccuracy());
        result.validationLoss().ifPresent(loss -> point.put("val_loss", loss));
        result.validationAccuracy().ifPresent(accuracy -> point.put("val_accuracy", accuracy));
        point.put("lr", result.learningRate());
        return point;
    }
}
