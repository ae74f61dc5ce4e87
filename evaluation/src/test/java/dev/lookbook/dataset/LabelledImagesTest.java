package dev.lookbook.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelledImagesTest {
    private static final List<String> LABELS = List.of("a", "b", "c");

    /** 1x1 images whose pixel is their number, 5 of a, 3 of b, 2 of c. */
    private final LabelledImages ten = LabelledImages.of(
            1, 1, new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9}, new int[] {0, 1, 0, 1, 2, 0, 0, 2, 1, 0}, LABELS);

    @Test
    void aSubsetKeepsTheOrderAsked() {
        LabelledImages subset = ten.subset(new int[] {7, 1});

        assertThat(subset.pixels()).containsExactly(7, 1);
        assertThat(subset.labelIndices()).containsExactly(2, 1);
        assertThat(subset.labels()).isEqualTo(LABELS);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5, 9})
    void aSplitHasEveryImageOnceInOrder(int holdout) {
        Split split = ten.split(holdout, 42);

        assertThat(split.heldOut().count()).isEqualTo(holdout);
        assertThat(split.training().pixels()).isSorted();
        assertThat(split.heldOut().pixels()).isSorted();
        byte[] both = Arrays.copyOf(split.training().pixels(), 10);
        System.arraycopy(split.heldOut().pixels(), 0, both, 10 - holdout, holdout);
        assertThat(both).containsExactlyInAnyOrder(ten.pixels());
    }

    @Test
    void aSplitGivesEveryClassItsShare() {
        assertThat(ten.split(5, 1).heldOut().countOfEachLabel())
                .as("2.5, 1.5 and 1 of 5, 3 and 2")
                .satisfiesAnyOf(
                        counts -> assertThat(counts).containsExactly(3, 1, 1),
                        counts -> assertThat(counts).containsExactly(2, 2, 1));
    }

    @Test
    void sharesAreNeverOffByOneOrMoreWhateverTheClasses() {
        long seed = new Random().nextLong();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int trial = 0; trial < 300; trial++) {
            int count = 1 + random.nextInt(200);
            int classes = 1 + random.nextInt(12);
            int[] labels =
                    IntStream.range(0, count).map(i -> random.nextInt(classes)).toArray();
            List<String> names =
                    IntStream.range(0, classes).mapToObj(Integer::toString).toList();
            LabelledImages images = LabelledImages.of(1, 1, new byte[count], labels, names);
            int holdout = random.nextInt(count);

            int[] held = images.split(holdout, random.nextLong()).heldOut().countOfEachLabel();

            assertThat(IntStream.of(held).sum()).isEqualTo(holdout);
            for (int c = 0; c < classes; c++) {
                double exact = (double) holdout * images.countOfEachLabel()[c] / count;
                assertThat(Math.abs(held[c] - exact)).isLessThan(1);
            }
        }
    }

    @Test
    void aSplitDependsOnTheSeedAlone() {
        LabelledImages images = Made.images(500, LABELS, 9);

        assertThat(images.split(100, 7).heldOut().sha256())
                .isEqualTo(images.split(100, 7).heldOut().sha256());
        assertThat(images.split(100, 7).heldOut().sha256())
                .isNotEqualTo(images.split(100, 8).heldOut().sha256());
    }

    /** A recorded value: runs made long ago must be repeatable. */
    @Test
    void theSameImagesAreHeldOutForEver() {
        assertThat(ten.split(4, 1).heldOut().pixels()).containsExactly(0, 2, 3, 4);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 10, 11})
    void moreThanThereIsCannotBeHeldOut(int holdout) {
        assertThatThrownBy(() -> ten.split(holdout, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("cannot hold " + holdout + " of 10 images out");
    }

    @Test
    void theHashTellsPixelsLabelsNamesAndSizesApart() {
        byte[] pixels = {1, 2, 3, 4};
        List<LabelledImages> different = List.of(
                LabelledImages.of(1, 2, pixels, new int[] {0, 1}, LABELS),
                LabelledImages.of(2, 1, pixels, new int[] {0, 1}, LABELS),
                LabelledImages.of(1, 2, pixels, new int[] {0, 2}, LABELS),
                LabelledImages.of(1, 2, new byte[] {1, 2, 3, 5}, new int[] {0, 1}, LABELS),
                LabelledImages.of(1, 2, pixels, new int[] {0, 1}, List.of("a", "b", "d")));

        assertThat(different.stream().map(LabelledImages::sha256)).doesNotHaveDuplicates();
    }

    @Test
    void wrongNumbersAreRefused() {
        assertThatThrownBy(() -> LabelledImages.of(2, 2, new byte[7], new int[2], LABELS))
                .hasMessageContaining("2 images of 2x2 need 8 pixels, but there are 7");
        assertThatThrownBy(() -> LabelledImages.of(1, 1, new byte[2], new int[] {0, 3}, LABELS))
                .hasMessageContaining("label of image 1 must be from 0 to 2, but was 3");
    }
}
