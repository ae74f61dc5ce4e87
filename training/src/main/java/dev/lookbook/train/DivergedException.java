package dev.lookbook.train;

/** Training left the path to a solution: the loss is no number, or far above that of guessing. */
public final class DivergedException extends RuntimeException {
    DivergedException(String message) {
        super(message);
    }
}
