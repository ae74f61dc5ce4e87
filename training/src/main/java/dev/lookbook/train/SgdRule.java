package dev.lookbook.train;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/** Stochastic gradient descent with Nesterov momentum and coupled weight decay, as libtorch's own SGD computes it. */
record SgdRule(Tensor value, double momentum, double decay, Tensor velocity) implements UpdateRule {

    SgdRule(Tensor value, double momentum, double decay) {
        this(value, momentum, decay, Tensors.zerosLike(value));
    }

    @Override
    public void update(Tensor gradient, double rate, long step) {
        if (decay != 0) {
            gradient.add_(value, Tensors.scalar(decay));
        }
        velocity.mul_(Tensors.scalar(momentum)).add_(gradient);
        gradient.add_(velocity, Tensors.scalar(momentum));
        value.add_(gradient, Tensors.scalar(-rate));
    }

    @Override
    public Map<String, Tensor> state() {
        return Map.of("velocity", velocity);
    }
}
