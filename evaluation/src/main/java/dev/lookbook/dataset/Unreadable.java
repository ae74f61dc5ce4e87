package dev.lookbook.dataset;

import dev.lookbook.classify.Input;
import dev.lookbook.image.Preparation;
import dev.lookbook.image.Prepared;

/** Stands where a row should have been. */
record Unreadable(String name, DatasetException reason) implements Input {
    @Override
    public Prepared prepare(Preparation preparation) throws DatasetException {
        throw reason;
    }
}
