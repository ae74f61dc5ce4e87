package dev.lookbook.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** Names of inputs as they were given; at {@code -} the lines of stdin, each read when its turn comes. */
final class Names implements Iterator<String> {

    static final String STDIN = "-";

    private final Iterator<String> arguments;
    private final BufferedReader stdin;
    private boolean readingStdin;
    private String next;

    Names(List<String> arguments, InputStream stdin) {
        this.arguments = arguments.iterator();
        this.stdin = new BufferedReader(new InputStreamReader(stdin, StandardCharsets.UTF_8));
    }

    @Override
    public boolean hasNext() {
        while (next == null && (readingStdin || arguments.hasNext())) {
            if (readingStdin) {
                next = line();
                readingStdin = next != null;
            } else {
                String argument = arguments.next();
                readingStdin = argument.equals(STDIN);
                next = readingStdin ? null : argument;
            }
        }
        return next != null;
    }

    @Override
    public String next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        String name = next;
        next = null;
        return name;
    }

    private String line() {
        try {
            String line = stdin.readLine();
            while (line != null && line.isBlank()) {
                line = stdin.readLine();
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(new IOException("cannot read the list on stdin: " + e.getMessage(), e));
        }
    }
}
