package dev.lookbook.image;

/** Where garments lie in photos before the photo is looked at: in the middle, hardly ever at the edge. */
final class Prior {

    private static final float EDGE_FROM = 0.93f;

    private Prior() {}

    /** Whether a place is at the edge: its larger distance from the middle, 1 at the border, is over 0.93. */
    static boolean isEdge(int x, int y, int width, int height) {
        return Math.max(distance(x, width), distance(y, height)) > EDGE_FROM;
    }

    /** The probability of garment, 0.02 to 0.9, {@code [height][width]}. */
    static float[] of(int width, int height) {
        float[] prior = new float[width * height];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double r = Math.hypot(distance(x, width), distance(y, height));
                prior[y * width + x] =
                        isEdge(x, y, width, height) ? 0.03f : (float) Math.max(0.02, Math.min(0.9, 1.15 - r));
            }
        }
        return prior;
    }

    private static float distance(int at, int length) {
        return Math.abs(2 * at + 1 - length) / (float) length;
    }
}
