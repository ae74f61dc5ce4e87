package dev.lookbook.cli;

import dev.lookbook.classify.Input;
import dev.lookbook.dataset.Rows;
import dev.lookbook.image.Picture;
import dev.lookbook.image.Preparation;
import dev.lookbook.image.Prepared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A picture by its file, or by a row of a CSV or IDX file, as {@code FILE#INDEX} from 0: the name that {@code classify}
 * gives to it.
 *
 * @param original empty for a row of the network's own size, which is taken as it is
 */
record OnePicture(String name, Optional<Picture> original, Prepared prepared) {

    static OnePicture read(String name, Preparation preparation) throws IOException {
        Optional<Input> row = row(name);
        if (row.isPresent()) {
            return new OnePicture(name, Optional.empty(), row.get().prepare(preparation));
        }
        Picture picture = Picture.read(Path.of(name));
        return new OnePicture(name, Optional.of(picture), preparation.prepare(picture));
    }

    /** The pixels, whatever a network would make of them. */
    static Picture read(String name) throws IOException {
        Optional<Input> row = row(name);
        return row.isPresent()
                ? row.get().prepare(Preparation.FASHION_MNIST_1).toPicture()
                : Picture.read(Path.of(name));
    }

    private static Optional<Input> row(String name) throws IOException {
        int hash = name.lastIndexOf('#');
        if (hash < 1 || Files.exists(Path.of(name)) || !name.substring(hash + 1).matches("\\d{1,9}")) {
            return Optional.empty();
        }
        Path file = Path.of(name.substring(0, hash));
        if (!Files.exists(file) || !Rows.isTable(file)) {
            return Optional.empty();
        }
        int index = Integer.parseInt(name.substring(hash + 1));
        try (Rows rows = Rows.open(file)) {
            Input row = null;
            int count = 0;
            while (count <= index && rows.hasNext()) {
                row = rows.next();
                count++;
            }
            if (count <= index) {
                throw new IOException(name + ": " + file + " has " + count + " rows, counted from 0");
            }
            return Optional.of(row);
        }
    }
}
