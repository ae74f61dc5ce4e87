package dev.lookbook.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ColourHistogramTest {

    private static final int BINS = 12 * 16 * 16;

    @Test
    void binsOfKnownColours() {
        float[] red = {0, 255, 255, 119};
        float[] green = {0, 255, 0, 119};
        float[] blue = {0, 255, 0, 119};

        // L, a, b: 0,0,0; 100,0,0; 53.2,80.1,67.2; 50.03,0,0 - and grey is in the bin above 0 or below, by a hair
        assertThat(ColourHistogram.bins(red, green, blue)).satisfies(bins -> {
            assertThat(bins[0] / 256).isZero();
            assertThat(bins[1] / 256).isEqualTo(11);
            assertThat(bins[2]).isEqualTo((6 * 16 + 15) * 16 + 14);
            assertThat(bins[3] / 256).isEqualTo(6);
        });
    }

    @Test
    void isTheWeightedCountSmoothedInThreeDirections() {
        Random random = new Random(11);
        int[] bins = random.ints(500, 0, BINS).toArray();
        float[] weights = Planes.random(500, random);

        float[] histogram = ColourHistogram.of(bins, weights);

        Planes.assertClose(histogram, reference(bins, weights), 1e-6);
    }

    @Test
    void theRatioOfEqualSharesIsZero() {
        float[] one = Planes.random(BINS, new Random(12));

        assertThat(ColourHistogram.logRatio(one, one)).containsOnly(0);
        assertThat(ColourHistogram.logRatio(one, new float[BINS])[0])
                .isCloseTo((float) Math.log((one[0] + 1e-5) / 1e-5), within(1e-4f));
    }

    @Test
    void histogramsOverlapWithThemselvesFully() {
        float[] one = ColourHistogram.of(new int[] {5}, new float[] {1});
        float[] far = ColourHistogram.of(new int[] {BINS - 1}, new float[] {1});

        assertThat(ColourHistogram.overlap(one, one)).isCloseTo(1, within(1e-5));
        assertThat(ColourHistogram.overlap(one, far)).isCloseTo(0, within(1e-5));
    }

    private static float[] reference(int[] bins, float[] weights) {
        double[] counts = new double[BINS];
        double total = 0;
        for (int i = 0; i < bins.length; i++) {
            counts[bins[i]] += weights[i];
            total += weights[i];
        }
        double[] smooth = along(along(along(counts, 256, 12, 0.8), 16, 16, 0.6), 1, 16, 0.6);
        float[] result = new float[BINS];
        for (int i = 0; i < BINS; i++) {
            result[i] = (float) (smooth[i] / total);
        }
        return result;
    }

    /** Smooths along one axis, whose neighbours are {@code stride} apart and of which there are {@code length}. */
    private static double[] along(double[] counts, int stride, int length, double sigma) {
        int radius = (int) (4 * sigma + 0.5);
        double sum = 0;
        for (int k = -radius; k <= radius; k++) {
            sum += Math.exp(-k * k / (2 * sigma * sigma));
        }
        double[] result = new double[BINS];
        for (int i = 0; i < BINS; i++) {
            int at = i / stride % length;
            for (int k = -radius; k <= radius; k++) {
                int source = i + (Gaussian.mirrored(at + k, length) - at) * stride;
                result[i] += counts[source] * Math.exp(-k * k / (2 * sigma * sigma)) / sum;
            }
        }
        return result;
    }
}
