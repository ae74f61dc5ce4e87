package dev.lookbook.train;

import dev.lookbook.model.RelativeDistance;
import java.util.Arrays;
import java.util.Optional;
import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Fits a {@link RelativeDistance} to embeddings. */
final class Familiarity {
    /** Fewer pictures than this many for each number of the embedding say little about how those vary together. */
    private static final int PICTURES_PER_NUMBER = 10;
    /** Added to each variance, as a share of their sum: keeps features that never fire from dividing by zero. */
    private static final double RIDGE = 1e-6;
    /** So far away that a class without pictures is never the nearest. */
    private static final float NEVER = 1e30f;

    private Familiarity() {}

    /**
     * @param embeddings [labels.length][size] of training pictures
     * @param labels their classes
     * @return unscaled: typical is 0 and rare is 1; empty if there are too few pictures
     */
    static Optional<RelativeDistance> fit(float[] embeddings, int[] labels, int classes) {
        int size = embeddings.length / Math.max(1, labels.length);
        if (labels.length < PICTURES_PER_NUMBER * size || labels.length == 0) {
            return Optional.empty();
        }
        double[] centre = new double[size];
        double[] means = new double[classes * size];
        int[] counts = new int[classes];
        for (int i = 0; i < labels.length; i++) {
            counts[labels[i]]++;
            for (int j = 0; j < size; j++) {
                centre[j] += embeddings[i * size + j] / (double) labels.length;
                means[labels[i] * size + j] += embeddings[i * size + j];
            }
        }
        for (int k = 0; k < classes; k++) {
            for (int j = 0; j < size; j++) {
                means[k * size + j] = counts[k] == 0 ? 0 : means[k * size + j] / counts[k] - centre[j];
            }
        }
        double[] all = new double[embeddings.length];
        double[] withinClasses = new double[embeddings.length];
        for (int i = 0; i < labels.length; i++) {
            for (int j = 0; j < size; j++) {
                int at = i * size + j;
                all[at] = embeddings[at] - centre[j];
                withinClasses[at] = all[at] - means[labels[i] * size + j];
            }
        }
        try (PointerScope scope = new PointerScope()) {
            Tensor within = inverseCovariance(withinClasses, labels.length, size);
            Tensor curvature = within.sub(inverseCovariance(all, labels.length, size));
            Tensor classMeans = Tensor.create(means, classes, size);
            Tensor slopes = within.matmul(classMeans.t());
            float[] offsets = floats(classMeans.mul(slopes.t()).sum(1));
            for (int k = 0; k < classes; k++) {
                offsets[k] = counts[k] == 0 ? NEVER : offsets[k];
            }
            return Optional.of(new RelativeDistance(
                    floats(centre), floats(curvature), floats(slopes.mul(Tensors.scalar(-2))), offsets, 0, 1));
        }
    }

    private static Tensor inverseCovariance(double[] rows, int count, int size) {
        Tensor centred = Tensor.create(rows, count, size);
        Tensor covariance = centred.t().matmul(centred).div(Tensors.scalar(count - 1));
        double ridge = RIDGE * covariance.trace().item_double();
        return torch.linalg_inv(covariance.add(torch.eye(size).mul(Tensors.scalar(ridge))));
    }

    private static float[] floats(Tensor tensor) {
        Tensor plain = tensor.contiguous();
        double[] values = new double[Math.toIntExact(plain.numel())];
        new DoublePointer(plain.data_ptr()).get(values);
        return floats(values);
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }

    /** The value that a share of the values lies below. */
    static float quantile(float[] values, double share) {
        float[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.min(sorted.length - 1, share * sorted.length)];
    }
}
