package dev.lookbook.serve;

import java.util.Arrays;

/** The bytes of a request's body, unpacked; close it when they are no longer needed. For one thread. */
final class Body implements AutoCloseable {
    private static final int FIRST_BYTES = 1 << 13;

    private final int most;
    private final MemoryBudget budget;
    private byte[] bytes = new byte[0];
    private int length;
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
            bytes = Arrays.copyOf(bytes, wanted);
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
        return Problem.tooLarge("the body has more than " + most + " bytes, as sent or unpacked. Send fewer or smaller"
                + " pictures at once, or start the server with a larger --max-body");
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            budget.giveBack(bytes.length);
            bytes = new byte[0];
            length = 0;
        }
    }
}
