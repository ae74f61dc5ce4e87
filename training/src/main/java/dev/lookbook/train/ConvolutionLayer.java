package dev.lookbook.train;

import dev.lookbook.model.Graph;
import java.util.List;
import java.util.random.RandomGenerator;
import org.bytedeco.pytorch.Tensor;

/** A 3x3 convolution with bias, then ReLU: the textbook's feature detector. */
record ConvolutionLayer(String name, Variable kernels, Variable bias, int in, int out) implements Layer {

    static ConvolutionLayer of(String name, int in, int out, RandomGenerator random) {
        int fanIn = in * 9;
        return new ConvolutionLayer(
                name,
                Variable.trained(
                        name + ".kernels",
                        Init.uniform(out * fanIn, fanIn, random),
                        Variable.Role.FILTER,
                        out,
                        in,
                        3,
                        3),
                Variable.trained(name + ".bias", Init.uniform(out, fanIn, random), Variable.Role.BIAS, out),
                in,
                out);
    }

    @Override
    public Tensor forward(Tensor x, boolean training) {
        return Operators.relu(Operators.convolution(OneDnnLayout.of(x), kernels.value(), bias.value(), 1, 1));
    }

    @Override
    public String export(Graph graph, String x) {
        String sum = graph.convolution(name, x, kernels.values(), out, in, 3, 3, bias.values(), 1, 1);
        return graph.relu(name + ".relu", sum);
    }

    @Override
    public List<Variable> variables() {
        return List.of(kernels, bias);
    }
}
