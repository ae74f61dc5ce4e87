package dev.lookbook.train;

import java.util.Map;
import java.util.TreeMap;
import org.bytedeco.pytorch.Tensor;

/** Adam (Kingma and Ba, arXiv 1412.6980) with the defaults that every course uses. */
record AdamRule(Tensor value, double decay, Tensor first, Tensor second) implements UpdateRule {
    private static final double BETA1 = 0.9;
    private static final double BETA2 = 0.999;
    private static final double EPSILON = 1e-8;

    AdamRule(Tensor value, double decay) {
        this(value, decay, Tensors.zerosLike(value), Tensors.zerosLike(value));
    }

    @Override
    public void update(Tensor gradient, double rate, long step) {
        if (decay != 0) {
            gradient.add_(value, Tensors.scalar(decay));
        }
        first.lerp_(gradient, Tensors.scalar(1 - BETA1));
        second.mul_(Tensors.scalar(BETA2)).addcmul_(gradient, gradient, Tensors.scalar(1 - BETA2));
        double correction1 = 1 - Math.pow(BETA1, step + 1);
        double correction2 = 1 - Math.pow(BETA2, step + 1);
        // The second correction is moved out of the root: one pass over the weights less.
        double root2 = Math.sqrt(correction2);
        Tensor deviation = second.sqrt().add_(Tensors.scalar(EPSILON * root2));
        value.addcdiv_(first, deviation, Tensors.scalar(-rate * root2 / correction1));
    }

    @Override
    public Map<String, Tensor> state() {
        return new TreeMap<>(Map.of("first", first, "second", second));
    }
}
