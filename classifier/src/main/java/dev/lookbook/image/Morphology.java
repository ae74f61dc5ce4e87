package dev.lookbook.image;

/** Dilation and erosion of masks. What lies beyond the edge of the picture has no say. */
final class Morphology {

    /** The half width of each row of a shape, from its middle row outwards. */
    static final int[] ELLIPSE_5 = {2, 2, 0};

    static final int[] CROSS_3 = {1, 0};

    private final int width;
    private final int height;

    Morphology(int width, int height) {
        this.width = width;
        this.height = height;
    }

    /** Closes gaps that the shape does not fit into. */
    boolean[] close(boolean[] mask, int[] shape) {
        return spread(spread(mask, shape, true), shape, false);
    }

    /** Removes specks and threads that the shape does not fit into. */
    boolean[] open(boolean[] mask, int[] shape) {
        return spread(spread(mask, shape, false), shape, true);
    }

    /** Spreads the value: true dilates the mask, false erodes it. */
    private boolean[] spread(boolean[] mask, int[] shape, boolean value) {
        boolean[] result = mask.clone();
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                if (mask[y * width + x] == value && isAtBoundary(mask, x, y)) {
                    stamp(result, shape, x, y, value);
                }
            }
        }
        return result;
    }

    /** The shapes are convex and hold the cross of 3: stamping the inner boundary is stamping everything. */
    private boolean isAtBoundary(boolean[] mask, int x, int y) {
        int i = y * width + x;
        boolean value = mask[i];
        return x > 0 && mask[i - 1] != value
                || x < width - 1 && mask[i + 1] != value
                || y > 0 && mask[i - width] != value
                || y < height - 1 && mask[i + width] != value;
    }

    private void stamp(boolean[] target, int[] shape, int x, int y, boolean value) {
        for (int dy = 1 - shape.length; dy < shape.length; dy++) {
            if (y + dy < 0 || y + dy >= height) {
                continue;
            }
            int reach = shape[Math.abs(dy)];
            int from = Math.max(0, x - reach);
            int to = Math.min(width - 1, x + reach);
            for (int at = (y + dy) * width + from; at <= (y + dy) * width + to; at++) {
                target[at] = value;
            }
        }
    }
}
