package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lookbook.dataset.LabelledImages;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private static final LabelledImages NUMBERED = numbered(50);

    @Test
    void everyPictureComesOnceInAnEpochAlsoWhenABatchReachesOverItsEnd() throws Exception {
        List<Integer> seen = seen(settings(Map.of("mirror", false)), 0, 10); // 10 batches of 15: three epochs of 50

        for (int epoch = 0; epoch < 3; epoch++) {
            assertThat(seen.subList(epoch * 50, epoch * 50 + 50)).doesNotHaveDuplicates();
        }
        assertThat(seen.subList(0, 50)).isNotEqualTo(seen.subList(50, 100));
    }

    @Test
    void aBatchIsAFunctionOfSeedAndStep() throws Exception {
        TrainSettings settings = settings(Map.of("shift", 3, "erase", 0.5));
        try (Batches fromStart = batches(settings, 0);
                Batches fromFourth = batches(settings, 3)) {
            fromStart.next();
            fromStart.next();
            fromStart.next();

            Batches.Batch expected = fromStart.next();
            Batches.Batch actual = fromFourth.next();

            assertThat(actual.step()).isEqualTo(3);
            assertThat(actual.pixels()).isEqualTo(expected.pixels());
            assertThat(actual.labels()).isEqualTo(expected.labels());
        }
    }

    @Test
    void askingForMoreThanTheRunHasIsAnErrorAndNoWaitForEver() throws Exception {
        try (Batches batches = batches(settings(Map.of()), 9)) {
            batches.next();

            assertThatThrownBy(batches::next)
                    .hasRootCauseMessage("the run has 10 steps, and all their batches were taken");
        }
    }

    private static Batches batches(TrainSettings settings, long firstStep) {
        return new Batches(NUMBERED, new Selection(NUMBERED.count(), settings), settings, firstStep);
    }

    private static List<Integer> seen(TrainSettings settings, long from, int batches) throws Exception {
        List<Integer> seen = new ArrayList<>();
        try (Batches made = batches(settings, from)) {
            for (int b = 0; b < batches; b++) {
                byte[] pixels = made.next().pixels();
                for (int slot = 0; slot < settings.batch(); slot++) {
                    seen.add((int) pixels[slot * 28 * 28]);
                }
            }
        }
        return seen;
    }

    private static TrainSettings settings(Map<String, Object> changes) throws Exception {
        Map<String, Object> all = new java.util.HashMap<>(changes);
        all.put("batch", 15);
        all.put("hard_share", 1); // nobody reports here what a network made of a batch
        return Settings.of("tiny", 10, all);
    }

    /** Every pixel of picture n is n. */
    private static LabelledImages numbered(int count) {
        byte[] pixels = new byte[count * 28 * 28];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i / (28 * 28));
        }
        return LabelledImages.of(28, 28, pixels, new int[count], List.of("one", "two"));
    }
}
