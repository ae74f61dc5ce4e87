package dev.lookbook.explain;

import dev.lookbook.model.Layer;
import dev.lookbook.model.LayerType;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.Values;
import dev.lookbook.model.Weights;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the layers that weigh features into logits, one for each member, and works out what each feature adds. */
final class Heads {
    private static final Set<LayerType> ON_THE_WAY =
            EnumSet.of(LayerType.OUTPUT, LayerType.SCALE, LayerType.LOG_MEAN_PROBABILITY);

    private final ModelFile model;
    private final Map<String, LayerView> views;

    Heads(ModelFile model, List<LayerView> views) {
        this.model = model;
        this.views = new LinkedHashMap<>();
        views.forEach(view -> this.views.put(view.layer().name(), view));
    }

    List<Evidence> evidence(int label, int runnerUp) {
        return of(model).stream()
                .filter(head -> views.containsKey(source(head)))
                .map(head -> evidence(Values.member(head.name()), head, label, runnerUp))
                .toList();
    }

    /** The layers whose weighted sums are the logits, one for each member; none if something else comes after them. */
    static List<Layer> of(ModelFile model) {
        List<Layer> heads = new ArrayList<>();
        Deque<String> open = new ArrayDeque<>(List.of(Values.LOGITS));
        while (!open.isEmpty()) {
            Layer layer = model.layer(open.remove());
            if (layer.type() == LayerType.DENSE) {
                heads.add(layer);
            } else if (ON_THE_WAY.contains(layer.type())) {
                open.addAll(layer.inputs());
            } else {
                return List.of();
            }
        }
        return heads;
    }

    private static String source(Layer head) {
        return head.inputs().get(0);
    }

    private Evidence evidence(String member, Layer head, int label, int runnerUp) {
        LayerView source = views.get(source(head));
        Weights weights = views.get(head.name()).weights().orElseThrow();
        float factor = factorAfter(head);
        Optional<LayerView> maps = pooledMaps(source.layer());
        int count = weights.shape().get(1);
        List<Evidence.Feature> features = new ArrayList<>();
        for (int k = 0; k < count; k++) {
            float activation = source.values()[k];
            int channel = k;
            features.add(new Evidence.Feature(
                    k,
                    activation,
                    factor * activation * weights.values()[label * count + k],
                    factor * activation * weights.values()[runnerUp * count + k],
                    maps.map(view -> view.map(channel).peak()).orElse(-1)));
        }
        return new Evidence(
                member,
                head.name(),
                source.layer().name(),
                factor * weights.bias()[label],
                factor * weights.bias()[runnerUp],
                features,
                maps.map(view -> new Evidence.Grid(
                        view.layer().shape().get(1), view.layer().shape().get(2))),
                maps.flatMap(LayerView::field));
    }

    /** The maps whose largest values a layer takes, if that is what it does. */
    private Optional<LayerView> pooledMaps(Layer layer) {
        return layer.type() == LayerType.GLOBAL_MAX_POOL
                ? Optional.ofNullable(views.get(layer.inputs().get(0)))
                : Optional.empty();
    }

    /** What the logits are multiplied by after the head. */
    private float factorAfter(Layer head) {
        for (Layer layer : model.layers()) {
            if (layer.type() == LayerType.SCALE && layer.inputs().equals(List.of(head.name()))) {
                return model.factor(layer.name());
            }
        }
        return 1;
    }
}
