package dev.lookbook.train;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a user asks of a training run. At most one of {@code epochs}, {@code budget} and the setting {@code steps} may be
 * given; without any, the textbook networks train 10 epochs, the others for {@link Training#DEFAULT_BUDGET}.
 *
 * @param settings by their names in {@code args.yaml}; what is missing comes from {@code config}, then from the
 *     network's preset
 * @param epochs passes over the training pictures
 * @param budget training time, from the first byte of data read to the last step
 * @param config an {@code args.yaml}, such as that of an earlier run
 * @param dataDir where named data sets lie
 * @param out the run directory; it must not exist; empty: the next free {@code runs/train}
 */
public record TrainRequest(
        Map<String, Object> settings,
        OptionalDouble epochs,
        Optional<Duration> budget,
        Optional<Path> config,
        Optional<Path> dataDir,
        Optional<Path> out) {

    public TrainRequest {
        settings = Map.copyOf(settings);
        int lengths =
                (epochs.isPresent() ? 1 : 0) + (budget.isPresent() ? 1 : 0) + (settings.containsKey("steps") ? 1 : 0);
        if (lengths > 1) {
            throw new IllegalArgumentException("epochs, steps and budget exclude each other: give one of them");
        }
        if (epochs.isPresent() && !(epochs.getAsDouble() > 0)) {
            throw new IllegalArgumentException("epochs must be above 0, but is " + epochs.getAsDouble());
        }
        if (budget.isPresent() && budget.get().toMillis() < 1000) {
            throw new IllegalArgumentException(
                    "budget must be at least 1s, but is " + budget.get().toMillis() + "ms");
        }
    }

    /** A run of a network with its preset on Fashion-MNIST. */
    public static TrainRequest of(Map<String, Object> settings) {
        return new TrainRequest(
                settings,
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }
}
