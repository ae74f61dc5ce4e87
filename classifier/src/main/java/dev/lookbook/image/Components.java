package dev.lookbook.image;

import java.util.Arrays;

/** The connected parts of a mask. */
final class Components {

    /** Generous, because two shoes are two parts. */
    private static final double CENTRAL_SHARE = 0.35;

    private static final double SPECK_SHARE = 0.02;

    /** How far from the middle a pixel still counts, as a share of the width or height. */
    private static final double SIGMA = 0.3;

    private final int width;
    private final int height;
    private final int[] stack;

    Components(int width, int height) {
        this.width = width;
        this.height = height;
        this.stack = new int[width * height];
    }

    /** Keeps the 8-connected parts that are large and near the middle. */
    boolean[] keepCentral(boolean[] mask) {
        return keep(mask, this::nearness, CENTRAL_SHARE);
    }

    /** Drops 8-connected parts that are next to nothing beside the largest. */
    boolean[] withoutSpecks(boolean[] mask) {
        return keep(mask, (x, y) -> 1, SPECK_SHARE);
    }

    @FunctionalInterface
    private interface Weight {
        double of(int x, int y);
    }

    /** Keeps the parts whose weight is at least this share of the heaviest part's. */
    private boolean[] keep(boolean[] mask, Weight weight, double share) {
        int[] labels = new int[mask.length]; // 0: not seen yet
        double[] weights = new double[mask.length + 1];
        int count = 0;
        double heaviest = 0;
        for (int i = 0; i < mask.length; i++) {
            if (mask[i] && labels[i] == 0) {
                count++;
                weights[count] = label(mask, i, count, labels, weight);
                heaviest = Math.max(heaviest, weights[count]);
            }
        }
        boolean[] kept = new boolean[mask.length];
        for (int i = 0; i < mask.length; i++) {
            kept[i] = mask[i] && weights[labels[i]] >= share * heaviest;
        }
        return kept;
    }

    /** Labels the part around a pixel and returns its weight. */
    private double label(boolean[] mask, int start, int label, int[] labels, Weight weight) {
        double sum = 0;
        int size = 0;
        stack[size++] = start;
        labels[start] = label;
        while (size > 0) {
            int i = stack[--size];
            int x = i % width;
            int y = i / width;
            sum += weight.of(x, y);
            for (int ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
                for (int nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
                    int n = ny * width + nx;
                    if (mask[n] && labels[n] == 0) {
                        labels[n] = label;
                        stack[size++] = n;
                    }
                }
            }
        }
        return sum;
    }

    private double nearness(int x, int y) {
        double u = (x + 0.5 - width / 2.0) / (SIGMA * width);
        double v = (y + 0.5 - height / 2.0) / (SIGMA * height);
        return Math.exp(-0.5 * (u * u + v * v));
    }

    /** Fills what cannot be reached from the edge by steps to the side, up or down. */
    boolean[] fillHoles(boolean[] mask) {
        boolean[] filled = new boolean[mask.length];
        Arrays.fill(filled, true);
        int size = 0;
        for (int i = 0; i < mask.length; i++) {
            int x = i % width;
            int y = i / width;
            boolean isBorder = x == 0 || y == 0 || x == width - 1 || y == height - 1;
            if (isBorder && !mask[i]) {
                filled[i] = false;
                stack[size++] = i;
            }
        }
        while (size > 0) {
            int i = stack[--size];
            int x = i % width;
            size = x > 0 ? empty(mask, filled, i - 1, size) : size;
            size = x < width - 1 ? empty(mask, filled, i + 1, size) : size;
            size = i >= width ? empty(mask, filled, i - width, size) : size;
            size = i < mask.length - width ? empty(mask, filled, i + width, size) : size;
        }
        return filled;
    }

    private int empty(boolean[] mask, boolean[] filled, int i, int size) {
        if (mask[i] || !filled[i]) {
            return size;
        }
        filled[i] = false;
        stack[size] = i;
        return size + 1;
    }
}
