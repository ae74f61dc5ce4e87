package dev.lookbook.dataset;

import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Data that cannot be used. The message is one line for the user: the file, the row, what is wrong and the way out. */
public final class DatasetException extends IOException {
    private static final long serialVersionUID = 1;

    public DatasetException(String message) {
        this(message, null);
    }

    DatasetException(String message, Throwable cause) {
        super(printable(message), cause);
    }

    /** What is quoted of a file must not steer the terminal: control characters are told by their codes. */
    private static String printable(String message) {
        StringBuilder text = new StringBuilder();
        for (char c : message.toCharArray()) {
            text.append(Character.isISOControl(c) ? String.format("\\u%04x", (int) c) : String.valueOf(c));
        }
        return text.toString();
    }

    /** Says in words why {@code file} cannot be read; exceptions that already do so are passed on. */
    static DatasetException reading(Path file, IOException cause) {
        if (cause instanceof DatasetException explained) {
            return explained;
        }
        if (cause instanceof EOFException) {
            return new DatasetException(file + " is cut off: it ends too early. Copy or download it again", cause);
        }
        if (cause instanceof ZipException) {
            return new DatasetException(
                    file + " is damaged: its gzip data is corrupt (" + cause.getMessage()
                            + "). Copy or download it again",
                    cause);
        }
        if (cause instanceof NoSuchFileException || cause instanceof FileNotFoundException && Files.notExists(file)) {
            return new DatasetException(file + " does not exist. Check the spelling", cause);
        }
        if (cause instanceof AccessDeniedException || !Files.isReadable(file)) {
            return new DatasetException(file + " may not be read. Check its permissions", cause);
        }
        if (Files.isDirectory(file)) {
            return new DatasetException(file + " is a folder where a file is needed", cause);
        }
        return new DatasetException("cannot read " + file + ": " + reason(cause), cause);
    }

    /** Says in words why {@code file} cannot be written. */
    static DatasetException writing(Path file, IOException cause) {
        return cause instanceof DatasetException explained
                ? explained
                : new DatasetException(
                        "cannot write " + file + ": " + reason(cause) + ". Nothing half-written is left there", cause);
    }

    /** What went wrong in the end, without the name of the file. */
    static String reason(IOException e) {
        if (e.getCause() instanceof IOException deeper) {
            return reason(deeper);
        }
        if (e instanceof AccessDeniedException) {
            return "access denied";
        }
        if (e instanceof NoSuchFileException) {
            return "there is no such folder";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "it exists already";
        }
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
