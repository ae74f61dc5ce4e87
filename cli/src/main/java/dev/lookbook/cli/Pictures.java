package dev.lookbook.cli;

import dev.lookbook.dataset.Rows;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finds rows of CSV and IDX files by the names that {@code classify} gives them, {@code FILE#INDEX} from 0. Rows of one file
 * that are asked for in rising order are read in one pass.
 */
final class Pictures implements Closeable {

    private Path file;
    private Rows rows; // of the file, which was read up to the row after the last one asked for
    private long next;

    /** Empty if it is the name of something else. */
    Optional<Rows.Row> row(String name) throws IOException {
        int hash = name.lastIndexOf('#');
        if (hash < 1 || !name.substring(hash + 1).matches("0|[1-9]\\d*") || Files.exists(Path.of(name))) {
            return Optional.empty();
        }
        Path wanted = Path.of(name.substring(0, hash));
        if (!Files.exists(wanted) || Files.isDirectory(wanted) || !Rows.isTable(wanted)) {
            return Optional.empty();
        }
        return Optional.of(row(wanted, index(name.substring(hash + 1)), name));
    }

    private static long index(String digits) {
        return digits.length() > 18 ? Long.MAX_VALUE : Long.parseLong(digits); // no file has so many rows
    }

    private Rows.Row row(Path wanted, long index, String name) throws IOException {
        if (!wanted.equals(file) || index < next) {
            close();
            rows = Rows.open(wanted);
            file = wanted;
            next = 0;
        }
        while (rows.hasNext()) {
            Rows.Row row = rows.next();
            if (next++ == index) {
                return row;
            }
        }
        long count = next;
        Optional<IOException> damage = rows.damage();
        close();
        throw damage.orElse(new IOException(name + ": " + wanted + " has " + count + " rows, counted from 0"));
    }

    @Override
    public void close() throws IOException {
        file = null;
        if (rows != null) {
            rows.close();
            rows = null;
        }
    }
}
