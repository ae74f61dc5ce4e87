package dev.lookbook.train;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The layout of feature maps that only oneDNN can read. What is computed of them, oneDNN computes: its batch normalisation,
 * pooling, ReLU and sums are faster than libtorch's own (see docs/decisions/onednn-layout.md).
 */
final class OneDnnLayout {
    /** Elsewhere oneDNN may have nothing but its plain reference code. */
    private static final Set<String> MEASURED_ON = Set.of("amd64", "x86_64");

    private static final Map<Precision, Boolean> WORKS = new ConcurrentHashMap<>();

    private OneDnnLayout() {}

    /** {@code x} [N,C,H,W] in this layout and the precision in use, or channels-last where oneDNN does not take it. */
    static Tensor of(Tensor x) {
        if (x.is_mkldnn()) {
            return x;
        }
        Precision precision = Precision.inUse();
        return WORKS.computeIfAbsent(precision, OneDnnLayout::works) ? enter(x, precision) : Operators.channelsLast(x);
    }

    /** {@code x} in a layout that all of libtorch can read. */
    static Tensor readable(Tensor x) {
        return x.is_mkldnn() ? x.to_dense() : x;
    }

    private static Tensor enter(Tensor x, Precision precision) {
        return x.to_mkldnn(new ScalarTypeOptional(precision.type()));
    }

    /** Tries it: oneDNN computes in bf16 with AVX-512 or later only, where libtorch goes on by itself, if slowly. */
    private static boolean works(Precision precision) {
        if (!torch.hasMKLDNN() || !MEASURED_ON.contains(System.getProperty("os.arch"))) {
            return false;
        }
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Tensor kernel = torch.zeros(1, 1, 3, 3);
            Operators.convolution(enter(kernel, precision), kernel, null, 1, 1);
            return true;
        } catch (RuntimeException isNotSupported) {
            return false;
        }
    }
}
