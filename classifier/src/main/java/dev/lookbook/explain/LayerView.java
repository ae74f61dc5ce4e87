package dev.lookbook.explain;

import dev.lookbook.model.Layer;
import dev.lookbook.model.Values;
import dev.lookbook.model.Weights;
import java.util.Arrays;
import java.util.Optional;

/**
 * A layer with what it made of one picture.
 *
 * @param values of the layer's own shape, row-major; shared, not to be changed
 * @param weights of a convolution or dense layer
 * @param field what one place of its maps sees of the picture; empty for a layer without maps
 */
public record LayerView(
        Layer layer,
        float[] values,
        LayerStatistics statistics,
        Optional<Weights> weights,
        Optional<ReceptiveField> field) {

    /** How many maps, or numbers if it has no maps. */
    public int channels() {
        return layer.shape().get(0);
    }

    /** One of its maps. */
    public PixelMap map(int channel) {
        if (!layer.hasMaps()) {
            throw new IllegalStateException(layer.name() + " has no maps, but the shape " + layer.shape());
        }
        int height = layer.shape().get(1);
        int width = layer.shape().get(2);
        int size = height * width;
        return new PixelMap(height, width, Arrays.copyOfRange(values, channel * size, (channel + 1) * size));
    }

    /**
     * What a kernel of a convolution looks like for one of its input channels.
     *
     * @throws IllegalStateException if the layer is no convolution
     */
    public PixelMap kernel(int channel, int inputChannel) {
        Weights all = weights.filter(w -> w.shape().size() == 4)
                .orElseThrow(() -> new IllegalStateException(layer.name() + " has no kernels"));
        int inputs = all.shape().get(1);
        int height = all.shape().get(2);
        int width = all.shape().get(3);
        int from = (channel * inputs + inputChannel) * height * width;
        return new PixelMap(height, width, Arrays.copyOfRange(all.values(), from, from + height * width));
    }

    /** The view or member of a network that the layer belongs to: what stands before the last slash; often nothing. */
    public String member() {
        return Values.member(layer.name());
    }
}
