package dev.lookbook.train;

import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;

/**
 * Sharpness-aware minimisation (Foret, Kleiner, Mobahi and Neyshabur, arXiv 2010.01412): a step's gradient is taken not
 * where the weights are but where, within a small distance, the loss is highest, so that weights are found around which
 * it is low everywhere. The way up costs a forward and a backward pass; a part of the batch tells it well enough.
 *
 * @param radius how far the weights are moved, as the length of the vector of all of them
 * @param share of the batch that the way up is computed from
 */
record SharpnessAware(List<Variable> variables, double radius, double share) {

    static Optional<SharpnessAware> of(Network network, TrainSettings settings) {
        return settings.samRadius() == 0
                ? Optional.empty()
                : Optional.of(new SharpnessAware(network.variables(), settings.samRadius(), settings.samShare()));
    }

    /** How many of a batch's pictures, the first ones, tell the way up. */
    int pictures(int batch) {
        return pictures(share, batch);
    }

    static int pictures(double share, int batch) {
        return Math.max(1, (int) Math.round(share * batch));
    }

    /** Moves the weights along the gradients that lie at them, which are dropped. Returns where they were before. */
    List<Tensor> climb() {
        try (NoGradGuard noGrad = new NoGradGuard()) {
            List<Tensor> before = variables.stream()
                    .map(variable -> variable.value().detach().clone())
                    .toList();
            try (PointerScope scope = new PointerScope()) {
                List<Variable> trained =
                        variables.stream().filter(Variable::isTrained).toList();
                double square = 0;
                for (Variable variable : trained) {
                    double length = variable.value().mutable_grad().norm().item_float();
                    square += length * length;
                }
                double factor = radius / (Math.sqrt(square) + 1e-12);
                for (Variable variable : trained) {
                    Tensor gradient = variable.value().mutable_grad();
                    variable.value().add_(gradient, Tensors.scalar(factor));
                    gradient.reset();
                }
            }
            return before;
        }
    }

    /** Puts the weights back, and the running statistics, which are those of the way up; the gradients stay. */
    void returnTo(List<Tensor> before) {
        try (NoGradGuard noGrad = new NoGradGuard()) {
            for (int i = 0; i < before.size(); i++) {
                variables.get(i).value().copy_(before.get(i));
            }
        }
    }
}
