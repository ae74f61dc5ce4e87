package dev.lookbook.train;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The few conversions between Java arrays and libtorch's tensors. */
final class Tensors {
    private Tensors() {}

    /** A copy of the values in row-major order of the logical shape. */
    static float[] values(Tensor tensor) {
        try (PointerScope scope = new PointerScope()) {
            Tensor plain = tensor.detach().to(torch.ScalarType.Float).contiguous();
            float[] values = new float[Math.toIntExact(plain.numel())];
            new FloatPointer(plain.data_ptr()).get(values);
            return values;
        }
    }

    /** A tensor of the same shape and layout, filled with zeros, outside of autograd. */
    static Tensor zerosLike(Tensor tensor) {
        return tensor.detach().clone().zero_();
    }

    static Scalar scalar(double value) {
        return new Scalar(value);
    }
}
