package dev.lookbook.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds the graph of a model, one layer at a time, from the pixels to the outputs. Each method adds a layer and gives
 * back the name of the value that it makes, which is the layer's own (see {@link Values}). Shapes are checked at once;
 * whatever does not fit is an {@link IllegalArgumentException} that names the layer.
 *
 * <p>Two layers with equal weights and equal bias share them in the file: the views of one picture need no care.
 */
public final class Graph {
    private final int height;
    private final int width;
    private final int channels;
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Constant> constants = new LinkedHashMap<>();
    private final Map<WeightsAndBias, List<String>> shared = new HashMap<>();
    private final Layers layers;
    private String path = "";
    private float temperature = Float.NaN; // until outputs() is called

    private record WeightsAndBias(Constant weights, Constant bias) {}

    /** A graph over grey images, 0 black to 255 white. */
    public Graph(int height, int width) {
        this(height, width, 1);
    }

    /** @param channels 1 for grey, 3 for RGB */
    public Graph(int height, int width, int channels) {
        if (height < 1 || width < 1 || channels != 1 && channels != 3) {
            throw new IllegalArgumentException(
                    "images must be grey or RGB and not empty, but were " + height + "x" + width + "x" + channels);
        }
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.layers = new Layers(imageShape(), constants);
    }

    /**
     * Begins another view or member: the layers added from now on have this path before their names.
     *
     * @param newPath such as {@code mirrored}; empty: none
     */
    public void path(String newPath) {
        path = newPath.isEmpty() ? "" : newPath + "/";
    }

    /** Turns pixels into numbers, {@code pixel * factor + offset}: the layer {@code pixels}, [channels, height, width]. */
    public String pixels(float factor, float offset) {
        Step step = new Step(Values.PIXELS);
        String numbers = step.node("Cast", List.of(Values.IMAGES), Map.of("to", (long) Constant.FLOAT), Map.of());
        String planes = channels == 1
                ? step.node("Unsqueeze", List.of(numbers, step.constant("channel", 1)))
                : step.node("Transpose", List.of(numbers), Map.of(), Map.of("perm", List.of(0L, 3L, 1L, 2L)));
        String scaled = step.node("Mul", List.of(planes, step.constant("factor", factor)));
        return step.last("Add", List.of(scaled, step.constant("offset", offset)));
    }

    /**
     * @param x [in, height, width]
     * @param weights [out][in][kernelHeight][kernelWidth]
     * @param biasOrNull [out]
     * @param padding rows and columns of zeros on each side
     */
    public String convolution(
            String name,
            String x,
            float[] weights,
            int out,
            int in,
            int kernelHeight,
            int kernelWidth,
            float[] biasOrNull,
            int stride,
            int padding) {
        long side = stride;
        long pad = padding;
        return new Step(name)
                .last(
                        "Conv",
                        withWeights(name, x, weights, List.of(out, in, kernelHeight, kernelWidth), biasOrNull),
                        Map.of(),
                        Map.of(
                                "kernel_shape", List.of((long) kernelHeight, (long) kernelWidth),
                                "strides", List.of(side, side),
                                "pads", List.of(pad, pad, pad, pad)));
    }

    public String relu(String name, String x) {
        return new Step(name).last("Relu", List.of(x));
    }

    /** The largest of each {@code size} x {@code size} window; rows and columns left over at the end are dropped. */
    public String maxPool(String name, String x, int size, int stride) {
        return pool("MaxPool", name, x, size, stride);
    }

    /** The mean of each {@code size} x {@code size} window; rows and columns left over at the end are dropped. */
    public String averagePool(String name, String x, int size, int stride) {
        return pool("AveragePool", name, x, size, stride);
    }

    /** The largest of each channel: [channels, height, width] -> [channels]. */
    public String globalMaxPool(String name, String x) {
        Step step = new Step(name);
        return step.last("Flatten", List.of(step.node("GlobalMaxPool", List.of(x))));
    }

    /** Lays the values out in one row: channel by channel, row by row. */
    public String flatten(String name, String x) {
        return new Step(name).last("Flatten", List.of(x));
    }

    /**
     * @param x [in]
     * @param weights [out][in]
     * @param biasOrNull [out]
     */
    public String dense(String name, String x, float[] weights, int out, int in, float[] biasOrNull) {
        return new Step(name)
                .last(
                        "Gemm",
                        withWeights(name, x, weights, List.of(out, in), biasOrNull),
                        Map.of("transB", 1L),
                        Map.of());
    }

    public String add(String name, String a, String b) {
        return new Step(name).last("Add", List.of(a, b));
    }

    public String scale(String name, String x, float factor) {
        Step step = new Step(name);
        return step.last("Mul", List.of(x, step.constant("factor", factor)));
    }

    /** Swaps left and right of [channels, height, width]. */
    public String mirror(String name, String x) {
        requireRank(name, x, 3);
        Step step = new Step(name);
        return step.last(
                "Slice",
                List.of(
                        x,
                        step.constant("starts", -1L),
                        step.constant("ends", Long.MIN_VALUE),
                        step.constant("axes", 3L),
                        step.constant("steps", -1L)));
    }

    /** Lays the embeddings of several views or members side by side. */
    public String concatenate(String name, List<String> xs) {
        return new Step(name).last("Concat", xs, Map.of("axis", -1L), Map.of());
    }

    /**
     * The log of the mean of the probabilities of several views or members.
     *
     * @param logits of each of them, [classes]
     */
    public String logMeanProbability(String name, List<String> logits) {
        Step step = new Step(name);
        Map<String, Long> last = Map.of("axis", -1L);
        String axis = step.constant("axis", -1L);
        List<String> logProbabilities = new ArrayList<>();
        for (String one : logits) {
            requireRank(name, one, 1);
            String logs = step.node("LogSoftmax", List.of(one), last, Map.of());
            logProbabilities.add(step.node("Unsqueeze", List.of(logs, axis)));
        }
        // log(sum(exp(a))) as max(a) - max(logSoftmax(a)). Exp and Log would be shorter, but ONNX Runtime works them
        // out in packs that run across images, so the last bit of an answer would depend on the size of its batch.
        String all = step.node("Concat", logProbabilities, last, Map.of());
        String normalised = step.node("LogSoftmax", List.of(all), last, Map.of());
        Map<String, List<Long>> axes = Map.of("axes", List.of(-1L));
        String largest = step.node("ReduceMax", List.of(all), Map.of("keepdims", 0L), axes);
        String share = step.node("ReduceMax", List.of(normalised), Map.of("keepdims", 0L), axes);
        String sum = step.node("Sub", List.of(largest, share));
        return step.last("Sub", List.of(sum, step.constant("views", (float) Math.log(logits.size()))));
    }

    /**
     * Ends the graph: names the values {@code logits} and {@code embedding} and adds {@code probabilities}, the softmax
     * of the logits divided by the temperature.
     */
    public void outputs(String logits, String embedding, float temperature) {
        if (!(temperature > 0 && temperature < Float.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("the temperature must be greater than 0, but was " + temperature);
        }
        path("");
        requireRank(Values.LOGITS, logits, 1);
        requireRank(Values.EMBEDDING, embedding, 1);
        name(Values.EMBEDDING, embedding);
        name(Values.LOGITS, logits);
        Step step = new Step(Values.PROBABILITIES);
        String cooled = step.node("Div", List.of(Values.LOGITS, step.constant("temperature", temperature)));
        step.last("Softmax", List.of(cooled), Map.of("axis", -1L), Map.of());
        this.temperature = temperature;
    }

    /** Adds the output {@code unfamiliarity}, worked out from the output {@code embedding}. After {@link #outputs}. */
    public void unfamiliarity(RelativeDistance distance) {
        int size = distance.centre().length;
        int classes = distance.offsets().length;
        if (size != size(Values.EMBEDDING) || classes != size(Values.LOGITS)) {
            throw new IllegalArgumentException("a distance of " + size + " numbers and " + classes
                    + " classes does not fit the graph's " + size(Values.EMBEDDING) + " and " + size(Values.LOGITS));
        }
        Step step = new Step(Values.UNFAMILIARITY);
        String z =
                step.node("Sub", List.of(Values.EMBEDDING, step.constant("centre", List.of(size), distance.centre())));
        String curvature = step.constant("curvature", List.of(size, size), distance.curvature());
        String curved = step.node("Mul", List.of(z, step.node("MatMul", List.of(z, curvature))));
        String square = step.node("ReduceSum", List.of(curved, step.constant("axis", -1L)));
        String slopes = step.constant("slopes", List.of(size, classes), distance.slopes());
        String lines = step.node("MatMul", List.of(z, slopes));
        String classDistances =
                step.node("Add", List.of(lines, step.constant("offsets", List.of(classes), distance.offsets())));
        String nearest = step.node("ReduceMin", List.of(classDistances), Map.of(), Map.of("axes", List.of(-1L)));
        String raw = step.node("Add", List.of(square, nearest));
        String moved = step.node("Sub", List.of(raw, step.constant("typical", distance.typical())));
        step.last("Div", List.of(moved, step.constant("range", distance.rare() - distance.typical())));
    }

    /** Trained numbers: weights and biases, those that layers share counted once. */
    public long parameters() {
        return layers.list().stream().mapToLong(Layer::parameters).sum();
    }

    /** For one image: two for each multiplication with a weight and its addition. */
    public long flops() {
        return layers.list().stream().mapToLong(Layer::flops).sum();
    }

    public List<Layer> layers() {
        return layers.list();
    }

    List<Node> nodes() {
        return nodes;
    }

    Iterable<Constant> constants() {
        return constants.values();
    }

    List<Integer> imageShape() {
        return channels == 1 ? List.of(height, width) : List.of(height, width, channels);
    }

    boolean hasUnfamiliarity() {
        return layers.has(Values.UNFAMILIARITY);
    }

    int size(String output) {
        if (Float.isNaN(temperature)) {
            throw new IllegalStateException("the graph has no outputs yet: call outputs(...)");
        }
        return layers.shape(output).get(0);
    }

    float temperature() {
        return temperature;
    }

    private String pool(String operator, String name, String x, int size, int stride) {
        List<Long> window = List.of((long) size, (long) size);
        List<Long> strides = List.of((long) stride, (long) stride);
        return new Step(name).last(operator, List.of(x), Map.of(), Map.of("kernel_shape", window, "strides", strides));
    }

    private void name(String output, String value) {
        if (!value.equals(output)) {
            new Step(output).last("Identity", List.of(value));
        }
    }

    private List<String> withWeights(String name, String x, float[] weights, List<Integer> shape, float[] biasOrNull) {
        String layer = path + name;
        Constant weight = Constant.floats(layer + ".weight", shape, weights);
        Constant bias = biasOrNull == null ? null : Constant.floats(layer + ".bias", shape.subList(0, 1), biasOrNull);
        if (weight.elements() != weights.length || bias != null && bias.elements() != biasOrNull.length) {
            throw new IllegalArgumentException(name + ": " + shape + " asks for " + weight.elements() + " weights and "
                    + shape.get(0) + " biases");
        }
        WeightsAndBias content = new WeightsAndBias(
                new Constant("", Constant.FLOAT, weight.shape(), weight.data()),
                bias == null ? null : new Constant("", Constant.FLOAT, bias.shape(), bias.data()));
        List<String> names = shared.computeIfAbsent(content, unused -> {
            constants.put(weight.name(), weight);
            if (bias == null) {
                return List.of(weight.name());
            }
            constants.put(bias.name(), bias);
            return List.of(weight.name(), bias.name());
        });
        List<String> inputs = new ArrayList<>(List.of(x));
        inputs.addAll(names);
        return inputs;
    }

    private void requireRank(String name, String value, int rank) {
        if (layers.shape(value).size() != rank) {
            throw new IllegalArgumentException(
                    name + ": " + value + " must have " + rank + " dimensions, but has shape " + layers.shape(value));
        }
    }

    /** The operators of one layer. */
    private final class Step {
        private final String layer;
        private int steps;

        Step(String name) {
            String layer = path + name;
            Values.requireLayerName(layer);
            if (layers.has(layer)) {
                throw new IllegalArgumentException("there is a layer " + layer + " already");
            }
            this.layer = layer;
        }

        String node(String operator, List<String> inputs) {
            return node(operator, inputs, Map.of(), Map.of());
        }

        String node(String operator, List<String> inputs, Map<String, Long> numbers, Map<String, List<Long>> lists) {
            return node(Values.step(layer, ++steps + operator), operator, inputs, numbers, lists);
        }

        String last(String operator, List<String> inputs) {
            return last(operator, inputs, Map.of(), Map.of());
        }

        String last(String operator, List<String> inputs, Map<String, Long> numbers, Map<String, List<Long>> lists) {
            return node(layer, operator, inputs, numbers, lists);
        }

        String constant(String name, float value) {
            return constant(Constant.floats(Values.step(layer, name), List.of(), value));
        }

        String constant(String name, long value) {
            return constant(Constant.numbers(Values.step(layer, name), value));
        }

        String constant(String name, List<Integer> shape, float[] values) {
            return constant(Constant.floats(Values.step(layer, name), shape, values));
        }

        private String constant(Constant constant) {
            constants.put(constant.name(), constant);
            return constant.name();
        }

        private String node(
                String output,
                String operator,
                List<String> inputs,
                Map<String, Long> numbers,
                Map<String, List<Long>> lists) {
            for (String input : inputs) {
                if (!layers.has(input) && !constants.containsKey(input)) {
                    throw new IllegalArgumentException(layer + ": there is no value " + input + " before it");
                }
            }
            Node node = new Node(operator, output, inputs, output, numbers, lists);
            layers.add(node);
            nodes.add(node);
            return output;
        }
    }
}
