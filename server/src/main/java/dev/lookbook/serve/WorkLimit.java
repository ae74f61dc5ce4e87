package dev.lookbook.serve;

import java.time.Duration;

/** How long a worker may spend on the pictures of one request: from the first that it takes up to the last. */
final class WorkLimit {
    private final Duration time;
    private boolean begun;
    private long end;

    WorkLimit(Duration time) {
        this.time = time;
    }

    Duration time() {
        return time;
    }

    /** Asked before each picture: the first question starts the clock, and so the first picture is always taken. */
    synchronized boolean isOver() {
        long now = System.nanoTime();
        if (!begun) {
            begun = true;
            end = now + time.toNanos();
        }
        return now - end > 0;
    }
}
