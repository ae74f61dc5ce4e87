package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AugmentationTest {
    private static final int SIZE = 28 * 28;
    private final byte[] pictures = gradients(64);

    @Test
    void aPictureIsMirroredEveryOtherEpochAndAboutHalfOfThemInTheFirst() {
        Augmentation mirroring = new Augmentation(1, 100, true, 0, 0, 12, 0, 0);

        int mirroredFirst = 0;
        for (int image = 0; image < 64; image++) {
            boolean first = isMirrored(mirroring, image, 0);
            assertThat(isMirrored(mirroring, image, 1)).isNotEqualTo(first);
            assertThat(isMirrored(mirroring, image, 2)).isEqualTo(first);
            mirroredFirst += first ? 1 : 0;
        }
        assertThat(mirroredFirst).isBetween(16, 48);
    }

    @Test
    void aShiftMovesThePictureAndFillsWithBackground() {
        Augmentation shifting = new Augmentation(1, 100, false, 2, 0, 12, 0, 0);
        boolean moved = false;
        for (int step = 0; step < 20; step++) {
            byte[] after = augmented(shifting, 0, 0, step);
            int[] offset = offset(after);
            assertThat(offset).as("where the picture went at step " + step).isNotNull();
            moved |= offset[0] != 0 || offset[1] != 0;
        }
        assertThat(moved).isTrue();
    }

    /** How far picture 0 was moved, found by trying; null: not within two pixels. */
    private int[] offset(byte[] after) {
        for (int dy = -2; dy <= 2; dy++) {
            for (int dx = -2; dx <= 2; dx++) {
                boolean fits = true;
                for (int i = 0; i < SIZE && fits; i++) {
                    int y = i / 28 - dy;
                    int x = i % 28 - dx;
                    int expected = y < 0 || y > 27 || x < 0 || x > 27 ? 0 : pictures[y * 28 + x];
                    fits = after[i] == (byte) expected;
                }
                if (fits) {
                    return new int[] {dx, dy};
                }
            }
        }
        return null;
    }

    @ParameterizedTest
    @CsvSource({"12, 0", "20, 200"})
    void anErasedRectangleIsOfTheStatedGreyAndSize(int side, int fill) {
        Augmentation erasing = new Augmentation(1, 100, false, 0, 1, side, fill, 0);
        for (int step = 0; step < 20; step++) {
            byte[] after = augmented(erasing, 1, 0, step);
            List<Integer> changed = new ArrayList<>();
            for (int i = 0; i < SIZE; i++) {
                if (after[i] != pictures[SIZE + i]) {
                    assertThat(after[i]).isEqualTo((byte) fill);
                    changed.add(i);
                }
            }
            int height = extent(changed, i -> i / 28);
            int width = extent(changed, i -> i % 28);
            assertThat(height).as("height of the hole of step " + step).isBetween(4, side);
            assertThat(width).as("width of the hole of step " + step).isBetween(4, side);
            assertThat(changed).as("the hole of step " + step).hasSize(height * width);
        }
    }

    /** From the first to the last row, or column, that has one of the pixels; 0 without any. */
    private static int extent(List<Integer> pixels, IntUnaryOperator place) {
        IntSummaryStatistics places =
                pixels.stream().mapToInt(place::applyAsInt).summaryStatistics();
        return places.getCount() == 0 ? 0 : places.getMax() - places.getMin() + 1;
    }

    @Test
    void theEndOfARunIsPlain() {
        Augmentation settled = new Augmentation(1, 100, false, 2, 1, 12, 0, 0.25);

        assertThat(augmented(settled, 2, 0, 75)).isEqualTo(java.util.Arrays.copyOfRange(pictures, 2 * SIZE, 3 * SIZE));
        assertThat(augmented(settled, 2, 0, 74))
                .isNotEqualTo(java.util.Arrays.copyOfRange(pictures, 2 * SIZE, 3 * SIZE));
    }

    @Test
    void anotherSeedDrawsOtherNumbers() {
        Augmentation first = new Augmentation(1, 100, false, 2, 1, 12, 0, 0);
        Augmentation second = new Augmentation(2, 100, false, 2, 1, 12, 0, 0);

        assertThat(first.random(7).longs(100).boxed())
                .doesNotContainAnyElementsOf(second.random(7).longs(100).boxed().toList());
    }

    private boolean isMirrored(Augmentation augmentation, int image, long epoch) {
        byte[] after = augmented(augmentation, image, epoch, 0);
        return after[5] == pictures[image * SIZE + 22] && after[22] == pictures[image * SIZE + 5];
    }

    private byte[] augmented(Augmentation augmentation, int image, long epoch, long step) {
        byte[] to = new byte[SIZE];
        augmentation.copy(pictures, image, to, 0, 28, 28, epoch, step, augmentation.random(step));
        return to;
    }

    /** Brighter to the right and to the bottom, so that every move and mirroring shows. */
    private static byte[] gradients(int count) {
        byte[] pixels = new byte[count * SIZE];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (1 + i % 28 * 3 + i / 28 % 28);
        }
        return pixels;
    }
}
