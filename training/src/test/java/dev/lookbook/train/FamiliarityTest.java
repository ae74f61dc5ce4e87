package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookbook.model.RelativeDistance;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class FamiliarityTest {
    private static final int SIZE = 5;
    private static final int CLASSES = 3;
    private static final int COUNT = 3_000;

    /** Three classes side by side along the first number, stretched differently along each number; the last is dead. */
    private static final double[] SPREAD = {1, 0.1, 3, 1, 0};

    @BeforeAll
    static void useOneThread() {
        Trainer.useThreads(1);
    }

    private final Random random = new Random(4);
    private final int[] labels = new int[COUNT];
    private final float[] embeddings = embeddings();

    private float[] embeddings() {
        float[] all = new float[COUNT * SIZE];
        for (int i = 0; i < COUNT; i++) {
            labels[i] = i % CLASSES;
            for (int j = 0; j < SIZE; j++) {
                all[i * SIZE + j] = (float) (random.nextGaussian() * SPREAD[j] + (j == 0 ? 10 * labels[i] : 0));
            }
        }
        return all;
    }

    @Test
    void theDistanceIsThatToTheNearestClassLessThatToAllPictures() {
        RelativeDistance fitted = Familiarity.fit(embeddings, labels, CLASSES).orElseThrow();

        for (float[] point :
                new float[][] {{0, 0, 0, 0, 0}, {10, 0.3f, -2, 1, 0}, {15, 0, 0, 4, 0}, {40, 1, 1, 1, 0}}) {
            double toAll = square((point[0] - 10) / Math.sqrt(1 + 200 / 3.0));
            double toNearest = Double.POSITIVE_INFINITY;
            for (int k = 0; k < CLASSES; k++) {
                toNearest = Math.min(toNearest, square(point[0] - 10 * k));
            }
            // All classes spread alike along the other numbers, so these add the same to both distances.
            double expected = toNearest - toAll;
            assertThat(distance(fitted, point)).isCloseTo(expected, within(0.06 * Math.abs(expected) + 0.5));
        }
    }

    @Test
    void aClassWithoutPicturesIsNeverTheNearest() {
        RelativeDistance three = Familiarity.fit(embeddings, labels, CLASSES).orElseThrow();
        RelativeDistance four = Familiarity.fit(embeddings, labels, CLASSES + 1).orElseThrow();
        float[] point = {12, 0, 1, 1, 0};

        assertThat(distance(four, point)).isCloseTo(distance(three, point), within(1e-4));
    }

    @Test
    void fewPicturesGiveNoDistance() {
        float[] some = java.util.Arrays.copyOf(embeddings, 49 * SIZE);

        assertThat(Familiarity.fit(some, java.util.Arrays.copyOf(labels, 49), CLASSES))
                .isEmpty();
        assertThat(Familiarity.fit(new float[0], new int[0], CLASSES)).isEmpty();
    }

    @Test
    void aQuantileLeavesItsShareBelow() {
        float[] values = {5, 1, 4, 2, 3};

        assertThat(Familiarity.quantile(values, 0.5)).isEqualTo(3);
        assertThat(Familiarity.quantile(values, 0)).isEqualTo(1);
        assertThat(Familiarity.quantile(values, 1)).isEqualTo(5);
    }

    private static double square(double value) {
        return value * value;
    }

    private static double distance(RelativeDistance fitted, float[] embedding) {
        double sum = 0;
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < SIZE; i++) {
            for (int j = 0; j < SIZE; j++) {
                sum += (embedding[i] - fitted.centre()[i])
                        * (embedding[j] - fitted.centre()[j])
                        * fitted.curvature()[i * SIZE + j];
            }
        }
        int classes = fitted.offsets().length;
        for (int k = 0; k < classes; k++) {
            double line = fitted.offsets()[k];
            for (int i = 0; i < SIZE; i++) {
                line += (embedding[i] - fitted.centre()[i]) * fitted.slopes()[i * classes + k];
            }
            nearest = Math.min(nearest, line);
        }
        return sum + nearest;
    }
}
