package dev.lookbook.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The lines of a text file as bytes, one at a time, without line ends; empty lines are skipped but counted. */
final class Lines implements Closeable {
    private static final int LONGEST = 1 << 20;

    private final Path file;
    private final InputStream in;
    private byte[] buffer = new byte[1 << 17];
    private int start; // of the line in the buffer
    private int end; // of the line, without its line end
    private int next; // where the following line starts
    private int filled;
    private long number;

    private Lines(Path file, InputStream in) {
        this.file = file;
        this.in = in;
    }

    static Lines open(Path file) throws DatasetException {
        try {
            InputStream in = Packed.open(file);
            try {
                Lines lines = new Lines(file, in);
                lines.skipByteOrderMark();
                return lines;
            } catch (IOException e) {
                in.close();
                throw e;
            }
        } catch (IOException e) {
            throw DatasetException.reading(file, e);
        }
    }

    private void skipByteOrderMark() throws IOException {
        fill();
        if (filled >= 3 && buffer[0] == (byte) 0xef && buffer[1] == (byte) 0xbb && buffer[2] == (byte) 0xbf) {
            next = 3;
        }
    }

    /** Goes to the next line that is not empty. */
    boolean next() throws DatasetException {
        do {
            if (!advance()) {
                return false;
            }
            number++;
        } while (start == end);
        return true;
    }

    private boolean advance() throws DatasetException {
        start = next;
        int scanned = start;
        while (true) {
            for (int i = scanned; i < filled; i++) {
                if (buffer[i] == '\n') {
                    endLine(i, i + 1);
                    return true;
                }
            }
            int unfinished = filled - start;
            if (unfinished > LONGEST) {
                throw new DatasetException(file + " line " + (number + 1) + " is longer than a million characters. "
                        + "Is it a CSV file?");
            }
            if (!more()) {
                endLine(filled, filled);
                return unfinished > 0;
            }
            scanned = start + unfinished;
        }
    }

    private void endLine(int lineEnd, int following) {
        end = lineEnd > start && buffer[lineEnd - 1] == '\r' ? lineEnd - 1 : lineEnd;
        next = following;
    }

    /** Moves the unfinished line to the front and reads on behind it. */
    private boolean more() throws DatasetException {
        try {
            int unfinished = filled - start;
            byte[] target = unfinished > buffer.length / 2 ? new byte[buffer.length * 2] : buffer;
            System.arraycopy(buffer, start, target, 0, unfinished);
            buffer = target;
            start = 0;
            filled = unfinished;
            return fill();
        } catch (IOException e) {
            DatasetException reason = DatasetException.reading(file, e);
            throw new DatasetException("after line " + number + ": " + reason.getMessage(), reason);
        }
    }

    private boolean fill() throws IOException {
        int before = filled;
        while (filled < buffer.length) {
            int n = in.read(buffer, filled, buffer.length - filled);
            if (n < 0) {
                break;
            }
            filled += n;
        }
        return filled > before;
    }

    /** The number of the line in its file, from 1. */
    long number() {
        return number;
    }

    /** A copy of the line, and {@code behind} it. */
    byte[] bytes(byte[] behind) {
        byte[] bytes = new byte[end - start + behind.length];
        System.arraycopy(buffer, start, bytes, 0, end - start);
        System.arraycopy(behind, 0, bytes, end - start, behind.length);
        return bytes;
    }

    String text() {
        return new String(buffer, start, end - start, StandardCharsets.UTF_8);
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
