package dev.lookbook.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;

/** Planes of numbers for the tests of kernels. */
final class Planes {

    private Planes() {}

    /** Values from 0 to 1. */
    static float[] random(int length, Random random) {
        float[] plane = new float[length];
        for (int i = 0; i < length; i++) {
            plane[i] = random.nextFloat();
        }
        return plane;
    }

    static boolean[] randomMask(int length, double share, Random random) {
        boolean[] mask = new boolean[length];
        for (int i = 0; i < length; i++) {
            mask[i] = random.nextDouble() < share;
        }
        return mask;
    }

    /** A mask drawn with one letter per pixel: # is inside. */
    static boolean[] mask(String... rows) {
        String all = String.join("", rows);
        boolean[] mask = new boolean[all.length()];
        for (int i = 0; i < mask.length; i++) {
            mask[i] = all.charAt(i) == '#';
        }
        return mask;
    }

    static void assertClose(float[] actual, float[] expected, double tolerance) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat((double) actual[i]).as("at %d", i).isCloseTo(expected[i], within(tolerance));
        }
    }
}
