package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookbook.dataset.LabelledImages;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WhiteningTest {
    private static final int SIZE = 4;
    private static final int PATTERNS = SIZE * SIZE;

    @Test
    void responsesAreCentredOfEqualVarianceAndUncorrelated() throws Exception {
        LabelledImages images = Pictures.real(300);
        Whitening whitening = Whitening.of(images, 1 / 90f, SIZE, SIZE * SIZE);

        double[] sums = new double[PATTERNS];
        double[][] products = new double[PATTERNS][PATTERNS];
        int patches = 0;
        for (int n = 0; n < images.count(); n++) {
            for (int at = 0; at < 25 * 25; at++) {
                double[] response = responses(whitening, images.pixels(), n * 784 + at / 25 * 28 + at % 25);
                for (int i = 0; i < PATTERNS; i++) {
                    sums[i] += response[i];
                    for (int j = 0; j < PATTERNS; j++) {
                        products[i][j] += response[i] * response[j];
                    }
                }
                patches++;
            }
        }

        for (int i = 0; i < PATTERNS; i++) {
            assertThat(sums[i] / patches).as("mean of pattern " + i).isCloseTo(0, within(1e-3));
            for (int j = 0; j < PATTERNS; j++) {
                double covariance = products[i][j] / patches;
                if (i == j) {
                    // below 1 by the share that epsilon has of a weak pattern's eigenvalue
                    assertThat(covariance).as("variance of pattern " + i).isBetween(0.3, 1.001);
                } else {
                    assertThat(covariance)
                            .as("covariance of " + i + " and " + j)
                            .isCloseTo(0, within(1e-3));
                }
            }
        }
    }

    private static double[] responses(Whitening whitening, byte[] pixels, int corner) {
        double[] responses = new double[PATTERNS];
        for (int k = 0; k < PATTERNS; k++) {
            double sum = whitening.bias()[k];
            for (int i = 0; i < PATTERNS; i++) {
                sum += whitening.kernels()[k * PATTERNS + i] * (pixels[corner + i / SIZE * 28 + i % SIZE] & 0xff) / 90;
            }
            responses[k] = sum;
        }
        return responses;
    }

    @Test
    void fewerPatternsAreTheStrongest() {
        LabelledImages images = Pictures.drawn(60, 2);
        Whitening all = Whitening.of(images, 1 / 90f, 3, 9);
        Whitening eight = Whitening.of(images, 1 / 90f, 3, 8);

        for (int i = 0; i < 8 * 9; i++) {
            assertThat(eight.kernels()[i]).isEqualTo(all.kernels()[i]);
            assertThat(eight.kernels()[8 * 9 + i]).isEqualTo(-all.kernels()[i]);
        }
        assertThat(eight.bias()).hasSize(16).startsWith(java.util.Arrays.copyOf(all.bias(), 8));
    }

    @Test
    void picturesThatAreSortedByClassHaveThePatternsOfAllClasses() throws Exception {
        LabelledImages mixed = Pictures.real(20_000);
        int[] byClass = IntStream.range(0, mixed.count())
                .boxed()
                .sorted(Comparator.comparing(n -> mixed.labelIndices()[n]))
                .mapToInt(n -> n)
                .toArray();

        float[] sorted = Whitening.of(mixed.subset(byClass), 1 / 90f, 3, 8).kernels();

        float[] expected = Whitening.of(mixed, 1 / 90f, 3, 8).kernels();
        for (int i = 0; i < 6 * 9; i++) { // from the first class alone they are 0.2 off
            assertThat(sorted[i]).as("weight " + i).isCloseTo(expected[i], within(0.05f));
        }
    }

    @Test
    void everyPatternComesWithItsNegative() {
        Whitening whitening = Whitening.of(Pictures.drawn(60, 2), 1 / 90f, SIZE, SIZE * SIZE);

        for (int i = 0; i < PATTERNS * PATTERNS; i++) {
            assertThat(whitening.kernels()[PATTERNS * PATTERNS + i])
                    .isEqualTo(-whitening.kernels()[i]);
        }
    }
}
