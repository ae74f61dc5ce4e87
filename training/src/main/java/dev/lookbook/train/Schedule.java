package dev.lookbook.train;

/** The learning rate as a share of its peak: up from a fifth in the warm-up, then down in a straight line. */
record Schedule(long steps, double warmup, double finalRate) {
    private static final double START = 0.2;

    double at(long step) {
        double done = (double) step / steps;
        if (done < warmup) {
            return START + (1 - START) * done / warmup;
        }
        return 1 - (1 - finalRate) * (done - warmup) / (1 - warmup);
    }
}
