package dev.lookbook.dataset;

import dev.lookbook.classify.Input;
import dev.lookbook.image.Picture;
import dev.lookbook.image.Prepared;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * The images of an IDX or CSV file (packed with gzip or not) as inputs to classify, one after the other and named
 * {@code FILE#INDEX}, from 0. Memory does not grow with the file.
 *
 * <p>Iterating never fails: a row that is wrong fails when it is prepared, and so does a last row that stands for the
 * rest of a damaged file.
 */
public final class Rows implements Iterator<Input>, Closeable {

    /** A file that gives its rows one by one. */
    sealed interface Table extends Closeable permits CsvTable, IdxTable {
        /** The next row, named {@code name}; null at the end. */
        Row next(String name) throws DatasetException;
    }

    /** One row. */
    public interface Row extends Input {
        /** Its pixels as they are in the file. */
        Picture picture() throws DatasetException;
    }

    private final Path file;
    private final Table table;
    private long index;
    private Row next; // null at the end
    private DatasetException damage; // null if there is none

    private Rows(Path file, Table table) {
        this.file = file;
        this.table = table;
        advance();
    }

    /** Whether this is a file of rows, by its name or its first bytes, and no picture. */
    public static boolean isTable(Path file) {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv") || name.endsWith(".csv.gz")) {
            return true;
        }
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Packed.open(file)) {
            byte[] first = in.readNBytes(3);
            return first.length == 3 && first[0] == 0 && first[1] == 0 && first[2] == 8;
        } catch (IOException e) {
            return name.contains("-ubyte"); // so that opening it says what is wrong
        }
    }

    /** Opens a file for which {@link #isTable} holds; where labels are, they are passed over. */
    public static Rows open(Path file) throws DatasetException {
        String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
        boolean csv = name.endsWith(".csv") || name.endsWith(".csv.gz");
        return new Rows(file, csv ? CsvTable.open(file) : IdxTable.open(file));
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Row next() {
        if (next == null) {
            throw new NoSuchElementException();
        }
        Row current = next;
        if (current instanceof Unreadable) {
            next = null; // what follows the damage cannot be found
        } else {
            advance();
        }
        return current;
    }

    private void advance() {
        String name = file + "#" + index++;
        try {
            next = table.next(name);
        } catch (DatasetException e) {
            next = new Unreadable(name, e);
            damage = e;
        }
    }

    /** Why the rows end before the end of the file, if they do; known once they have been read. */
    public Optional<IOException> damage() {
        return Optional.ofNullable(damage);
    }

    /** Pixels that need no preparation. Where all are equal there is nothing to see. */
    static Prepared asItIs(int side, byte[] pixels) {
        int i = 1;
        while (i < pixels.length && pixels[i] == pixels[0]) {
            i++;
        }
        return new Prepared(side, pixels, i < pixels.length);
    }

    @Override
    public void close() throws IOException {
        table.close();
    }
}
