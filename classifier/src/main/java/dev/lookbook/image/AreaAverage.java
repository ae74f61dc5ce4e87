package dev.lookbook.image;

import java.util.Arrays;

/**
 * Resizes so that every target pixel is the mean of the source area it covers, pixels on the edge counting in part.
 * Enlarging, it repeats pixels.
 */
final class AreaAverage {

    private final int sourceWidth;
    private final int sourceHeight;
    private final int width;
    private final int height;

    AreaAverage(int sourceWidth, int sourceHeight, int width, int height) {
        this.sourceWidth = sourceWidth;
        this.sourceHeight = sourceHeight;
        this.width = width;
        this.height = height;
    }

    /**
     * Resizes bytes.
     *
     * @param samples {@code [sourceHeight][sourceWidth][channels]}
     * @return {@code [channels][height][width]}, 0 to 255
     */
    float[][] resize(byte[] samples, int channels) {
        return resize(channels, (y, share, sums) -> {
            int row = y * sums.length;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += share * (samples[row + i] & 0xFF);
            }
        });
    }

    /**
     * Resizes a cut-out of a plane.
     *
     * @param stride the width of the whole plane
     * @param offset where the cut-out begins
     * @return {@code [height][width]}
     */
    float[] resize(float[] plane, int stride, int offset) {
        return resize(1, (y, share, sums) -> {
            int row = offset + y * stride;
            for (int i = 0; i < sums.length; i++) {
                sums[i] += share * plane[row + i];
            }
        })[0];
    }

    /** Adds a share of a source row, {@code [sourceWidth][channels]}, to sums. */
    @FunctionalInterface
    private interface Row {
        void addTo(int y, float share, float[] sums);
    }

    /** First down, where whole rows are added at once, then across. */
    private float[][] resize(int channels, Row rows) {
        float[][] result = new float[channels][width * height];
        float[] means = new float[sourceWidth * channels];
        double[] integral = new double[sourceWidth + 1];
        double scale = (double) sourceHeight / height;
        for (int y = 0; y < height; y++) {
            double from = y * scale;
            double to = Math.min(sourceHeight, (y + 1) * scale);
            Arrays.fill(means, 0);
            for (int i = (int) from; i < to; i++) {
                rows.addTo(i, (float) ((Math.min(to, i + 1) - Math.max(from, i)) / scale), means);
            }
            for (int c = 0; c < channels; c++) {
                across(means, channels, c, integral, result[c], y * width);
            }
        }
        return result;
    }

    /** The sum up to each place is formed once; a target pixel is the difference of two of them. */
    private void across(float[] means, int channels, int channel, double[] integral, float[] target, int offset) {
        for (int x = 0; x < sourceWidth; x++) {
            integral[x + 1] = integral[x] + means[x * channels + channel];
        }
        double scale = (double) sourceWidth / width;
        double before = 0;
        for (int x = 0; x < width; x++) {
            double to = Math.min(sourceWidth, (x + 1) * scale);
            int whole = Math.min(sourceWidth - 1, (int) to);
            double upTo = integral[whole] + (to - whole) * (integral[whole + 1] - integral[whole]);
            target[offset + x] = (float) ((upTo - before) / scale);
            before = upTo;
        }
    }
}
