package dev.lookbook.cli;

import dev.lookbook.classify.Input;
import dev.lookbook.dataset.Rows;
import dev.lookbook.image.Preparation;
import dev.lookbook.image.Prepared;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/**
 * What {@code classify} was given, one input after the other: the pictures in folders, the rows of tables, all or one, and
 * every other name as a picture file. Nothing is opened before its turn. What cannot be found or opened is an input that fails,
 * so that the others go on.
 */
final class Inputs implements Iterator<Input>, Closeable {

    private final Iterator<String> names;
    private final Pictures singleRows = new Pictures();
    private Iterator<Input> current = Collections.emptyIterator();

    /** @param names files and folders; read while the inputs are taken, so they may come from a pipe */
    Inputs(Iterator<String> names) {
        this.names = names;
    }

    @Override
    public boolean hasNext() {
        while (!current.hasNext()) {
            closeCurrent();
            if (!names.hasNext()) {
                return false;
            }
            current = open(names.next());
        }
        return true;
    }

    @Override
    public Input next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        return current.next();
    }

    @Override
    public void close() {
        closeCurrent();
        closeQuietly(singleRows);
    }

    private Iterator<Input> open(String name) {
        try {
            Optional<Rows.Row> row = singleRows.row(name);
            if (row.isPresent()) {
                return only(row.get());
            }
            Path path = Path.of(name);
            if (Files.isDirectory(path)) {
                return new PicturesInFolder(path);
            }
            return Rows.isTable(path) ? Rows.open(path) : only(Input.file(path));
        } catch (IOException | InvalidPathException e) {
            return only(new Failing(name, Problems.message(e)));
        }
    }

    private void closeCurrent() {
        if (current instanceof Closeable open) {
            closeQuietly(open);
        }
        current = Collections.emptyIterator();
    }

    private static void closeQuietly(Closeable open) {
        try {
            open.close();
        } catch (IOException e) {
            // It was only read, and what was read is already on its way.
        }
    }

    static Iterator<Input> only(Input input) {
        return Collections.singletonList(input).iterator();
    }

    /** An input of which it is known that there is nothing to prepare. */
    record Failing(String name, String error) implements Input {

        @Override
        public Prepared prepare(Preparation preparation) throws IOException {
            throw new IOException(error);
        }
    }
}
