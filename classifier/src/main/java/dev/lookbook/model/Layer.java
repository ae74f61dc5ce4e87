package dev.lookbook.model;

import java.util.List;
import java.util.Optional;

/**
 * One row of a model's summary.
 *
 * @param name of the layer and of the value it makes
 * @param type what it computes
 * @param kind the same in words, such as {@code convolution 3x3} or {@code max-pool 2x2, stride 2}
 * @param inputs the layers whose values it takes; {@code images} stands for the input
 * @param window of a convolution or pooling; empty for all others
 * @param shape of the value for one image, such as {@code [32, 14, 14]}: channels, height, width; empty if unknown
 * @param parameters trained numbers that no earlier layer uses
 * @param flops for one image: two for each multiplication with a weight and its addition
 */
public record Layer(
        String name,
        LayerType type,
        String kind,
        List<String> inputs,
        Optional<Window> window,
        List<Integer> shape,
        long parameters,
        long flops) {
    public Layer {
        inputs = List.copyOf(inputs);
        shape = List.copyOf(shape);
    }

    /** Whether its value is a stack of maps, {@code [channels, height, width]}. */
    public boolean hasMaps() {
        return shape.size() == 3;
    }
}
