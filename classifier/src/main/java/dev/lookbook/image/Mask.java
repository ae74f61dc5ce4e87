package dev.lookbook.image;

import java.util.Arrays;

/**
 * The pixels that are garment.
 *
 * @param inside {@code [height][width]}, shared, not to be changed
 */
record Mask(int width, int height, boolean[] inside) {

    static Mask wholePicture(int width, int height) {
        boolean[] inside = new boolean[width * height];
        Arrays.fill(inside, true);
        return new Mask(width, height, inside);
    }

    /** How much of the picture is inside, 0 to 1. */
    double share() {
        int count = 0;
        for (boolean pixel : inside) {
            count += pixel ? 1 : 0;
        }
        return (double) count / inside.length;
    }

    /** The mask without holes. */
    Mask filled() {
        return new Mask(width, height, new Components(width, height).fillHoles(inside));
    }
}
