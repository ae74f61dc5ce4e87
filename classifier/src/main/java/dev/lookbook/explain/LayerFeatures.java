package dev.lookbook.explain;

import dev.lookbook.model.Layer;
import java.util.List;
import java.util.Optional;

/**
 * What the filters of a layer look for.
 *
 * @param layer whose maps were searched; the last of its stage before pooling
 * @param field what one place of a map sees; empty for neurons, which see the whole picture
 * @param features one for each map or neuron, in order
 */
public record LayerFeatures(Layer layer, Optional<ReceptiveField> field, List<Feature> features) {
    public LayerFeatures {
        features = List.copyOf(features);
    }

    /**
     * A filter.
     *
     * @param strongest strongest first, at most one of an image; fewer than asked for if it answers fewer images
     */
    public record Feature(int channel, List<Excitation> strongest) {
        public Feature {
            strongest = List.copyOf(strongest);
        }
    }

    /**
     * A place that excites a filter.
     *
     * @param image number of the image
     * @param row of the map, and {@code column}; 0 of a neuron
     */
    public record Excitation(int image, float activation, int row, int column) {}
}
