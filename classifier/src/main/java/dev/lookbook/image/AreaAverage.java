package dev.lookbook.image;

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
     * Resizes one channel of bytes.
     *
     * @param samples {@code [sourceHeight][sourceWidth][channels]}
     * @return {@code [height][width]}, 0 to 255
     */
    float[] resize(byte[] samples, int channels, int channel) {
        return resize((y, row) -> {
            int i = y * sourceWidth * channels + channel;
            for (int x = 0; x < sourceWidth; x++, i += channels) {
                row[x] = samples[i] & 0xFF;
            }
        });
    }

    /**
     * Resizes a cut-out of a plane.
     *
     * @param stride the width of the whole plane
     * @param offset where the cut-out begins
     */
    float[] resize(float[] plane, int stride, int offset) {
        return resize((y, row) -> System.arraycopy(plane, offset + y * stride, row, 0, sourceWidth));
    }

    @FunctionalInterface
    private interface RowReader {
        void read(int y, float[] row);
    }

    private float[] resize(RowReader reader) {
        float[] row = new float[sourceWidth];
        float[] narrow = new float[width];
        float[] result = new float[width * height];
        double scale = (double) sourceHeight / height;
        int next = 0;   // the source row to be read next; the last one read is in "narrow"
        for (int y = 0; y < height; y++) {
            double from = y * scale;
            double to = y == height - 1 ? sourceHeight : (y + 1) * scale;
            for (int i = (int) from; i < to; i++) {
                if (i == next) {
                    reader.read(i, row);
                    average(row, narrow);
                    next++;
                }
                float share = (float) ((Math.min(to, i + 1) - Math.max(from, i)) / scale);
                for (int x = 0; x < width; x++) {
                    result[y * width + x] += share * narrow[x];
                }
            }
        }
        return result;
    }

    private void average(float[] source, float[] target) {
        double scale = (double) source.length / target.length;
        for (int x = 0; x < target.length; x++) {
            double from = x * scale;
            double to = x == target.length - 1 ? source.length : (x + 1) * scale;
            double sum = 0;
            for (int i = (int) from; i < to; i++) {
                sum += (Math.min(to, i + 1) - Math.max(from, i)) * source[i];
            }
            target[x] = (float) (sum / scale);
        }
    }
}
