package dev.lookbook.explain;

import dev.lookbook.model.Layer;
import dev.lookbook.model.LayerType;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A convolution or dense layer with what follows it up to the next one: activation, shortcut, pooling, flattening. The
 * first stage of a network is its pixels.
 *
 * @param member the view or member of the network that it belongs to; empty if there is one only
 */
public record Stage(String member, List<LayerView> layers) {
    private static final Set<LayerType> BEGIN = EnumSet.of(LayerType.PIXELS, LayerType.CONVOLUTION, LayerType.DENSE);
    private static final Set<LayerType> PASS_ON = EnumSet.of(LayerType.MIRROR, LayerType.SCALE, LayerType.FLATTEN);

    public Stage {
        layers = List.copyOf(layers);
        if (layers.isEmpty()) {
            throw new IllegalArgumentException("a stage has at least one layer");
        }
    }

    static List<Stage> of(List<LayerView> views) {
        List<Stage> stages = new ArrayList<>();
        List<LayerView> open = new ArrayList<>();
        for (LayerView view : views) {
            boolean begins = BEGIN.contains(view.layer().type());
            if (!open.isEmpty() && (begins || !view.member().equals(open.get(0).member()))) {
                stages.add(new Stage(open.get(0).member(), open));
                open.clear();
            }
            open.add(view);
        }
        if (!open.isEmpty()) {
            stages.add(new Stage(open.get(0).member(), open));
        }
        return stages;
    }

    /**
     * Whether a layer weighs the pixels themselves, mirrored, scaled or laid out in a row or not.
     *
     * @param byName the layers before it, as far as they are known
     */
    static boolean looksAtPixels(Layer layer, Function<String, Optional<Layer>> byName) {
        Optional<Layer> input = Optional.of(layer);
        do {
            input = byName.apply(input.get().inputs().get(0));
        } while (input.isPresent() && PASS_ON.contains(input.get().type()));
        return input.isPresent() && input.get().type() == LayerType.PIXELS;
    }

    public LayerView first() {
        return layers.get(0);
    }

    public Optional<LayerView> find(LayerType type) {
        return layers.stream().filter(view -> view.layer().type() == type).findFirst();
    }

    public boolean isConvolution() {
        return first().layer().type() == LayerType.CONVOLUTION;
    }

    public boolean isDense() {
        return first().layer().type() == LayerType.DENSE;
    }

    /** What the layers of the stage that have maps made in the end: after the activation, or the sum with a shortcut. */
    public LayerView active() {
        LayerView active = first();
        for (LayerView view : layers) {
            if (view.layer().type() == LayerType.RELU || view.layer().type() == LayerType.ADD) {
                active = view;
            }
        }
        return active;
    }

    /** Its pooling, if it has one. */
    public Optional<LayerView> pool() {
        return find(LayerType.MAX_POOL).or(() -> find(LayerType.AVERAGE_POOL));
    }
}
