package dev.lookbook.cli;

/** A command line that parses but makes no sense, such as {@code --top 0}; the exit code is that of wrong usage. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
