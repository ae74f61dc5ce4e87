package dev.lookbook.serve;

import java.util.Arrays;

/** The bytes of a request's body, unpacked; close it when they are no longer needed. For one thread. */
final class Body implements AutoCloseable {
    private static final int FIRST_BYTES = 1 << 13;

    private final int most;
    private final MemoryBudget budget;
    private byte[] bytes = new byte[0];
    private int length;
    private long reserved; // for copies
    private boolean closed;

    Body(int most, MemoryBudget budget) {
        this.most = most;
        this.budget = budget;
    }

    /** Longer than {@link #length} by whatever was left over. */
    byte[] bytes() {
        return bytes;
    }

    int length() {
        return length;
    }

    /** Counts copies of the whole body that others are about to make, until this is closed. @throws Problem 503 */
    void reserveCopies(int count) {
        long more = (long) count * length;
        budget.take(more);
        reserved += more;
    }

    byte[] copy(int from, int to) {
        return Arrays.copyOfRange(bytes, from, to);
    }

    /** Makes room for at least one more byte; not for all that a client claims to have, but for what has come so far. */
    int room() {
        if (length == bytes.length) {
            // One byte more than is allowed, to meet the end of a body of just that length.
            int wanted = (int) Math.min(most + 1L, Math.max(FIRST_BYTES, 2L * bytes.length));
            if (wanted == length) {
                throw tooLarge(most);
            }
            budget.take(wanted - length);
            try {
                bytes = Arrays.copyOf(bytes, wanted);
            } catch (OutOfMemoryError e) {
                budget.giveBack(wanted - length); // closing gives back what there is, and there is no more
                throw Problem.busy("memory is short. Try again in a second, or send a smaller body");
            }
        }
        return bytes.length - length;
    }

    void added(int count) {
        length += count;
        if (length > most) {
            throw tooLarge(most);
        }
    }

    static Problem tooLarge(int most) {
        String wayOut = most == Bodies.OPTIONS_BYTES
                ? "Options need no more"
                : "Send fewer or smaller pictures at once, or start the server with a larger --max-body";
        return Problem.tooLarge("the body has more than " + most + " bytes, as sent or unpacked. " + wayOut);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            budget.giveBack(bytes.length + reserved);
            bytes = new byte[0];
            length = 0;
        }
    }
}
