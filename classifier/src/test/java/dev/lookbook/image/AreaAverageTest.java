package dev.lookbook.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AreaAverageTest {

    @ParameterizedTest
    @CsvSource({"7, 5, 3, 2", "80, 60, 39, 29", "14, 50, 27, 96", "1, 1, 9, 9", "10, 10, 10, 10", "9, 1, 4, 1"})
    void isTheMeanOfTheAreaThatAPixelCovers(int sourceWidth, int sourceHeight, int width, int height) {
        float[] source = Planes.random(sourceWidth * sourceHeight, new Random(1));

        float[] result = new AreaAverage(sourceWidth, sourceHeight, width, height).resize(source, sourceWidth, 0);

        Planes.assertClose(result, reference(source, sourceWidth, sourceHeight, width, height), 1e-4);
    }

    @Test
    void readsBytesChannelByChannel() {
        byte[] samples = {10, 20, 30, (byte) 210, (byte) 220, (byte) 230};

        float[][] result = new AreaAverage(2, 1, 1, 1).resize(samples, 3);

        assertThat(result).isDeepEqualTo(new float[][] {{110}, {120}, {130}});
    }

    @Test
    void readsACutOut() {
        float[] plane = {0, 0, 0, 0, 1, 3, 0, 5, 7}; // 3 x 3, its lower right four

        assertThat(new AreaAverage(2, 2, 1, 1).resize(plane, 3, 4)).containsExactly(4);
    }

    @Test
    void aPlainPlaneStaysPlain() {
        float[] plane = new float[97 * 61];
        Arrays.fill(plane, 42);

        for (float value : new AreaAverage(97, 61, 28, 11).resize(plane, 97, 0)) {
            assertThat(value).isCloseTo(42, within(1e-4f));
        }
    }

    private static float[] reference(float[] source, int sourceWidth, int sourceHeight, int width, int height) {
        float[] result = new float[width * height];
        double scaleX = (double) sourceWidth / width;
        double scaleY = (double) sourceHeight / height;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double sum = 0;
                for (int sy = 0; sy < sourceHeight; sy++) {
                    for (int sx = 0; sx < sourceWidth; sx++) {
                        sum += overlap(x * scaleX, (x + 1) * scaleX, sx)
                                * overlap(y * scaleY, (y + 1) * scaleY, sy)
                                * source[sy * sourceWidth + sx];
                    }
                }
                result[y * width + x] = (float) (sum / (scaleX * scaleY));
            }
        }
        return result;
    }

    private static double overlap(double from, double to, int pixel) {
        return Math.max(0, Math.min(to, pixel + 1) - Math.max(from, pixel));
    }
}
