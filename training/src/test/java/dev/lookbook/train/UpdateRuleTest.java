package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.SGD;
import org.bytedeco.pytorch.SGDOptions;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** Our update rules against libtorch's own, and Muon against what it promises. */
class UpdateRuleTest {
    private static final long SEED = 11;

    @Test
    void sgdMovesAsLibtorchsOwn() {
        Tensor ours = start();
        Tensor theirs = start().set_requires_grad(true);
        SgdRule rule = new SgdRule(ours, 0.85, 0.01);
        SGDOptions options = new SGDOptions(0.1);
        options.momentum().put(0.85);
        options.weight_decay().put(0.01);
        options.nesterov().put(true);
        SGD reference = new SGD(new TensorVector(theirs), options);

        compare(ours, theirs, rule, 0.1, () -> reference.step());
    }

    @Test
    void adamMovesAsLibtorchsOwn() {
        Tensor ours = start();
        Tensor theirs = start().set_requires_grad(true);
        AdamRule rule = new AdamRule(ours, 0);
        Adam reference = new Adam(new TensorVector(theirs), new AdamOptions(0.01));

        compare(ours, theirs, rule, 0.01, () -> reference.step());
    }

    private static void compare(Tensor ours, Tensor theirs, UpdateRule rule, double rate, Runnable reference) {
        Random random = new Random(SEED);
        for (int step = 0; step < 6; step++) {
            try (PointerScope scope = new PointerScope()) {
                float[] gradient = gaussian(random, 24);
                try (NoGradGuard noGrad = new NoGradGuard()) {
                    rule.update(Tensor.create(gradient, 2, 3, 2, 2), rate, step);
                }
                theirs.mutable_grad().put(Tensor.create(gradient, 2, 3, 2, 2));
                reference.run();
            }
            float[] expected = Tensors.values(theirs);
            float[] actual = Tensors.values(ours);
            for (int i = 0; i < expected.length; i++) {
                assertThat(actual[i]).as("seed " + SEED + " step " + step).isCloseTo(expected[i], within(1e-6f));
            }
        }
    }

    @Test
    void muonsUpdateHasSingularValuesNearOne() {
        try (PointerScope scope = new PointerScope();
                NoGradGuard noGrad = new NoGradGuard()) {
            Random random = new Random(SEED);
            Tensor value =
                    Tensor.create(gaussian(random, 8 * 4 * 9), 8, 4, 3, 3).contiguous(torch.MemoryFormat.ChannelsLast);
            MuonRule rule = new MuonRule(value);
            Tensor length = value.mul(Tensors.scalar(Math.sqrt(8) / value.norm().item_float()));

            rule.update(Tensor.create(gaussian(random, 8 * 4 * 9), 8, 4, 3, 3), 1, 0);

            Tensor update = length.sub(value).reshape(8, -1);
            float[] singular = Tensors.values(torch.linalg_svdvals(update));
            assertThat(singular).hasSize(8);
            for (float one : singular) {
                assertThat(one).as("a singular value, seed " + SEED).isBetween(0.4f, 1.4f);
            }
        }
    }

    private static Tensor start() {
        return Tensor.create(gaussian(new Random(SEED + 1), 24), 2, 3, 2, 2);
    }

    private static float[] gaussian(Random random, int count) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }
}
