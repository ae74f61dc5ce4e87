package dev.lookbook.bench.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * The files that measurements are kept in. A line is added as soon as it is measured, so that an interrupted command can go
 * on where it stopped. No value has a comma in it.
 */
public final class Rows {
    public static final String SPEED = "peers-speed.csv";
    public static final String SCHEDULES = "peers-schedules.csv";

    private Rows() {}

    /** What was measured so far; empty without a file. */
    public static List<SpeedRow> speed(Path folder) throws IOException {
        return read(folder.resolve(SPEED), SpeedRow.HEADER, SpeedRow::parse);
    }

    /** What was measured so far; empty without a file. */
    public static List<ScheduleRow> schedules(Path folder) throws IOException {
        return read(folder.resolve(SCHEDULES), ScheduleRow.HEADER, ScheduleRow::parse);
    }

    static void add(Path folder, SpeedRow row) throws IOException {
        add(folder.resolve(SPEED), SpeedRow.HEADER, row.line());
    }

    static void add(Path folder, ScheduleRow row) throws IOException {
        add(folder.resolve(SCHEDULES), ScheduleRow.HEADER, row.line());
    }

    private static void add(Path file, String header, String line) throws IOException {
        if (!Files.exists(file)) {
            Files.writeString(file, header + "\n");
        }
        Files.writeString(file, line + "\n", StandardOpenOption.APPEND);
    }

    private static <T> List<T> read(Path file, String header, Function<List<String>, T> parse) throws IOException {
        if (!Files.exists(file)) {
            return List.of();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.isEmpty() || !lines.get(0).equals(header)) {
            throw new IOException(file + " line 1 must be \"" + header + "\". Remove the file to measure anew");
        }
        List<T> rows = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            try {
                rows.add(parse.apply(List.of(lines.get(i).split(",", -1))));
            } catch (NumberFormatException | IndexOutOfBoundsException e) {
                throw new IOException(
                        file + " line " + (i + 1) + " is not a measurement. Remove the line to take it again", e);
            }
        }
        return rows;
    }

    static String decimals(int count, double value) {
        return String.format(Locale.ROOT, "%." + count + "f", value);
    }
}
