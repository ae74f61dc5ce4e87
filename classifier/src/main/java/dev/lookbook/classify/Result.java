package dev.lookbook.classify;

import dev.lookbook.image.Prepared;
import java.util.Optional;

/**
 * What became of one {@link Input}: a prediction or an error.
 *
 * @param name the input's
 * @param prediction empty if there is an error
 * @param error one line that says why there is no prediction
 * @param prepared what the network saw; empty if there is an error
 */
public record Result(
        String name, Optional<Prediction> prediction, Optional<String> error, Optional<Prepared> prepared) {
    public Result {
        if (prediction.isPresent() == error.isPresent() || prediction.isPresent() != prepared.isPresent()) {
            throw new IllegalArgumentException(name + ": a result is either a prediction or an error");
        }
    }

    static Result of(String name, Prediction prediction, Prepared prepared) {
        return new Result(name, Optional.of(prediction), Optional.empty(), Optional.of(prepared));
    }

    static Result failed(String name, String error) {
        String line = error.replaceAll("\\p{Cntrl}+", " "); // decoders' messages may hold anything
        return new Result(name, Optional.empty(), Optional.of(line), Optional.empty());
    }
}
