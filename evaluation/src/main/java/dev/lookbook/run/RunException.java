package dev.lookbook.run;

import java.io.IOException;

/** A run directory, or a file in it, that cannot be used. The message is one line for the user, with the way out. */
public final class RunException extends IOException {
    private static final long serialVersionUID = 1;

    public RunException(String message) {
        super(message);
    }

    RunException(String message, Throwable cause) {
        super(message, cause);
    }
}
