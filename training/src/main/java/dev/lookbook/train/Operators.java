package dev.lookbook.train;

import static org.bytedeco.pytorch.global.torch.MemoryFormat.ChannelsLast;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * libtorch's operators with the arguments that our networks use; images are [N,C,H,W], in memory in {@link OneDnnLayout} or
 * channels-last.
 */
final class Operators {
    private static final long[] ONE = {1, 1};
    private static final long[] TWO = {2, 2};
    private static final long[] NONE = {0, 0};

    private Operators() {}

    static Tensor convolution(Tensor x, Tensor kernels, Tensor biasOrNull, int stride, int padding) {
        TensorOptional bias = biasOrNull == null ? new TensorOptional() : new TensorOptional(biasOrNull);
        if (x.is_mkldnn()) {
            // Not conv2d: there autocast would make the kernels bf16, and beside maps in this layout they must be fp32.
            return torch.mkldnn_convolution(
                    x, kernels, bias, new long[] {padding, padding}, new long[] {stride, stride}, ONE, 1);
        }
        return torch.conv2d(x, kernels, bias, new long[] {stride, stride}, new long[] {padding, padding}, ONE, 1);
    }

    /** Batch normalisation without a trained scale; the running statistics move by {@code momentum}. */
    static Tensor batchNorm(
            Tensor x, Tensor bias, Tensor mean, Tensor variance, boolean training, double momentum, double epsilon) {
        // oneDNN's own knows none without a scale.
        TensorOptional scale = x.is_mkldnn() ? new TensorOptional(torch.ones_like(mean)) : new TensorOptional();
        return torch.batch_norm(
                x,
                scale,
                new TensorOptional(bias),
                new TensorOptional(mean),
                new TensorOptional(variance),
                training,
                momentum,
                epsilon,
                false);
    }

    /** ReLU in place: {@code x} must be a result that nobody else reads, and whose own backward pass does not need it. */
    static Tensor relu(Tensor x) {
        return torch.relu_(x);
    }

    static Tensor maxPool(Tensor x) {
        return torch.max_pool2d(x, TWO, TWO, NONE, ONE, false);
    }

    static Tensor globalMaxPool(Tensor x) {
        // adaptive_max_pool2d and not amax: its backward pass is some thirty times faster.
        return torch.adaptive_max_pool2d(OneDnnLayout.readable(x), 1, 1).get0().flatten(1, -1);
    }

    static Tensor flatten(Tensor x) {
        return OneDnnLayout.readable(x).contiguous().flatten(1, -1);
    }

    static Tensor dropout(Tensor x, double share) {
        return torch.dropout(x, share, true);
    }

    static Tensor dense(Tensor x, Tensor weights, Tensor biasOrNull) {
        return torch.linear(x, weights, biasOrNull == null ? new TensorOptional() : new TensorOptional(biasOrNull));
    }

    static Tensor channelsLast(Tensor x) {
        return x.contiguous(ChannelsLast);
    }

    /** x + y, in oneDNN's layout if both have it. */
    static Tensor sum(Tensor x, Tensor y) {
        return x.is_mkldnn() && y.is_mkldnn()
                ? x.add(y)
                : OneDnnLayout.readable(x).add(OneDnnLayout.readable(y));
    }

    /** The mean cross-entropy of logits [N,K] in nats, with the true class's target lowered by label smoothing. */
    static Tensor crossEntropy(Tensor logits, Tensor labels, double smoothing) {
        return torch.cross_entropy_loss(logits, labels, new TensorOptional(), MEAN, IGNORE_NOTHING, smoothing);
    }

    /** The mean cross-entropy of logits [N,K] in nats with targets that are probabilities, [N,K]. */
    static Tensor crossEntropy(Tensor logits, Tensor targets) {
        return torch.cross_entropy_loss(logits, targets, new TensorOptional(), MEAN, IGNORE_NOTHING, 0);
    }

    /** Labels [N] as probabilities [N,K], {@code smoothing} of which is spread evenly over all classes. */
    static Tensor oneHot(Tensor labels, long classes, double smoothing) {
        return torch.one_hot(labels, classes)
                .to(torch.ScalarType.Float)
                .mul_(Tensors.scalar(1 - smoothing))
                .add_(Tensors.scalar(smoothing / classes));
    }

    /** libtorch's at::Reduction::Mean. */
    private static final long MEAN = 1;
    /** A label that never occurs. */
    private static final long IGNORE_NOTHING = -100;
}
