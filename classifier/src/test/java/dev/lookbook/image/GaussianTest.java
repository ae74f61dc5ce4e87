package dev.lookbook.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GaussianTest {

    @ParameterizedTest
    @CsvSource({"20, 15, 1", "33, 8, 2", "16, 16, 0.6", "3, 2, 2", "1, 1, 1", "40, 1, 2"})
    void isTheConvolutionWithTheBellCurve(int width, int height, double sigma) {
        float[] plane = Planes.random(width * height, new Random(2));

        float[] blurred = new Gaussian(sigma).blur(plane, width, height);

        Planes.assertClose(blurred, reference(plane, width, height, sigma), 1e-5);
    }

    @Test
    void beyondItsEdgeAPlaneGoesOnMirrored() {
        int[] indices = IntStream.range(-5, 8).map(i -> Gaussian.mirrored(i, 3)).toArray();

        assertThat(indices).containsExactly(1, 2, 2, 1, 0, 0, 1, 2, 2, 1, 0, 0, 1);
    }

    private static float[] reference(float[] plane, int width, int height, double sigma) {
        int radius = (int) (4 * sigma + 0.5);
        float[] result = new float[plane.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double sum = 0;
                double weights = 0;
                for (int dy = -radius; dy <= radius; dy++) {
                    for (int dx = -radius; dx <= radius; dx++) {
                        double weight = Math.exp(-(dx * dx + dy * dy) / (2 * sigma * sigma));
                        int source = Gaussian.mirrored(y + dy, height) * width + Gaussian.mirrored(x + dx, width);
                        sum += weight * plane[source];
                        weights += weight;
                    }
                }
                result[y * width + x] = (float) (sum / weights);
            }
        }
        return result;
    }
}
