package dev.lookbook.classify;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What a model says about one picture.
 *
 * @param label the most probable class
 * @param confidence its probability
 * @param probabilities of all classes, in the order of the model's labels
 * @param decision empty if the model does not know how sure is sure enough
 * @param unfamiliarity how unlike the training pictures the picture is: 0 for a typical garment, above 1 what only one in
 *     a hundred held-out garments was, negative for the most typical ones; empty if the model does not know
 * @param model the model's name
 * @param version the model's version
 */
public record Prediction(
        String label,
        float confidence,
        Map<String, Float> probabilities,
        Optional<Decision> decision,
        OptionalDouble unfamiliarity,
        String model,
        String version) {

    public Prediction {
        // Written this way round to refuse NaN too.
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence must be from 0 to 1, but was " + confidence);
        }
        for (Map.Entry<String, Float> entry : probabilities.entrySet()) {
            if (!(entry.getValue() >= 0 && entry.getValue() <= confidence)) {
                throw new IllegalArgumentException("the probability of " + entry.getKey() + " must be from 0 to "
                        + confidence + ", the confidence, but was " + entry.getValue());
            }
        }
        Float own = probabilities.get(label);
        if (own == null || own != confidence) {
            throw new IllegalArgumentException(
                    "confidence is " + confidence + ", but the probability of " + label + " is " + own);
        }
        if (model.isBlank() || version.isBlank()) {
            throw new IllegalArgumentException("a prediction names the model and version that made it");
        }
        Objects.requireNonNull(decision, "decision");
        if (unfamiliarity.isPresent() && !Double.isFinite(unfamiliarity.getAsDouble())) {
            throw new IllegalArgumentException(
                    "unfamiliarity must be a number, but was " + unfamiliarity.getAsDouble());
        }
        probabilities = Collections.unmodifiableMap(new LinkedHashMap<>(probabilities)); // Map.copyOf loses the order
    }
}
