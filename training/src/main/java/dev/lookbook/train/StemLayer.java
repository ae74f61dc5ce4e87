package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.model.Graph;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The first convolution: 4x4 kernels, stride 2, which are not trained but are the principal patterns of the training
 * pictures' own patches, scaled to equal strength and taken with both signs (whitening, as in Keller Jordan's airbench,
 * arXiv 2404.00498). The bias is fixed too: it centres the patterns, and a trained one would make every step compute the
 * gradient of the next convolution's large input for the sake of 32 numbers. ReLU follows. [N,1,H,W] to
 * [N,filters,H/2,W/2].
 */
record StemLayer(String name, Variable kernels, Variable bias, int filters) implements Layer {
    static final int SIZE = 4;
    private static final int STRIDE = 2;
    private static final int PADDING = 1;

    static StemLayer of(String name, LabelledImages images, float pixelScale) {
        Whitening whitening = Whitening.of(images, pixelScale, SIZE);
        int filters = 2 * SIZE * SIZE;
        return new StemLayer(
                name,
                Variable.kept(name + ".kernels", whitening.kernels(), filters, 1, SIZE, SIZE),
                Variable.kept(name + ".bias", whitening.bias(), filters),
                filters);
    }

    @Override
    public Tensor forward(Tensor x, boolean training) {
        Tensor sums = Operators.convolution(x, kernels.value(), bias.value(), STRIDE, PADDING);
        // Convolutions of one channel answer in the other layout; changed once here, not by each reader of the result.
        return Operators.channelsLast(Operators.relu(sums));
    }

    @Override
    public String export(Graph graph, String x) {
        String sum =
                graph.convolution(name, x, kernels.values(), filters, 1, SIZE, SIZE, bias.values(), STRIDE, PADDING);
        return graph.relu(name + ".relu", sum);
    }

    @Override
    public List<Variable> variables() {
        return List.of(kernels, bias);
    }
}
