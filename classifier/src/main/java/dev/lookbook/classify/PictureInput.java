package dev.lookbook.classify;

import dev.lookbook.image.Picture;
import dev.lookbook.image.PictureException;
import dev.lookbook.image.Preparation;
import dev.lookbook.image.Prepared;
import java.nio.file.Path;

/** A picture file that is read when its turn comes. */
record PictureInput(Path file) implements Input {
    @Override
    public String name() {
        return file.toString();
    }

    @Override
    public Prepared prepare(Preparation preparation) throws PictureException {
        return preparation.prepare(Picture.read(file));
    }
}
