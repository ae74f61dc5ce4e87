package dev.lookbook.model;

import java.util.List;
import java.util.Locale;

/** Names for what a layer does, in the words of people rather than of ONNX. */
final class Kinds {
    private Kinds() {}

    /** @param first of the layer's operators, and {@code last} of those so far */
    static String of(Node first, Node last) {
        return switch (first.operator()) {
            case "Cast" -> "pixels";
            case "Relu" -> "relu";
            case "Conv" -> windowed("convolution", first);
            case "MaxPool" -> windowed("max-pool", first);
            case "AveragePool" -> windowed("average-pool", first);
            case "GlobalMaxPool" -> "global max-pool";
            case "Gemm" -> "dense";
            case "Slice" -> "mirror";
            case "LogSoftmax" -> "log of mean probability";
            case "Div" -> last.operator().equals("Softmax") ? "softmax with temperature" : "divide";
            case "Mul" -> "scale";
            case "Concat" -> "concatenate";
            case "Identity" -> "output";
            default -> first.operator().toLowerCase(Locale.ROOT);
        };
    }

    private static String windowed(String kind, Node node) {
        List<Long> size = node.pair("kernel_shape", 1);
        long stride = node.pair("strides", 1).get(0);
        return kind + " " + size.get(0) + "x" + size.get(1) + (stride == 1 ? "" : ", stride " + stride);
    }
}
