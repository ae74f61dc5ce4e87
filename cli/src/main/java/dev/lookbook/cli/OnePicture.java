package dev.lookbook.cli;

import dev.lookbook.dataset.Rows;
import dev.lookbook.image.Picture;
import dev.lookbook.image.Preparation;
import dev.lookbook.image.Prepared;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A picture by its file, or by a row of a CSV or IDX file.
 *
 * @param row empty for a file, which is read when its turn comes
 */
record OnePicture(String name, Optional<Rows.Row> row) {

    static OnePicture of(String name, Pictures pictures) throws IOException {
        return new OnePicture(name, pictures.row(name));
    }

    /** The pixels, whatever a network would make of them. */
    Picture read() throws IOException {
        return row.isPresent() ? row.get().picture() : Picture.read(Path.of(name));
    }

    /** @param original what {@link #read} gave */
    Prepared prepare(Preparation preparation, Picture original) throws IOException {
        return row.isPresent() ? row.get().prepare(preparation) : preparation.prepare(original);
    }
}
