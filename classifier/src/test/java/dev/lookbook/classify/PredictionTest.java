package dev.lookbook.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class PredictionTest {

    private static Prediction prediction(String label, float confidence, Map<String, Float> probabilities) {
        return new Prediction(label, confidence, probabilities, Optional.empty(), OptionalDouble.empty(), "small", "1");
    }

    @Test
    void probabilitiesKeepTheirOrderAndCannotBeChanged() {
        Map<String, Float> probabilities = new LinkedHashMap<>();
        probabilities.put("Shirt", 0.2f);
        probabilities.put("Coat", 0.7f);
        probabilities.put("Bag", 0.1f);

        Prediction prediction = prediction("Coat", 0.7f, probabilities);
        probabilities.clear();

        assertThat(prediction.probabilities().keySet()).containsExactly("Shirt", "Coat", "Bag");
        assertThat(prediction.probabilities()).isUnmodifiable();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prediction("Coat", 1.1f, Map.of("Coat", 1.1f)))
                .withMessage("confidence must be from 0 to 1, but was 1.1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prediction("Coat", Float.NaN, Map.of("Coat", Float.NaN)))
                .withMessage("confidence must be from 0 to 1, but was NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prediction("Coat", 0.5f, Map.of("Coat", 0.4f)))
                .withMessage("confidence is 0.5, but the probability of Coat is 0.4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prediction("Coat", 0.5f, Map.of("Bag", 0.5f)))
                .withMessage("confidence is 0.5, but the probability of Coat is null");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prediction("Coat", 0.4f, Map.of("Coat", 0.4f, "Bag", 0.6f)))
                .withMessageContaining("the probability of Bag must be from 0 to 0.4");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Prediction(
                        "Coat", 1, Map.of("Coat", 1f), Optional.empty(), OptionalDouble.empty(), " ", "1"));
        assertThatNullPointerException()
                .isThrownBy(() ->
                        new Prediction("Coat", 1, Map.of("Coat", 1f), null, OptionalDouble.empty(), "small", "1"));
    }
}
