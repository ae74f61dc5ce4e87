package dev.lookbook.model;

import java.io.IOException;

/** A file that is no model of ours, or no longer one. The message names the file, what is wrong and the way out. */
public final class ModelFileException extends IOException {
    private static final long serialVersionUID = 1L;

    ModelFileException(String message) {
        this(message, null);
    }

    ModelFileException(String message, Throwable cause) {
        super(printable(message), cause);
    }

    // Messages quote strangers' files: a name in one must not steer a terminal or fill it.
    private static String printable(String message) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < message.length() && i < 1000; i++) {
            char c = message.charAt(i);
            line.append(Character.isISOControl(c) ? '?' : c);
        }
        return line.toString();
    }
}
