package dev.lookbook.train;

import java.io.IOException;

/** A training run that cannot be started or resumed; the message says why and what to do, in one line. */
public final class TrainException extends IOException {
    TrainException(String message) {
        super(message);
    }

    TrainException(String message, Throwable cause) {
        super(message, cause);
    }
}
