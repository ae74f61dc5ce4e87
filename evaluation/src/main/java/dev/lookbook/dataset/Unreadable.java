package dev.lookbook.dataset;

import dev.lookbook.image.Picture;
import dev.lookbook.image.Preparation;
import dev.lookbook.image.Prepared;

/** Stands where a row should have been. */
record Unreadable(String name, DatasetException reason) implements Rows.Row {
    @Override
    public Prepared prepare(Preparation preparation) throws DatasetException {
        throw reason;
    }

    @Override
    public Picture picture() throws DatasetException {
        throw reason;
    }
}
