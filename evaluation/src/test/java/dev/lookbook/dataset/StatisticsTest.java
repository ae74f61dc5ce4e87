package dev.lookbook.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    /** The values that everybody normalises Fashion-MNIST with. */
    @Test
    void fashionMnistHasItsWellKnownMeanAndDeviation() throws Exception {
        LabelledImages train = Source.of("fashion-mnist", Optional.empty()).read(Source.TRAIN);

        Statistics statistics = Statistics.of(train);

        assertThat(statistics.mean()).isCloseTo(0.2860, within(0.00005));
        assertThat(statistics.deviation()).isCloseTo(0.3530, within(0.00005));
        assertThat(statistics.countOfEachLabel().keySet()).containsExactlyElementsOf(FashionMnist.LABELS);
        assertThat(statistics.countOfEachLabel().values()).containsOnly(6_000);
    }

    @Test
    void noImagesHaveNoMeanButNoErrorEither() {
        LabelledImages none = Made.images(2, FashionMnist.LABELS, 1).subset(new int[0]);

        assertThat(Statistics.of(none).count()).isZero();
        assertThat(Statistics.of(none).mean()).isZero();
    }
}
