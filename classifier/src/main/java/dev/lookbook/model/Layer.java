package dev.lookbook.model;

import java.util.List;

/**
 * One row of a model's summary.
 *
 * @param name of the layer and of the value it makes
 * @param kind such as {@code convolution 3x3} or {@code max-pool 2}
 * @param shape of the value for one image, such as {@code [32, 14, 14]}: channels, height, width; empty if unknown
 * @param parameters trained numbers that no earlier layer uses
 * @param flops for one image: two for each multiplication with a weight and its addition
 */
public record Layer(String name, String kind, List<Integer> shape, long parameters, long flops) {
    public Layer {
        shape = List.copyOf(shape);
    }
}
