package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KernelGradientTest {
    private static final long SEED = 7;
    /** Rows of the largest maps on which the gradient is ours. */
    private static final int LARGEST_OF_OURS = 3;

    @BeforeEach
    void computeInBf16() {
        Precision.BF16.use();
        torch.manual_seed(SEED);
    }

    @AfterEach
    void computeInFp32Again() {
        Precision.FP32.use();
    }

    /** Ours and oneDNN's add the same products, each rounding once to the eight bits of bf16. */
    @ParameterizedTest
    @CsvSource({"5,16,32,3,3", "64,32,32,3,3", "3,8,4,2,3", "2,16,16,1,1", "5,16,32,4,4"})
    void kernelsGetTheGradientThatOneDnnGivesThem(int count, int in, int out, int height, int width) {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = Operators.channelsLast(
                            torch.randn(count, in, height, width).to(torch.ScalarType.BFloat16))
                    .set_requires_grad(true);
            Tensor weights = torch.randn(count, out, height, width);
            Tensor ours = Operators.channelsLast(torch.randn(out, in, 3, 3)).set_requires_grad(true);
            Tensor oneDnns = ours.detach().clone().set_requires_grad(true);

            KernelGradient gradient = new KernelGradient();
            gradient.convolve(x, ours).mul(weights).sum().backward();
            assertThat(ours.grad().defined())
                    .as("oneDNN gave the gradient, which it should on large maps only")
                    .isEqualTo(height > LARGEST_OF_OURS);
            gradient.complete(ours);
            Operators.convolution(x, oneDnns, null, 1, 1).mul(weights).sum().backward();

            float[] expected = Tensors.values(oneDnns.grad());
            float[] got = Tensors.values(ours.grad());
            double largest = 0;
            for (float value : expected) {
                largest = Math.max(largest, Math.abs(value));
            }
            assertThat(largest).as("seed %d", SEED).isGreaterThan(1);
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) got[i])
                        .as("seed %d, weight %d", SEED, i)
                        .isCloseTo(expected[i], within(largest / 128));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"3", "4"})
    void theInputsGradientIsThatOfTheConvolution(int size) {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = Operators.channelsLast(torch.randn(4, 16, size, size).to(torch.ScalarType.BFloat16))
                    .set_requires_grad(true);
            Tensor same = x.detach().clone().set_requires_grad(true);
            Tensor kernels = Operators.channelsLast(torch.randn(8, 16, 3, 3)).set_requires_grad(true);

            new KernelGradient().convolve(x, kernels).sum().backward();
            Operators.convolution(same, kernels, null, 1, 1).sum().backward();

            assertThat(Tensors.values(x.grad())).isEqualTo(Tensors.values(same.grad()));
        }
    }
}
