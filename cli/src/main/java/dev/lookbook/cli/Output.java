package dev.lookbook.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;

/** A print stream that can say why it failed: a full disk and a closed pipe must not pass for success. */
final class Output extends PrintStream {

    private final String name;
    private final Watched watched;

    /** @param name what the answers are written to, for the error message */
    Output(OutputStream out, Charset charset, String name) {
        this(new Watched(out), charset, name);
    }

    private Output(Watched watched, Charset charset, String name) {
        super(watched, false, charset);
        this.name = name;
        this.watched = watched;
    }

    /** Writes what is buffered, and fails if anything since the start could not be written. */
    void check() {
        if (checkError()) {
            String reason = watched.failure == null ? "it is closed" : watched.failure.getMessage();
            throw new UncheckedIOException(new IOException("cannot write to " + name + ": " + reason, watched.failure));
        }
    }

    /** Keeps the exception that {@link PrintStream} swallows. */
    private static final class Watched extends FilterOutputStream {

        private IOException failure;

        Watched(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int b) throws IOException {
            try {
                out.write(b);
            } catch (IOException e) {
                throw remember(e);
            }
        }

        @Override
        public void write(byte[] bytes, int from, int count) throws IOException {
            try {
                out.write(bytes, from, count);
            } catch (IOException e) {
                throw remember(e);
            }
        }

        @Override
        public void flush() throws IOException {
            try {
                out.flush();
            } catch (IOException e) {
                throw remember(e);
            }
        }

        private IOException remember(IOException e) {
            failure = failure == null ? e : failure;
            return e;
        }
    }
}
