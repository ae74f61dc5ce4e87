package dev.lookbook.serve;

import java.util.concurrent.atomic.AtomicLong;

/** Bytes of all the bodies that are in memory at the same time: hundreds of large ones together may not fill the heap. */
final class MemoryBudget {
    private final long most;
    private final AtomicLong taken = new AtomicLong();

    MemoryBudget(long most) {
        this.most = most;
    }

    long taken() {
        return taken.get();
    }

    /** @throws Problem 503 if there is no room now */
    void take(long bytes) {
        if (taken.addAndGet(bytes) > most) {
            taken.addAndGet(-bytes);
            throw Problem.busy("the bodies of all requests together need more than " + (most >> 20)
                    + " MiB. Try again in a second, or send smaller ones");
        }
    }

    void giveBack(long bytes) {
        taken.addAndGet(-bytes);
    }
}
