package dev.lookbook.audience;

import java.io.IOException;

/** An audience that cannot be made. The message is one line for the user: the file, the line, the value, the way out. */
public final class AudienceException extends IOException {
    private static final long serialVersionUID = 1;

    AudienceException(String message) {
        super(message);
    }

    AudienceException(String message, Throwable cause) {
        super(message, cause);
    }
}
