package dev.lookbook.image;

import java.util.Arrays;

/**
 * The pixels that are garment.
 *
 * @param inside {@code [height][width]}, shared, not to be changed
 * @param isGarment false if no garment was found; then the whole picture is inside
 */
record Mask(int width, int height, boolean[] inside, boolean isGarment) {

    static Mask garment(int width, int height, boolean[] inside) {
        return new Mask(width, height, inside, true);
    }

    static Mask wholePicture(int width, int height) {
        boolean[] inside = new boolean[width * height];
        Arrays.fill(inside, true);
        return new Mask(width, height, inside, false);
    }

    /** How much of the picture is inside, 0 to 1. */
    double share() {
        int count = 0;
        for (boolean pixel : inside) {
            count += pixel ? 1 : 0;
        }
        return (double) count / inside.length;
    }
}
