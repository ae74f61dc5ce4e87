package dev.lookbook.model;

import java.util.List;

/**
 * The window that a convolution or a pooling moves over an image.
 *
 * @param stride steps in both directions
 * @param padding rows and columns of zeros above and on the left
 */
public record Window(int height, int width, int stride, int padding) {
    public Window {
        if (height < 1 || width < 1 || stride < 1 || padding < 0) {
            throw new IllegalArgumentException("a window of " + height + "x" + width + " with stride " + stride
                    + " and padding " + padding + " makes no sense");
        }
    }

    static Window of(Node node) {
        List<Long> size = node.pair("kernel_shape", 1);
        List<Long> pads = node.lists().getOrDefault("pads", List.of(0L));
        return new Window(
                Math.toIntExact(size.get(0)),
                Math.toIntExact(size.get(1)),
                Math.toIntExact(node.pair("strides", 1).get(0)),
                Math.toIntExact(pads.get(0)));
    }
}
