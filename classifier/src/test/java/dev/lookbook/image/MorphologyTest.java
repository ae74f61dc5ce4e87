package dev.lookbook.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MorphologyTest {

    private static final String[] ELLIPSE = {"..#..", "#####", "#####", "#####", "..#.."};
    private static final String[] CROSS = {".#.", "###", ".#."};

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 0.3, 0.5, 0.8, 0.97, 1})
    void agreesWithTheDefinition(double share) {
        long seed = 4;
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            int width = 1 + random.nextInt(20);
            int height = 1 + random.nextInt(20);
            boolean[] mask = Planes.randomMask(width * height, share, random);
            Morphology morphology = new Morphology(width, height);

            assertThat(morphology.close(mask, Morphology.ELLIPSE_5))
                    .as("close, case %d of seed %d", i, seed)
                    .isEqualTo(erode(dilate(mask, width, height, ELLIPSE), width, height, ELLIPSE));
            assertThat(morphology.open(mask, Morphology.CROSS_3))
                    .as("open, case %d of seed %d", i, seed)
                    .isEqualTo(dilate(erode(mask, width, height, CROSS), width, height, CROSS));
        }
    }

    private static boolean[] dilate(boolean[] mask, int width, int height, String[] shape) {
        return any(mask, width, height, shape, true);
    }

    private static boolean[] erode(boolean[] mask, int width, int height, String[] shape) {
        return any(mask, width, height, shape, false);
    }

    /** Each pixel becomes the value if any pixel under the shape has it. */
    private static boolean[] any(boolean[] mask, int width, int height, String[] shape, boolean value) {
        boolean[] result = new boolean[mask.length];
        int half = shape.length / 2;
        for (int i = 0; i < mask.length; i++) {
            boolean found = false;
            for (int dy = -half; dy <= half; dy++) {
                for (int dx = -half; dx <= half; dx++) {
                    int x = i % width + dx;
                    int y = i / width + dy;
                    found |= shape[dy + half].charAt(dx + half) == '#'
                            && x >= 0
                            && x < width
                            && y >= 0
                            && y < height
                            && mask[y * width + x] == value;
                }
            }
            result[i] = found == value;
        }
        return result;
    }
}
