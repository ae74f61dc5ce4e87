package dev.lookbook.evaluate;

import java.io.IOException;

/** The classes of the data and the labels of the model do not fit together; the message says where and what to do. */
public final class LabelMapException extends IOException {
    private static final long serialVersionUID = 1;

    LabelMapException(String message) {
        super(message);
    }
}
