package dev.lookbook.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Follows the shapes through a graph, node by node, and adds up what each layer holds and costs. */
final class Layers {
    private final Map<String, Constant> constants;
    private final Map<String, List<Integer>> shapes = new HashMap<>();
    private final Map<String, Node> firstNodes = new HashMap<>(); // by layer
    private final Map<String, Layer> layers = new LinkedHashMap<>();
    private final Set<String> counted = new HashSet<>();

    /** @param constants by name; may grow until the nodes that use them are added */
    Layers(List<Integer> image, Map<String, Constant> constants) {
        this.constants = constants;
        shapes.put(Values.IMAGES, List.copyOf(image));
    }

    /** Adds a node after those whose values it uses. */
    void add(Node node) {
        List<List<Integer>> inputs = new ArrayList<>();
        for (String input : node.inputs()) {
            inputs.add(shape(input));
        }
        List<Integer> output = List.copyOf(Operators.shape(node, inputs, constants));
        if (shapes.putIfAbsent(node.output(), output) != null) {
            throw new IllegalArgumentException("two values are called " + node.output());
        }

        String name = Values.layer(node.name());
        firstNodes.putIfAbsent(name, node);
        Node first = firstNodes.get(name);
        LayerType type = LayerType.of(first, node);
        Layer before = layers.get(name);
        long parameters = parameters(node) + (before == null ? 0 : before.parameters());
        long flops = Operators.flops(node, output, constants) + (before == null ? 0 : before.flops());
        layers.put(
                name,
                new Layer(
                        name,
                        type,
                        type.words(first),
                        inputs(name, node, before),
                        window(type, first),
                        output,
                        parameters,
                        flops));
    }

    private List<String> inputs(String name, Node node, Layer before) {
        Set<String> inputs = new LinkedHashSet<>(before == null ? List.of() : before.inputs());
        for (String input : node.inputs()) {
            String layer = Values.layer(input);
            if (!constants.containsKey(input) && !layer.equals(name)) {
                inputs.add(layer);
            }
        }
        return List.copyOf(inputs);
    }

    private static Optional<Window> window(LayerType type, Node node) {
        return switch (type) {
            case CONVOLUTION, MAX_POOL, AVERAGE_POOL -> Optional.of(Window.of(node));
            default -> Optional.empty();
        };
    }

    /** The shape of a value for one image; empty if it is unknown. */
    List<Integer> shape(String value) {
        return shapes.getOrDefault(value, List.of());
    }

    boolean has(String value) {
        return shapes.containsKey(value);
    }

    List<Layer> list() {
        return List.copyOf(layers.values());
    }

    /** Weights and biases; those that two layers share count for the first of them. */
    private long parameters(Node node) {
        if (!node.operator().equals("Conv") && !node.operator().equals("Gemm")) {
            return 0;
        }
        long sum = 0;
        for (String input : node.inputs().subList(1, node.inputs().size())) {
            Constant constant = constants.get(input);
            if (constant != null && counted.add(input)) {
                sum += constant.elements();
            }
        }
        return sum;
    }
}
