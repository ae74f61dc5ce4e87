package dev.lookbook.model;

import java.util.Locale;

/** What a layer computes. */
public enum LayerType {
    PIXELS,
    CONVOLUTION,
    RELU,
    MAX_POOL,
    AVERAGE_POOL,
    GLOBAL_MAX_POOL,
    FLATTEN,
    DENSE,
    ADD,
    SCALE,
    MIRROR,
    CONCATENATE,
    LOG_MEAN_PROBABILITY,
    SOFTMAX,
    RELATIVE_DISTANCE,
    /** Another name for a value, as the outputs are. */
    OUTPUT,
    /** Something that this version writes into no graph. */
    OTHER;

    /** @param first of the layer's operators, and {@code last} of those so far */
    static LayerType of(Node first, Node last) {
        return switch (first.operator()) {
            case "Cast" -> PIXELS;
            case "Conv" -> CONVOLUTION;
            case "Relu" -> RELU;
            case "MaxPool" -> MAX_POOL;
            case "AveragePool" -> AVERAGE_POOL;
            case "GlobalMaxPool" -> GLOBAL_MAX_POOL;
            case "Flatten" -> FLATTEN;
            case "Gemm" -> DENSE;
            case "Add" -> ADD;
            case "Mul" -> SCALE;
            case "Slice" -> MIRROR;
            case "Concat" -> CONCATENATE;
            case "LogSoftmax" -> LOG_MEAN_PROBABILITY;
            case "Div" -> last.operator().equals("Softmax") ? SOFTMAX : OTHER;
            case "Sub" -> RELATIVE_DISTANCE;
            case "Identity" -> OUTPUT;
            default -> OTHER;
        };
    }

    /** In the words of people rather than of ONNX, such as {@code convolution 3x3, stride 2}. */
    String words(Node first) {
        return switch (this) {
            case CONVOLUTION -> windowed("convolution", first);
            case MAX_POOL -> windowed("max-pool", first);
            case AVERAGE_POOL -> windowed("average-pool", first);
            case GLOBAL_MAX_POOL -> "global max-pool";
            case LOG_MEAN_PROBABILITY -> "log of mean probability";
            case SOFTMAX -> "softmax with temperature";
            case RELATIVE_DISTANCE -> "distance from the training pictures";
            case PIXELS, RELU, FLATTEN, DENSE, ADD, SCALE, MIRROR, CONCATENATE, OUTPUT ->
                name().toLowerCase(Locale.ROOT);
            case OTHER ->
                first.operator().equals("Div") ? "divide" : first.operator().toLowerCase(Locale.ROOT);
        };
    }

    private static String windowed(String kind, Node node) {
        Window window = Window.of(node);
        return kind + " " + window.height() + "x" + window.width()
                + (window.stride() == 1 ? "" : ", stride " + window.stride());
    }
}
