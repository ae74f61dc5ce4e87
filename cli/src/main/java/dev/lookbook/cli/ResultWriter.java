package dev.lookbook.cli;

import dev.lookbook.classify.Decision;
import dev.lookbook.classify.Prediction;
import dev.lookbook.classify.Result;
import java.util.Locale;

/** Writes one result after the other. */
interface ResultWriter {

    void write(Result result);

    /** Hands over to the stream what is held back, if anything is. */
    default void flush() {}

    /** {@code sure}, {@code unsure}, or nothing when the model does not decide. */
    static String decision(Prediction prediction) {
        return prediction.decision().map(Decision::name).orElse("").toLowerCase(Locale.ROOT);
    }
}
