package dev.lookbook.image;

import java.io.IOException;

/** A picture that cannot be read. The message is one line: the file, what is wrong with it, and the way out. */
public final class PictureException extends IOException {

    private final boolean tooLarge;

    PictureException(String name, String problem, String wayOut) {
        this(name, problem, wayOut, null);
    }

    PictureException(String name, String problem, String wayOut, Throwable cause) {
        this(name, problem, wayOut, cause, false);
    }

    private PictureException(String name, String problem, String wayOut, Throwable cause, boolean tooLarge) {
        super(oneLine(name + ": " + problem + ". " + wayOut), cause);
        this.tooLarge = tooLarge;
    }

    static PictureException tooLarge(String name, String problem, String wayOut, Throwable cause) {
        return new PictureException(name, problem, wayOut, cause, true);
    }

    /** Whether this may well be a picture, but one with more pixels than are allowed or fit into memory. */
    public boolean isTooLarge() {
        return tooLarge;
    }

    /** Names and decoders' messages may hold anything; an error is one line on a terminal. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
