package dev.lookbook.bench.harness;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * What all measurements in a folder have in common, kept beside them in {@code peers.properties}: figures of different
 * machines must not stand in one table.
 */
public record Setup(Map<String, String> values) {
    public static final String FILE = "peers.properties";
    private static final List<String> MUST_AGREE = List.of("machine", "java", "threads");

    static Setup here(int threads, Ladder ladder, String command, String commit) {
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
        values.put("commit", commit);
        values.put("command", command);
        return new Setup(values);
    }

    /** Reads what {@link #write} wrote. */
    public static Setup read(Path folder) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(folder.resolve(FILE))) {
            properties.load(in);
        }
        Map<String, String> values = new LinkedHashMap<>();
        properties.stringPropertyNames().stream().sorted().forEach(key -> values.put(key, properties.getProperty(key)));
        return new Setup(values);
    }

    /** Writes the file; refuses to if the measurements that are there already were taken on something else. */
    void write(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (Files.exists(file)) {
            Map<String, String> before = read(folder).values();
            for (String key : MUST_AGREE) {
                if (!values.get(key).equals(before.get(key))) {
                    throw new IOException(file + ": " + key + " was \"" + before.get(key) + "\" and is \""
                            + values.get(key) + "\" now. Move the old measurements away, or give --out");
                }
            }
        }
        StringBuilder text = new StringBuilder();
        values.forEach(
                (key, value) -> text.append(key).append('=').append(value).append('\n'));
        Files.writeString(file, text);
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
