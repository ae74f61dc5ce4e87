package dev.lookbook.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;

/**
 * The streams of one command line: answers go to {@code out}, progress and notes to {@code err}.
 *
 * @param out buffered: {@link #flush} before waiting for anything
 * @param terminal whether a person sees {@code err}, so that a progress bar makes sense; the launcher tells, because
 *     {@link System#console} knows about stdin and stdout only
 */
record Console(Output out, PrintStream err, InputStream in, boolean terminal, boolean isQuiet) {

    private static final int BUFFER = 1 << 16;

    /** The streams of this process. */
    static Console ofProcess() {
        // System.out writes through at every line, which costs more than classifying one.
        OutputStream stdout = new FileOutputStream(FileDescriptor.out);
        Output out = new Output(new BufferedOutputStream(stdout, BUFFER), charset(), "stdout");
        return new Console(out, System.err, System.in, Boolean.getBoolean("lookbook.stderr.terminal"), false);
    }

    private static Charset charset() {
        String name = System.getProperty("stdout.encoding", System.getProperty("native.encoding", "UTF-8"));
        return Charset.isSupported(name) ? Charset.forName(name) : Charset.defaultCharset();
    }

    Console quiet() {
        return new Console(out, err, in, false, true);
    }

    /** A note or a step on the way, for a person: left out under {@code --quiet}. */
    void note(String line) {
        if (!isQuiet) {
            err.println(line);
        }
    }

    PrintWriter outWriter() {
        return new PrintWriter(out, true);
    }

    PrintWriter errWriter() {
        return new PrintWriter(err, true);
    }

    void flush() {
        out.flush();
        err.flush();
    }
}
