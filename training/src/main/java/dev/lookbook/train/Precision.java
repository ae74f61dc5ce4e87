package dev.lookbook.train;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What convolutions and dense layers compute in; weights, their gradients and everything else stay fp32. */
enum Precision {
    FP32,
    BF16;

    String id() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Precision of(String id) {
        return valueOf(id.toUpperCase(java.util.Locale.ROOT));
    }

    /** Switches libtorch's autocast for the calling thread. */
    void use() {
        // The cache would keep using the bf16 copies of weights from the first step: training on stale weights.
        torch.set_autocast_cache_enabled(false);
        torch.set_autocast_dtype(torch.DeviceType.CPU, torch.ScalarType.BFloat16);
        torch.set_autocast_enabled(torch.DeviceType.CPU, this == BF16);
    }

    /** The faster one on this processor, by timing a typical convolution: bf16 only where there are instructions for it. */
    static Precision fastest() {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Tensor x = Operators.channelsLast(torch.randn(64, 64, 14, 14));
            Tensor kernels = Operators.channelsLast(torch.randn(64, 64, 3, 3));
            double fp32 = seconds(FP32, x, kernels);
            double bf16 = seconds(BF16, x, kernels);
            return bf16 < 0.8 * fp32 ? BF16 : FP32;
        } finally {
            FP32.use();
        }
    }

    private static double seconds(Precision precision, Tensor x, Tensor kernels) {
        precision.use();
        double best = Double.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            long start = System.nanoTime();
            Operators.convolution(x, kernels, null, 1, 1);
            best = Math.min(best, (System.nanoTime() - start) / 1e9);
        }
        return best;
    }
}
