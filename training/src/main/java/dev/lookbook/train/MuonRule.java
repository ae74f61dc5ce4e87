package dev.lookbook.train;

import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Muon (Keller Jordan, 2024): momentum whose update, seen as a matrix [filters][in*3*3], is replaced by the nearest
 * orthogonal one, so that all directions move at one speed. For kernels before a batch normalisation, whose length does
 * not matter: it is set back to sqrt(filters) before every step, in place of weight decay.
 */
record MuonRule(Tensor value, Tensor velocity) implements UpdateRule {
    private static final double MOMENTUM = 0.6;
    private static final int ITERATIONS = 3;
    /** The quintic Newton-Schulz iteration's coefficients of the same source, chosen for speed over exactness. */
    private static final double A = 3.4445;

    private static final double B = -4.7750;
    private static final double C = 2.0315;

    MuonRule(Tensor value) {
        this(value, Tensors.zerosLike(value));
    }

    @Override
    public void update(Tensor gradient, double rate, long step) {
        velocity.mul_(Tensors.scalar(MOMENTUM)).add_(gradient);
        gradient.add_(velocity, Tensors.scalar(MOMENTUM));
        long filters = value.size(0);
        double length = value.norm().item_float();
        value.mul_(Tensors.scalar(Math.sqrt(filters) / length));
        // Channels-last memory is [filters][3][3][in]: permuted views of it cost no copy, and the order of a matrix's
        // columns does not change which orthogonal matrix is the nearest.
        Tensor matrix = gradient.permute(0, 2, 3, 1).reshape(filters, -1);
        Tensor update = orthogonal(matrix).view(filters, value.size(2), value.size(3), value.size(1));
        value.add_(update.permute(0, 3, 1, 2), Tensors.scalar(-rate));
    }

    /** The nearest (semi-)orthogonal matrix, roughly: singular values land between about 0.7 and 1.2. */
    private static Tensor orthogonal(Tensor matrix) {
        boolean tall = matrix.size(0) > matrix.size(1);
        Tensor x = tall ? matrix.t() : matrix;
        x = x.div(x.norm().add_(Tensors.scalar(1e-7)));
        for (int i = 0; i < ITERATIONS; i++) {
            Tensor square = x.mm(x.t());
            Tensor polynomial =
                    square.mul(Tensors.scalar(B)).addmm(square, square, Tensors.scalar(1), Tensors.scalar(C));
            x = x.mul(Tensors.scalar(A)).addmm(polynomial, x);
        }
        return tall ? x.t().contiguous() : x;
    }

    @Override
    public Map<String, Tensor> state() {
        return Map.of("velocity", velocity);
    }
}
