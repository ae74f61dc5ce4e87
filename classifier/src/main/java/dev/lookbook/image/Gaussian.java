package dev.lookbook.image;

/**
 * Blurs with a Gaussian, first along rows, then along columns. Beyond its edge a plane goes on mirrored. The loop along
 * a row is always the innermost, so that the compiler can do several pixels at once.
 */
final class Gaussian {

    private final float[] kernel; // the middle first: it is symmetric

    /** @param sigma in pixels; the kernel reaches to 4 sigma */
    Gaussian(double sigma) {
        int radius = (int) (4 * sigma + 0.5);
        double sum = 0;
        double[] weights = new double[radius + 1];
        for (int i = 0; i <= radius; i++) {
            weights[i] = Math.exp(-0.5 * i * i / (sigma * sigma));
            sum += i == 0 ? weights[i] : 2 * weights[i];
        }
        kernel = new float[radius + 1];
        for (int i = 0; i <= radius; i++) {
            kernel[i] = (float) (weights[i] / sum);
        }
    }

    /** Returns the blurred plane, {@code [height][width]}; the given one stays as it is. */
    float[] blur(float[] plane, int width, int height) {
        float[] rows = new float[plane.length];
        blurRows(plane, rows, width, height);
        return blurColumns(rows, width, height);
    }

    private void blurRows(float[] source, float[] target, int width, int height) {
        int radius = kernel.length - 1;
        float[] padded = new float[width + 2 * radius];
        for (int y = 0; y < height; y++) {
            System.arraycopy(source, y * width, padded, radius, width);
            for (int x = 1; x <= radius; x++) {
                padded[radius - x] = source[y * width + mirrored(-x, width)];
                padded[radius + width - 1 + x] = source[y * width + mirrored(width - 1 + x, width)];
            }
            int row = y * width;
            for (int x = 0; x < width; x++) {
                target[row + x] = kernel[0] * padded[x + radius];
            }
            for (int k = 1; k <= radius; k++) {
                float weight = kernel[k];
                int left = radius - k;
                int right = radius + k;
                for (int x = 0; x < width; x++) {
                    target[row + x] += weight * (padded[x + left] + padded[x + right]);
                }
            }
        }
    }

    /** Returns the plane blurred along its columns only. */
    float[] blurColumns(float[] source, int width, int height) {
        float[] target = new float[source.length];
        for (int y = 0; y < height; y++) {
            int row = y * width;
            for (int x = 0; x < width; x++) {
                target[row + x] = kernel[0] * source[row + x];
            }
            for (int k = 1; k < kernel.length; k++) {
                float weight = kernel[k];
                int above = mirrored(y - k, height) * width;
                int below = mirrored(y + k, height) * width;
                for (int x = 0; x < width; x++) {
                    target[row + x] += weight * (source[above + x] + source[below + x]);
                }
            }
        }
        return target;
    }

    /** ... 1 0 | 0 1 2 | 2 1 ... also for planes narrower than the kernel. */
    static int mirrored(int i, int length) {
        int j = Math.floorMod(i, 2 * length);
        return j < length ? j : 2 * length - 1 - j;
    }
}
