package dev.lookbook.evaluate;

import java.util.List;
import java.util.Optional;

/** Whether text can be drawn: a Java without fontconfig or without any font throws all sorts of errors. */
final class Fonts {
    private static final Optional<String> PROBLEM = look();

    private Fonts() {}

    static Optional<String> problem() {
        return PROBLEM;
    }

    private static Optional<String> look() {
        try {
            double width = Sheet.widest(List.of("Ankle boot"), Look.plain(12));
            return width > 0 ? Optional.empty() : Optional.of(message("the font has no letters"));
        } catch (OutOfMemoryError e) {
            throw e;
        } catch (RuntimeException | Error e) {
            // Seen: Error without any font, NullPointerException without fontconfig, UnsatisfiedLinkError without
            // FreeType, each wrapped or not depending on the version of Java.
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            String reason = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
            return Optional.of(message(reason.lines().findFirst().orElse("")));
        }
    }

    private static String message(String reason) {
        return "charts cannot be drawn: this Java finds no fonts (" + reason.replaceAll("\\.$", "")
                + "). On Debian or Ubuntu: apt-get install fontconfig fonts-dejavu-core";
    }
}
