package dev.lookbook.train;

/** Training time: runs from the first byte of data read, summed over resumes. */
final class Stopwatch {
    private final long start = System.nanoTime();
    private double before;

    /** Adds the time of earlier sessions. */
    void add(double seconds) {
        before += seconds;
    }

    double seconds() {
        return before + (System.nanoTime() - start) / 1e9;
    }
}
