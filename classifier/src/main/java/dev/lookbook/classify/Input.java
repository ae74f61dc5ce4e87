package dev.lookbook.classify;

import dev.lookbook.image.Picture;
import dev.lookbook.image.Preparation;
import dev.lookbook.image.Prepared;
import java.io.IOException;
import java.nio.file.Path;

/** Something to classify, not yet read: a picture file, a row of a table. */
public interface Input {

    /** What results call it. */
    String name();

    /**
     * Reads it and makes it what a network gets to see. Called on any thread, and again if memory ran out.
     *
     * @throws IOException if it cannot be read; the message is the error that people see
     */
    Prepared prepare(Preparation preparation) throws IOException;

    /** A picture file, named by its path. */
    static Input file(Path file) {
        return new PictureInput(file);
    }

    /** A picture in memory. */
    static Input picture(String name, Picture picture) {
        return new Input() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public Prepared prepare(Preparation preparation) {
                return preparation.prepare(picture);
            }
        };
    }
}
