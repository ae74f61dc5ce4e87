package dev.lookbook.train;

import dev.lookbook.model.Graph;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/**
 * A fully connected layer, [N,in] to [N,out].
 *
 * @param bias null: none
 * @param rectified whether ReLU follows
 * @param scale what the sums are multiplied by; keeps the logits of a large head small at the start
 */
record DenseLayer(String name, Variable weights, Variable bias, int in, int out, boolean rectified, float scale)
        implements Layer {

    /** A layer of neurons as textbooks draw it: weights, bias and, if {@code rectified}, ReLU. */
    static DenseLayer neurons(String name, int in, int out, boolean rectified, RandomGenerator random) {
        Variable.Role role = rectified ? Variable.Role.FILTER : Variable.Role.HEAD;
        return new DenseLayer(
                name,
                Variable.trained(name + ".weights", Init.uniform(out * in, in, random), role, out, in),
                Variable.trained(name + ".bias", Init.uniform(out, in, random), Variable.Role.BIAS, out),
                in,
                out,
                rectified,
                1);
    }

    /** The head of the batch-norm networks: features to logits without bias, multiplied by 1/9. */
    static DenseLayer head(String name, int in, int out, RandomGenerator random) {
        Variable weights =
                Variable.trained(name + ".weights", Init.normal(out * in, in, random), Variable.Role.HEAD, out, in);
        return new DenseLayer(name, weights, null, in, out, false, 1f / 9);
    }

    @Override
    public Tensor forward(Tensor x, boolean training) {
        Tensor sum = Operators.dense(x, weights.value(), bias == null ? null : bias.value());
        Tensor scaled = scale == 1 ? sum : sum.mul(Tensors.scalar(scale));
        return rectified ? Operators.relu(scaled) : scaled;
    }

    @Override
    public String export(Graph graph, String x) {
        float[] folded = weights.values();
        for (int i = 0; i < folded.length; i++) {
            folded[i] *= scale;
        }
        String sum = graph.dense(name, x, folded, out, in, bias == null ? null : bias.values());
        return rectified ? graph.relu(name + ".relu", sum) : sum;
    }

    @Override
    public List<Variable> variables() {
        return bias == null ? List.of(weights) : List.of(weights, bias);
    }
}
