package dev.lookbook.bench.harness;

import java.util.ArrayList;
import java.util.List;

/** How fast training goes, told step by step. */
public final class Pace {
    /** Share of the steps, at the start, in which caches fill, code is compiled and native libraries load. */
    private static final double WARM_UP = 0.2;

    private static final int STEPS_BETWEEN_LOOKS_AT_MEMORY = 10;

    private final long start = System.nanoTime();
    private final List<Long> ends = new ArrayList<>();
    private int imagesPerStep;
    private long resident;

    /** To be called after each optimiser step, when its weights are there. */
    public void stepDone(int images) {
        ends.add(System.nanoTime());
        imagesPerStep = images;
        if (ends.size() % STEPS_BETWEEN_LOOKS_AT_MEMORY == 0) {
            resident = Memory.peakResidentMiB();
        }
    }

    int steps() {
        return ends.size();
    }

    /** From the creation of this object to the last step. */
    double seconds() {
        return (last() - start) / 1e9;
    }

    /** Images per second after the warm-up. */
    double imagesPerSecond() {
        int warm = (int) Math.ceil(WARM_UP * ends.size());
        if (warm < 1 || warm >= ends.size()) {
            throw new IllegalStateException(ends.size() + " steps are too few to tell a pace");
        }
        long steps = ends.size() - (long) warm;
        return steps * imagesPerStep / ((last() - ends.get(warm - 1)) / 1e9);
    }

    /** The most memory that was in use while training, in MiB; 0 where the system does not tell. */
    long residentMiB() {
        return resident == 0 ? Memory.peakResidentMiB() : resident;
    }

    private long last() {
        return ends.get(ends.size() - 1);
    }
}
