package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FittedTest {
    @Test
    void picturesThatLieInTheOrderOfTheirClassesAreTakenFromAllOfThem() {
        int[] taken = Fitted.spread(60_000, 20_000);

        assertThat(taken).hasSize(20_000).startsWith(0, 3, 6).endsWith(59_997);
    }

    @Test
    void ofFewPicturesAllAreTaken() {
        assertThat(Fitted.spread(4, 20_000)).containsExactly(0, 1, 2, 3);
        assertThat(Fitted.spread(0, 20_000)).isEmpty();
    }

    @Test
    void aCountThatCannotBeDividedIsSpreadToItsEnd() {
        assertThat(Fitted.spread(55_000, 20_000))
                .doesNotHaveDuplicates()
                .isSorted()
                .endsWith(54_997);
    }
}
