package dev.lookbook.bench.results;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;

/**
 * A figure that others published, a line of {@code published.csv}.
 *
 * @param accuracy on the 10,000 test images, from 0 to 1
 * @param parameters where they are told
 * @param what the network and how it was trained
 * @param source its address
 * @param note what to know before comparing
 */
record Published(double accuracy, OptionalDouble parameters, String what, String source, String note) {

    /** Best first. */
    static List<Published> read(Path file) throws IOException {
        List<Published> all = new ArrayList<>();
        try (CsvReader<NamedCsvRecord> rows = CsvReader.builder().ofNamedCsvRecord(file)) {
            for (NamedCsvRecord row : rows) {
                String parameters = row.getField("parameters");
                all.add(new Published(
                        Double.parseDouble(row.getField("accuracy")),
                        parameters.isEmpty()
                                ? OptionalDouble.empty()
                                : OptionalDouble.of(Double.parseDouble(parameters)),
                        row.getField("what"),
                        row.getField("source"),
                        row.getField("note")));
            }
        }
        all.sort(Comparator.comparingDouble(Published::accuracy).reversed());
        return all;
    }
}
