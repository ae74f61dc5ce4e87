package dev.lookbook.train;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** What convolutions and dense layers compute in; weights, their gradients and everything else stay fp32. */
enum Precision {
    FP32(torch.ScalarType.Float),
    BF16(torch.ScalarType.BFloat16);

    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");
    private static final Set<String> BF16_FLAGS = Set.of("avx512_bf16", "amx_bf16", "bf16");
    /** Of fp32's time; a smaller gain is not worth the lost digits. */
    private static final double WORTH_IT = 0.8;

    private static final int TRIES = 10;

    private final torch.ScalarType type;

    Precision(torch.ScalarType type) {
        this.type = type;
    }

    torch.ScalarType type() {
        return type;
    }

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

    /** What the calling thread uses. */
    static Precision inUse() {
        return torch.is_autocast_enabled(torch.DeviceType.CPU) ? BF16 : FP32;
    }

    /**
     * The faster one on this processor. Without instructions for bf16 libtorch emulates it, tenfold slower; with them it
     * is timed, since not every processor gains.
     */
    static Precision fastest() {
        if (!hasBf16(CPU_INFO)) {
            return FP32;
        }
        double bf16 = Double.MAX_VALUE;
        double fp32 = Double.MAX_VALUE;
        // In turns, so that whatever else runs for a moment disturbs both.
        for (int i = 0; i < TRIES; i++) {
            bf16 = Math.min(bf16, seconds(BF16));
            fp32 = Math.min(fp32, seconds(FP32));
        }
        return bf16 < WORTH_IT * fp32 ? BF16 : FP32;
    }

    /** Whether the processor's flags name bf16 instructions (x86: AVX-512 or AMX; ARM); true where nobody tells. */
    static boolean hasBf16(Path cpuInfo) {
        try (Stream<String> lines = Files.lines(cpuInfo)) {
            return lines.filter(line -> line.startsWith("flags") || line.startsWith("Features"))
                    .flatMap(line -> Arrays.stream(line.split("\\s+")))
                    .anyMatch(BF16_FLAGS::contains);
        } catch (IOException | UncheckedIOException e) {
            return true;
        }
    }

    /** Of a typical convolution, forward and backward. */
    private static double seconds(Precision precision) {
        precision.use();
        try (PointerScope scope = new PointerScope()) {
            Tensor x = Operators.channelsLast(torch.randn(64, 64, 14, 14)).set_requires_grad(true);
            Tensor kernels = Operators.channelsLast(torch.randn(64, 64, 3, 3)).set_requires_grad(true);
            long start = System.nanoTime();
            Operators.convolution(x, kernels, null, 1, 1).sum().backward();
            return (System.nanoTime() - start) / 1e9;
        } finally {
            FP32.use();
        }
    }
}
