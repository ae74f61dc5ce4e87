package dev.lookbook.image;

import java.io.IOException;

/** A picture that cannot be read. The message is one line: the file, what is wrong with it, and the way out. */
public final class PictureException extends IOException {

    PictureException(String name, String problem, String wayOut) {
        this(name, problem, wayOut, null);
    }

    PictureException(String name, String problem, String wayOut, Throwable cause) {
        super(oneLine(name + ": " + problem + ". " + wayOut), cause);
    }

    /** Names and decoders' messages may hold anything; an error is one line on a terminal. */
    private static String oneLine(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ");
    }
}
