package dev.lookbook.train;

import dev.lookbook.model.Graph;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * 3x3 convolution, batch normalisation, ReLU; a residual block adds its input to the result. Batch-norm's scale stays
 * 1 (the next layer can undo it), so only its bias is trained; at inference the whole is one convolution.
 *
 * @param kernels [out][in][3][3]
 * @param bias [out], added after the normalisation
 * @param mean [out], running mean of the convolution's sums
 * @param variance [out], their running variance
 */
record BlockLayer(
        String name,
        Variable kernels,
        Variable bias,
        Variable mean,
        Variable variance,
        int in,
        int out,
        boolean residual,
        KernelGradient kernelGradient)
        implements Layer {
    private static final double EPSILON = 1e-5;
    /** The weight of the newest batch in the running statistics: high, because short runs have few batches. */
    private static final double MOMENTUM = 0.3;

    static BlockLayer of(String name, int in, int out, boolean residual, RandomGenerator random) {
        float[] ones = new float[out];
        java.util.Arrays.fill(ones, 1);
        return new BlockLayer(
                name,
                Variable.trained(name + ".kernels", Init.dirac(out, in, random), Variable.Role.FILTER, out, in, 3, 3),
                Variable.trained(name + ".bias", new float[out], Variable.Role.BIAS, out),
                Variable.kept(name + ".mean", new float[out], out),
                Variable.kept(name + ".variance", ones, out),
                in,
                out,
                residual,
                new KernelGradient());
    }

    @Override
    public Tensor forward(Tensor x, boolean training) {
        Tensor sums = training
                ? kernelGradient.convolve(x, kernels.value())
                : Operators.convolution(x, kernels.value(), null, 1, 1);
        Tensor normal =
                Operators.batchNorm(sums, bias.value(), mean.value(), variance.value(), training, MOMENTUM, EPSILON);
        Tensor active = Operators.relu(normal);
        return residual ? Operators.sum(x, active) : active;
    }

    @Override
    public void completeGradients() {
        kernelGradient.complete(kernels.value());
    }

    @Override
    public String export(Graph graph, String x) {
        float[] folded = kernels.values();
        float[] foldedBias = bias.values();
        float[] means = mean.values();
        float[] variances = variance.values();
        int perFilter = in * 9;
        for (int o = 0; o < out; o++) {
            float factor = (float) (1 / Math.sqrt(variances[o] + EPSILON));
            for (int i = 0; i < perFilter; i++) {
                folded[o * perFilter + i] *= factor;
            }
            foldedBias[o] -= means[o] * factor;
        }
        String active = graph.relu(name + ".relu", graph.convolution(name, x, folded, out, in, 3, 3, foldedBias, 1, 1));
        return residual ? graph.add(name + ".sum", x, active) : active;
    }

    @Override
    public List<Variable> variables() {
        return List.of(kernels, bias, mean, variance);
    }
}
