package dev.lookbook.evaluate;

import java.io.IOException;

/** A model cannot be scored on these data. The message is one line for the user: what does not fit and the way out. */
public final class EvaluationException extends IOException {
    private static final long serialVersionUID = 1;

    EvaluationException(String message) {
        super(message);
    }
}
