package dev.lookbook.train;

import static org.bytedeco.pytorch.global.torch.ScalarType.BFloat16;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A 3x3 convolution in training, whose kernels' gradient on small maps is one matrix product of our own. oneDNN's takes
 * picture by picture, and adds nine numbers per map to all kernels each time: on maps of 3x3 twice the time in bf16 (see
 * docs/results.md). In fp32 oneDNN is faster.
 */
final class KernelGradient {
    private static final int LARGEST_MAP = 3;
    private static final long[] ONE_AROUND = {0, 0, 1, 1, 1, 1};

    private Tensor input;
    private Tensor sums;

    /** The convolution of {@code x} [N,in,H,W], padded by one, with kernels [out,in,3,3]: [N,out,H,W]. */
    Tensor convolve(Tensor x, Tensor kernels) {
        boolean isOurs =
                x.requires_grad() && x.size(2) <= LARGEST_MAP && x.scalar_type().intern() == BFloat16;
        if (!isOurs) {
            return Operators.convolution(x, kernels, null, 1, 1);
        }
        Tensor readable = Operators.channelsLast(OneDnnLayout.readable(x));
        input = readable.detach();
        sums = Operators.convolution(readable, kernels.detach(), null, 1, 1);
        sums.__dispatch_retain_grad();
        return sums;
    }

    /** Gives the kernels their gradient, if the backward pass left it to us; called after it, within the same scope. */
    void complete(Tensor kernels) {
        if (sums == null) {
            return;
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            kernels.mutable_grad().put(gradient(input, sums.grad()).to(torch.ScalarType.Float));
        }
        input = null;
        sums = null;
    }

    /** [out,in,3,3] of {@code x} [N,in,H,W] and the gradient of the sums [N,out,H,W], both channels-last. */
    private static Tensor gradient(Tensor x, Tensor ofSums) {
        long count = x.size(0);
        long in = x.size(1);
        long height = x.size(2);
        long width = x.size(3);
        long out = ofSums.size(1);
        long row = (width + 2) * in;
        Tensor padded = torch.constant_pad_nd(x.permute(0, 2, 3, 1), ONE_AROUND, Tensors.scalar(0));
        // A view in which each place has the 3x3 around it, [N,H,W,3,3*in]; reshaping it copies.
        Tensor around = torch.as_strided(
                padded, new long[] {count, height, width, 3, 3 * in}, new long[] {(height + 2) * row, row, in, row, 1});
        Tensor places = around.reshape(count * height * width, 9 * in);
        Tensor gradients = ofSums.permute(1, 0, 2, 3).reshape(out, count * height * width);
        return gradients.mm(places).view(out, 3, 3, in).permute(0, 3, 1, 2);
    }
}
