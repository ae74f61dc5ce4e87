package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.model.Graph;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * The first convolution: kernels which are not trained but are the principal patterns of the training pictures' own
 * patches, scaled to equal strength and taken with both signs (whitening, as in Keller Jordan's airbench, arXiv
 * 2404.00498). The bias is fixed too: it centres the patterns, and a trained one would make every step compute the
 * gradient of the next convolution's large input for the sake of a few numbers. ReLU follows. [N,1,H,W] to
 * [N,filters,H/stride,W/stride].
 *
 * @param stride 2: 4x4 kernels, all 32 of them; 1: 3x3 kernels, the 16 of the strongest eight patterns, since the ninth
 *     says next to nothing and convolutions like multiples of 16
 */
record StemLayer(String name, Variable kernels, Variable bias, int filters, int stride) implements Layer {
    private static final int PADDING = 1;

    static StemLayer of(String name, LabelledImages images, float pixelScale, int stride) {
        int size = stride == 1 ? 3 : 4;
        int patterns = stride == 1 ? 8 : 16;
        Whitening whitening = Whitening.of(images, pixelScale, size, patterns);
        int filters = 2 * patterns;
        return new StemLayer(
                name,
                Variable.kept(name + ".kernels", whitening.kernels(), filters, 1, size, size),
                Variable.kept(name + ".bias", whitening.bias(), filters),
                filters,
                stride);
    }

    private int size() {
        return Math.toIntExact(kernels.value().size(2));
    }

    @Override
    public Tensor forward(Tensor x, boolean training) {
        return Operators.relu(
                Operators.convolution(OneDnnLayout.of(x), kernels.value(), bias.value(), stride, PADDING));
    }

    @Override
    public String export(Graph graph, String x) {
        String sum = graph.convolution(
                name, x, kernels.values(), filters, 1, size(), size(), bias.values(), stride, PADDING);
        return graph.relu(name + ".relu", sum);
    }

    @Override
    public List<Variable> variables() {
        return List.of(kernels, bias);
    }
}
