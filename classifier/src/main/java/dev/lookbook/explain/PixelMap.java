package dev.lookbook.explain;

/**
 * A number for every pixel of a picture or cell of a grid. Shared, not to be changed.
 *
 * @param values {@code [height][width]}
 */
public record PixelMap(int height, int width, float[] values) {
    public PixelMap {
        if (height < 1 || width < 1 || values.length != height * width) {
            throw new IllegalArgumentException(
                    "a map of " + height + "x" + width + " cannot have " + values.length + " values");
        }
    }

    public float at(int row, int column) {
        return values[row * width + column];
    }

    /** The largest distance from zero. */
    public float reach() {
        float reach = 0;
        for (float value : values) {
            reach = Math.max(reach, Math.abs(value));
        }
        return reach;
    }

    public float largest() {
        float largest = values[0];
        for (float value : values) {
            largest = Math.max(largest, value);
        }
        return largest;
    }

    public float smallest() {
        float smallest = values[0];
        for (float value : values) {
            smallest = Math.min(smallest, value);
        }
        return smallest;
    }

    /** Where the largest value is, counted row by row; the first one of equals. */
    public int peak() {
        int peak = 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[peak]) {
                peak = i;
            }
        }
        return peak;
    }
}
