package dev.lookbook.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabTest {

    /** Values by Bruce Lindbloom's colour calculator, sRGB and D65. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0, 0, 0, 0",
        "255, 255, 255, 100, 0, 0",
        "255, 0, 0, 53.24, 80.09, 67.20",
        "0, 255, 0, 87.73, -86.18, 83.18",
        "0, 0, 255, 32.30, 79.19, -107.86",
        "119, 119, 119, 50.03, 0, 0"
    })
    void agreesWithPublishedValues(float red, float green, float blue, float l, float a, float b) {
        float[] lab = new float[3];

        Lab.convert(red, green, blue, lab);

        assertThat(lab[0]).isCloseTo(l, within(0.05f));
        assertThat(lab[1]).isCloseTo(a, within(0.05f));
        assertThat(lab[2]).isCloseTo(b, within(0.05f));
    }

    @Test
    void agreesWithTheFormulaBetweenTheTabledValues() {
        long seed = 3;
        Random random = new Random(seed);
        float[] lab = new float[3];
        for (int i = 0; i < 1000; i++) {
            float[] rgb = {255 * random.nextFloat(), 255 * random.nextFloat(), 255 * random.nextFloat()};

            Lab.convert(rgb[0], rgb[1], rgb[2], lab);

            double[] expected = reference(rgb);
            for (int k = 0; k < 3; k++) {
                assertThat((double) lab[k]).as("case %d of seed %d", i, seed).isCloseTo(expected[k], within(0.1));
            }
        }
    }

    private static double[] reference(float[] rgb) {
        double[] linear = new double[3];
        for (int k = 0; k < 3; k++) {
            double v = rgb[k] / 255;
            linear[k] = v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4);
        }
        double x = (0.4124564 * linear[0] + 0.3575761 * linear[1] + 0.1804375 * linear[2]) / 0.95047;
        double y = 0.2126729 * linear[0] + 0.7151522 * linear[1] + 0.0721750 * linear[2];
        double z = (0.0193339 * linear[0] + 0.1191920 * linear[1] + 0.9503041 * linear[2]) / 1.08883;
        return new double[] {116 * f(y) - 16, 500 * (f(x) - f(y)), 200 * (f(y) - f(z))};
    }

    private static double f(double t) {
        double edge = 6.0 / 29;
        return t > edge * edge * edge ? Math.pow(t, 1.0 / 3) : t / (3 * edge * edge) + 4.0 / 29;
    }
}
