package dev.lookbook.cli;

import dev.lookbook.classify.Prediction;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How much of a prediction is printed.
 *
 * @param probabilities whether the probability of every label is
 * @param top how many labels are, from the most probable one; 1 is the answer alone
 */
record ResultDetail(boolean probabilities, int top) {

    /** The most probable labels, as many as asked for; equal ones in the order of the model. */
    List<Map.Entry<String, Float>> top(Prediction prediction) {
        return prediction.probabilities().entrySet().stream()
                .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
                .limit(top)
                .toList();
    }
}
