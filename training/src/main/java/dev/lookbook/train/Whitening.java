package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Kernels that turn picture patches into numbers of equal variance that do not depend on each other linearly: the
 * eigenvectors of the patches' covariance, each divided by sqrt(eigenvalue + epsilon), with both signs.
 *
 * @param kernels [2*patterns][size][size], strongest pattern first, then the same patterns negated
 * @param bias [2*patterns], what makes the average patch's response zero; black padding stays black
 */
record Whitening(float[] kernels, float[] bias) {
    /** Keeps patterns that are hardly there from being blown up to the strength of the others. */
    private static final double EPSILON = 5e-3;
    /** Enough: more change the eigenvectors in the third digit only. */
    private static final int IMAGES = 2_000;

    /**
     * Looks at pictures that lie evenly among all, which may be sorted by class.
     *
     * @param patterns how many of the size*size patterns to take, the strongest
     */
    static Whitening of(LabelledImages images, float pixelScale, int size, int patterns) {
        int length = size * size;
        double[] mean = new double[length];
        double[] covariance = covariance(images, pixelScale, size, mean);
        float[] kernels = new float[2 * patterns * length];
        float[] bias = new float[2 * patterns];
        try (PointerScope scope = new PointerScope()) {
            T_TensorTensor_T eigen = torch.linalg_eigh(Tensor.create(covariance, length, length));
            double[] values = doubles(eigen.get0());
            double[] vectors = doubles(eigen.get1().t());
            for (int k = 0; k < patterns; k++) {
                int from = length - 1 - k; // eigh sorts ascending
                double factor = sign(vectors, from * length, length) / Math.sqrt(values[from] + EPSILON);
                double response = 0;
                for (int i = 0; i < length; i++) {
                    double weight = vectors[from * length + i] * factor;
                    kernels[k * length + i] = (float) weight;
                    kernels[(patterns + k) * length + i] = (float) -weight;
                    response += weight * mean[i];
                }
                bias[k] = (float) -response;
                bias[patterns + k] = (float) response;
            }
        }
        return new Whitening(kernels, bias);
    }

    private static double[] covariance(LabelledImages images, float pixelScale, int size, double[] mean) {
        int length = size * size;
        int height = images.height();
        int width = images.width();
        byte[] pixels = images.pixels();
        double[] products = new double[length * length];
        double[] patch = new double[length];
        long patches = 0;
        int looked = Math.min(IMAGES, images.count());
        for (int k = 0; k < looked; k++) {
            int n = (int) ((long) k * images.count() / looked);
            for (int y = 0; y + size <= height; y++) {
                for (int x = 0; x + size <= width; x++) {
                    for (int i = 0; i < length; i++) {
                        int at = (n * height + y + i / size) * width + x + i % size;
                        patch[i] = (pixels[at] & 0xff) * pixelScale;
                        mean[i] += patch[i];
                    }
                    for (int i = 0; i < length; i++) {
                        for (int j = i; j < length; j++) {
                            products[i * length + j] += patch[i] * patch[j];
                        }
                    }
                    patches++;
                }
            }
        }
        for (int i = 0; i < length; i++) {
            mean[i] /= patches;
        }
        double[] covariance = new double[length * length];
        for (int i = 0; i < length; i++) {
            for (int j = i; j < length; j++) {
                double value = products[i * length + j] / patches - mean[i] * mean[j];
                covariance[i * length + j] = value;
                covariance[j * length + i] = value;
            }
        }
        return covariance;
    }

    /** An eigenvector's sign is free: the one with the positive sum is taken, so that every LAPACK gives the same. */
    private static double sign(double[] values, int from, int length) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += values[from + i] * (1 + i * 1e-3); // the ramp decides for patterns whose sum is zero
        }
        return sum < 0 ? -1 : 1;
    }

    private static double[] doubles(Tensor tensor) {
        Tensor plain = tensor.contiguous();
        double[] values = new double[Math.toIntExact(plain.numel())];
        new DoublePointer(plain.data_ptr()).get(values);
        return values;
    }
}
