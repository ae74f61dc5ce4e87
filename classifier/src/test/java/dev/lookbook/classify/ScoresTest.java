package dev.lookbook.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class ScoresTest {

    @Test
    void bestIsTheFirstOfTheMostProbable() {
        Scores scores = new Scores(2, 3, 1, false);
        System.arraycopy(new float[] {.2f, .5f, .3f, .4f, .2f, .4f}, 0, scores.probabilities(), 0, 6);

        assertThat(scores.best(0)).isEqualTo(1);
        assertThat(scores.best(1)).isZero();
    }

    @Test
    void moreThanAnArrayHoldsIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Scores(Integer.MAX_VALUE, 10, 128, false))
                .withMessageContaining("Score them in batches");
    }
}
