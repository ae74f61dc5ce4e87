package dev.lookbook.train;

import java.io.IOException;

/** Training left the path to a solution: the loss is no number, or far above that of guessing. */
public final class DivergedException extends IOException {
    DivergedException(String message) {
        super(message);
    }
}
