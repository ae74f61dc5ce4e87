package dev.lookbook.train;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A named tensor of a network: a weight that is trained, or a statistic that is only kept. */
record Variable(String name, Tensor value, Role role) {

    /** What the recipe does with a variable. */
    enum Role {
        /** Kernels of a convolution or the hidden layer's matrix: trained with weight decay. */
        FILTER,
        /** The last matrix, from features to logits: trained with weight decay. */
        HEAD,
        /** Trained without weight decay, in the batch-norm networks at a higher rate. */
        BIAS,
        /** Never touched by an optimiser: batch-norm statistics and the stem's fixed kernels. */
        KEPT
    }

    static Variable trained(String name, float[] values, Role role, long... shape) {
        return new Variable(name, tensor(values, shape).set_requires_grad(true), role);
    }

    static Variable kept(String name, float[] values, long... shape) {
        return new Variable(name, tensor(values, shape), Role.KEPT);
    }

    boolean isTrained() {
        return role != Role.KEPT;
    }

    /** The values in row-major order of the logical shape, whatever the layout in memory. */
    float[] values() {
        return Tensors.values(value);
    }

    private static Tensor tensor(float[] values, long... shape) {
        Tensor plain = Tensor.create(values, shape);
        // For maps that are channels-last, too, oneDNN then need not reorder the kernels; KernelGradient's come so.
        return shape.length == 4 ? plain.contiguous(torch.MemoryFormat.ChannelsLast) : plain;
    }
}
