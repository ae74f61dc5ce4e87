package dev.lookbook.model;

import java.util.List;

/**
 * The trained numbers of a convolution or a dense layer. Arrays are copies.
 *
 * @param shape {@code [out, in, height, width]} of a convolution, {@code [out, in]} of a dense layer
 * @param values row-major
 * @param bias {@code [out]}; all 0 if the layer has none
 */
public record Weights(List<Integer> shape, float[] values, float[] bias) {
    public Weights {
        shape = List.copyOf(shape);
    }

    static Weights of(Constant weight, Constant biasOrNull) {
        float[] bias = biasOrNull == null ? new float[weight.shape().get(0)] : biasOrNull.floats();
        return new Weights(weight.shape(), weight.floats(), bias);
    }
}
