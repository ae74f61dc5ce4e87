package dev.lookbook.bench.results;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A figure that a command printed and no run directory holds, a line of {@code figures.csv}.
 *
 * @param name what {@link GoalsTable} asks for
 * @param value in the unit of the goal; shares from 0 to 1
 * @param detail such as an interval, or the number of measurements
 */
record Figure(String name, double value, String detail, String command) {

    static List<Figure> read(Path file) throws IOException {
        List<Figure> all = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                all.add(new Figure(
                        row.getField("name"),
                        Double.parseDouble(row.getField("value")),
                        row.getField("detail"),
                        row.getField("command")));
            }
        }
        return all;
    }

    static Optional<Figure> named(String name, List<Figure> figures) {
        return figures.stream().filter(figure -> figure.name().equals(name)).findFirst();
    }
}
