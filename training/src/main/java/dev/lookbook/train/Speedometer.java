package dev.lookbook.train;

/** Pictures per second over the last steps, smoothed so that a display does not flicker. */
final class Speedometer {
    private static final double NEWEST = 0.1;

    private final int batch;
    private long last = System.nanoTime();
    private double secondsPerStep;

    Speedometer(int batch) {
        this.batch = batch;
    }

    double afterStep() {
        long now = System.nanoTime();
        double seconds = (now - last) / 1e9;
        last = now;
        secondsPerStep = secondsPerStep == 0 ? seconds : secondsPerStep + NEWEST * (seconds - secondsPerStep);
        return batch / secondsPerStep;
    }
}
