package dev.lookbook.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all measurements in a folder have in common, kept beside them in {@code peers.properties}: figures of different
 * machines, or of different states of the code, must not stand in one table.
 */
public record Setup(Map<String, String> values) {
    public static final String FILE = "peers.properties";
    private static final String COMMAND = "command"; // or several, one after the other
    private static final List<String> ALL_AGREE = List.of("machine", "java", "threads", "code");
    /** The ladder's: schedules that were measured by another one would vanish from the tables. */
    private static final List<String> SCHEDULES_AGREE =
            List.of("seeds", "epochs", "targets", "most_seconds", "patience");

    static Setup here(int threads, Ladder ladder, String command, Code code) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("machine", Machine.name());
        values.put("java", Machine.java());
        values.put("threads", Integer.toString(threads));
        values.put("seeds", Integer.toString(ladder.seeds()));
        values.put("epochs", join(ladder.rungs()));
        values.put("targets", join(ladder.targets()));
        values.put("most_seconds", Double.toString(ladder.mostSeconds()));
        values.put("patience", Integer.toString(ladder.patience()));
        values.put("date", java.time.LocalDate.now().toString());
        values.put("commit", code.commit());
        values.put("code", code.sha256());
        values.put(COMMAND, command);
        return new Setup(values);
    }

    /** Reads what {@link #write} wrote. */
    public static Setup read(Path folder) throws IOException {
        return new Setup(PropertiesFile.read(folder.resolve(FILE)));
    }

    /** The same with the ladder of a folder's file, if there is one: for what measures no schedules. */
    Setup withLadderOf(Path folder) throws IOException {
        Map<String, String> kept = new LinkedHashMap<>(values);
        if (Files.exists(folder.resolve(FILE))) {
            Map<String, String> before = read(folder).values();
            SCHEDULES_AGREE.forEach(key -> kept.put(key, before.getOrDefault(key, values.get(key))));
        }
        return new Setup(kept);
    }

    /**
     * Writes the file; refuses to if the measurements that are there already were taken on something else, or schedules
     * by another ladder.
     */
    void write(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        Map<String, String> written = new LinkedHashMap<>(values);
        if (Files.exists(file)) {
            Map<String, String> before = read(folder).values();
            if (!Rows.speed(folder).isEmpty() || !Rows.schedules(folder).isEmpty()) {
                requireSame(ALL_AGREE, before, file);
            }
            if (!Rows.schedules(folder).isEmpty()) {
                requireSame(SCHEDULES_AGREE, before, file);
            }
            List<String> commands = new ArrayList<>(
                    List.of(before.getOrDefault(COMMAND, value(COMMAND)).split("; ")));
            if (!commands.contains(value(COMMAND))) {
                commands.add(value(COMMAND));
            }
            written.put(COMMAND, String.join("; ", commands));
        }
        PropertiesFile.write(file, written);
    }

    private void requireSame(List<String> keys, Map<String, String> before, Path file) throws IOException {
        for (String key : keys) {
            if (!values.get(key).equals(before.get(key))) {
                throw new IOException(file + ": " + key + " was \"" + before.get(key) + "\" and is \"" + values.get(key)
                        + "\" now. Measure as before, move the old measurements away, or give --out");
            }
        }
    }

    public String value(String key) {
        return values.getOrDefault(key, "");
    }

    /** The search that the measurements were chosen by. */
    public Ladder ladder() {
        return new Ladder(
                numbers("epochs"),
                numbers("targets"),
                Integer.parseInt(value("seeds")),
                Double.parseDouble(value("most_seconds")),
                Integer.parseInt(value("patience")));
    }

    private List<Double> numbers(String key) {
        return Arrays.stream(value(key).split(",")).map(Double::valueOf).toList();
    }

    private static String join(List<Double> numbers) {
        return String.join(",", numbers.stream().map(String::valueOf).toList());
    }
}
