package dev.lookbook.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the operators of our graphs do to the shape of a value. Shapes leave out the batch, so an axis of ONNX is one
 * more than ours; the empty shape stands for "unknown", which is what a reader makes of operators it does not know.
 */
final class Operators {
    private static final List<Integer> UNKNOWN = List.of();

    private static final int MOST_DIMENSIONS = 8;

    private Operators() {}

    static List<Integer> shape(Node node, List<List<Integer>> inputs, Map<String, Constant> constants) {
        if (node.operator().equals("Gemm")) {
            return dense(node, inputs.get(0), weights(node, constants, 2));
        }
        List<Integer> input = inputs.get(0);
        if (input.isEmpty()) {
            return UNKNOWN;
        }
        return switch (node.operator()) {
            case "Cast", "Identity", "Relu", "LogSoftmax", "Softmax" -> input;
            case "Slice" -> sameSizeSlice(node, input, constants);
            case "Add", "Sub", "Mul", "Div" -> elementwise(node, input, inputs.get(1), constants);
            case "Unsqueeze" -> unsqueeze(node, input, constants);
            case "Transpose" -> transpose(node, input);
            case "Conv" -> convolution(node, input, weights(node, constants, 4));
            case "MaxPool", "AveragePool" -> window(node, input, input.get(0), node.pair("kernel_shape", 1));
            case "GlobalMaxPool" -> List.of(input.get(0), 1, 1);
            case "Flatten" -> List.of(flat(input));
            case "MatMul" -> product(node, input, weights(node, constants, 2));
            case "ReduceMax", "ReduceMin", "ReduceSum" -> reduced(node, input);
            case "Concat" -> concatenate(node, inputs);
            default -> UNKNOWN;
        };
    }

    static long flops(Node node, List<Integer> output, Map<String, Constant> constants) {
        boolean convolution = node.operator().equals("Conv");
        boolean dense = node.operator().equals("Gemm") || node.operator().equals("MatMul");
        if (output.isEmpty() || !convolution && !dense) {
            return 0;
        }
        long positions = convolution ? Math.multiplyExact((long) output.get(1), (long) output.get(2)) : 1;
        long weights = constants.get(node.inputs().get(1)).elements();
        return Math.multiplyExact(2 * positions, weights);
    }

    private static List<Integer> dense(Node node, List<Integer> input, List<Integer> weights) {
        if (node.number("transB", 0) != 1) {
            return UNKNOWN;
        }
        if (!input.isEmpty() && !input.equals(weights.subList(1, 2))) {
            throw misfit(node, "weights for " + weights.get(1) + " inputs", input);
        }
        return weights.subList(0, 1);
    }

    private static List<Integer> product(Node node, List<Integer> input, List<Integer> factors) {
        if (!input.equals(factors.subList(0, 1))) {
            throw misfit(node, "a product with " + factors.get(0) + " rows", input);
        }
        return factors.subList(1, 2);
    }

    /** Over the last axis, which is the only one that our graphs reduce. */
    private static List<Integer> reduced(Node node, List<Integer> input) {
        List<Integer> shape = new ArrayList<>(input.subList(0, input.size() - 1));
        if (node.number("keepdims", 1) == 1) {
            shape.add(1);
        }
        return shape;
    }

    private static List<Integer> convolution(Node node, List<Integer> input, List<Integer> weights) {
        if (input.size() != 3 || !input.get(0).equals(weights.get(1))) {
            throw misfit(node, "filters for [" + weights.get(1) + ", height, width]", input);
        }
        return window(node, input, weights.get(0), List.of((long) weights.get(2), (long) weights.get(3)));
    }

    /** Channels, height and width after a window of {@code size} went over the image. */
    private static List<Integer> window(Node node, List<Integer> input, int channels, List<Long> size) {
        List<Long> pads = node.lists().getOrDefault("pads", List.of(0L, 0L, 0L, 0L));
        List<Long> strides = node.pair("strides", 1);
        List<Integer> shape = new ArrayList<>(List.of(channels));
        for (int axis = 0; axis < 2; axis++) {
            if (input.size() != 3 || pads.size() != 4 || strides.size() != 2 || size.size() != 2) {
                throw misfit(node, "a window over [channels, height, width]", input);
            }
            long room = input.get(axis + 1) + pads.get(axis) + pads.get(axis + 2) - size.get(axis);
            if (room < 0 || size.get(axis) < 1 || strides.get(axis) < 1) {
                throw misfit(node, "a window of " + size + " and stride " + strides, input);
            }
            shape.add(Math.toIntExact(room / strides.get(axis) + 1));
        }
        return shape;
    }

    private static List<Integer> elementwise(
            Node node, List<Integer> first, List<Integer> second, Map<String, Constant> constants) {
        Constant constant = constants.get(node.inputs().get(1));
        if (constant != null && (constant.elements() == 1 || constant.shape().equals(first))) {
            return first;
        }
        if (second.isEmpty()) {
            return UNKNOWN;
        }
        if (!first.equals(second)) {
            throw misfit(node, "a second value of shape " + second, first);
        }
        return first;
    }

    private static List<Integer> unsqueeze(Node node, List<Integer> input, Map<String, Constant> constants) {
        Constant axes = constants.get(node.inputs().get(1));
        long axis = axes == null ? 0 : axes.first();
        int place = axis < 0 ? input.size() + 1 + (int) axis : (int) axis - 1;
        if (axes == null || place < 0 || place > input.size() || input.size() >= MOST_DIMENSIONS) {
            return UNKNOWN;
        }
        List<Integer> shape = new ArrayList<>(input);
        shape.add(place, 1);
        return shape;
    }

    private static List<Integer> transpose(Node node, List<Integer> input) {
        List<Long> order = node.lists().getOrDefault("perm", List.of());
        if (order.size() != input.size() + 1 || order.get(0) != 0) {
            return UNKNOWN;
        }
        List<Integer> shape = new ArrayList<>();
        for (long axis : order.subList(1, order.size())) {
            shape.add(input.get((int) axis - 1));
        }
        return shape;
    }

    private static List<Integer> sameSizeSlice(Node node, List<Integer> input, Map<String, Constant> constants) {
        Constant steps =
                node.inputs().size() < 5 ? null : constants.get(node.inputs().get(4));
        return steps != null && steps.first() == -1 ? input : UNKNOWN;
    }

    private static List<Integer> concatenate(Node node, List<List<Integer>> inputs) {
        int last = inputs.get(0).size() - 1;
        if (node.number("axis", 0) != -1) {
            return UNKNOWN;
        }
        int sum = 0;
        for (List<Integer> input : inputs) {
            if (input.isEmpty()) {
                return UNKNOWN;
            }
            if (input.size() != last + 1
                    || !input.subList(0, last).equals(inputs.get(0).subList(0, last))) {
                throw misfit(node, "a value to append to " + inputs.get(0), input);
            }
            sum = Math.addExact(sum, input.get(last));
        }
        List<Integer> shape = new ArrayList<>(inputs.get(0));
        shape.set(last, sum);
        return shape;
    }

    private static int flat(List<Integer> shape) {
        int product = 1;
        for (int size : shape) {
            product = Math.multiplyExact(product, size);
        }
        return product;
    }

    private static List<Integer> weights(Node node, Map<String, Constant> constants, int rank) {
        Constant weights = constants.get(node.inputs().get(1));
        if (weights == null || weights.shape().size() != rank) {
            throw new IllegalArgumentException(node.name() + ": weights of " + rank + " dimensions are missing");
        }
        return weights.shape();
    }

    private static IllegalArgumentException misfit(Node node, String what, List<Integer> input) {
        return new IllegalArgumentException(node.name() + ": " + what + " does not fit the input " + input);
    }
}
