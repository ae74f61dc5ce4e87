package dev.lookbook.explain;

import dev.lookbook.classify.Activations;
import dev.lookbook.explain.LayerFeatures.Excitation;
import dev.lookbook.model.Layer;
import dev.lookbook.model.LayerType;
import dev.lookbook.model.ModelFile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;

/**
 * Finds the patches of many images that excite each filter most (as in Zeiler and Fergus 2014): what a feature looks for,
 * told by examples.
 */
public final class FeatureSearch {
    private static final int BATCH = 100;

    private FeatureSearch() {}

    /**
     * Searches the filters of every convolution but the first, whose kernels tell themselves, and the hidden neurons.
     *
     * @param pixels {@code [count][height][width]} as the model wants them
     * @param wanted patches of each filter
     * @throws IOException if the model's layers have no names, or it cannot be run
     */
    public static List<LayerFeatures> run(ModelFile model, byte[] pixels, int count, int wanted) throws IOException {
        List<Layer> layers = searched(model);
        if (layers.isEmpty()) {
            return List.of();
        }
        List<List<PriorityQueue<Excitation>>> best = new ArrayList<>();
        for (Layer layer : layers) {
            List<PriorityQueue<Excitation>> queues = new ArrayList<>();
            for (int channel = 0; channel < layer.shape().get(0); channel++) {
                queues.add(new PriorityQueue<>(Comparator.comparingDouble(Excitation::activation)));
            }
            best.add(queues);
        }
        int size = pixels.length / count;
        try (Activations activations =
                Activations.open(model, layers.stream().map(Layer::name).toList())) {
            CompletableFuture<Map<String, float[]>> next = run(activations, pixels, size, 0, count);
            for (int first = 0; first < count; first += BATCH) {
                int some = Math.min(BATCH, count - first);
                Map<String, float[]> values = next.join();
                if (first + BATCH < count) {
                    next = run(activations, pixels, size, first + BATCH, count);
                }
                for (int i = 0; i < layers.size(); i++) {
                    Layer layer = layers.get(i);
                    keepBest(layer, values.get(layer.name()), first, some, wanted, best.get(i));
                }
            }
        }
        Map<String, ReceptiveField> fields = ReceptiveField.of(model);
        List<LayerFeatures> found = new ArrayList<>();
        for (int i = 0; i < layers.size(); i++) {
            Layer layer = layers.get(i);
            Optional<ReceptiveField> field = layer.hasMaps() ? Optional.of(fields.get(layer.name())) : Optional.empty();
            found.add(new LayerFeatures(layer, field, features(best.get(i))));
        }
        return found;
    }

    /** Begins to run the network over the next batch: one thread runs it while another looks through the batch before. */
    private static CompletableFuture<Map<String, float[]>> run(
            Activations activations, byte[] pixels, int size, int first, int count) {
        int some = Math.min(BATCH, count - first);
        byte[] batch = Arrays.copyOfRange(pixels, first * size, (first + some) * size);
        return CompletableFuture.supplyAsync(() -> activations.run(batch, some));
    }

    /** The last activation of each stage, but of the stages that look at the pixels through kernels or give the answer. */
    private static List<Layer> searched(ModelFile model) throws IOException {
        List<Layer> searched = new ArrayList<>();
        List<Layer> heads = Heads.of(model);
        Layer active = null;
        boolean wanted = false;
        for (Layer layer : Explainer.inside(model)) {
            boolean convolves = layer.type() == LayerType.CONVOLUTION;
            if (convolves || layer.type() == LayerType.DENSE) {
                addIfThere(searched, active);
                active = null;
                wanted = convolves
                        ? !Stage.looksAtPixels(layer, name -> Optional.of(model.layer(name)))
                        : !heads.contains(layer);
            } else if (wanted && (layer.type() == LayerType.RELU || layer.type() == LayerType.ADD)) {
                active = layer;
            }
        }
        addIfThere(searched, active);
        return searched;
    }

    private static void addIfThere(List<Layer> layers, Layer layerOrNull) {
        if (layerOrNull != null) {
            layers.add(layerOrNull);
        }
    }

    private static void keepBest(
            Layer layer, float[] values, int first, int count, int wanted, List<PriorityQueue<Excitation>> best) {
        int channels = layer.shape().get(0);
        int width = layer.hasMaps() ? layer.shape().get(2) : 1;
        int places = layer.hasMaps() ? layer.shape().get(1) * width : 1;
        for (int image = 0; image < count; image++) {
            for (int channel = 0; channel < channels; channel++) {
                int from = (image * channels + channel) * places;
                int peak = 0;
                for (int place = 1; place < places; place++) {
                    peak = values[from + place] > values[from + peak] ? place : peak;
                }
                PriorityQueue<Excitation> queue = best.get(channel);
                float activation = values[from + peak];
                if (activation > 0
                        && (queue.size() < wanted
                                || activation > queue.element().activation())) {
                    queue.add(new Excitation(first + image, activation, peak / width, peak % width));
                    if (queue.size() > wanted) {
                        queue.remove();
                    }
                }
            }
        }
    }

    private static List<LayerFeatures.Feature> features(List<PriorityQueue<Excitation>> best) {
        List<LayerFeatures.Feature> features = new ArrayList<>();
        for (PriorityQueue<Excitation> queue : best) {
            List<Excitation> strongest = new ArrayList<>(queue);
            strongest.sort(Comparator.comparingDouble(one -> -one.activation()));
            features.add(new LayerFeatures.Feature(features.size(), strongest));
        }
        return features;
    }
}
