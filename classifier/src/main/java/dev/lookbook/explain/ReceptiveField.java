package dev.lookbook.explain;

import dev.lookbook.model.Layer;
import dev.lookbook.model.LayerType;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.Values;
import dev.lookbook.model.Window;
import java.util.HashMap;
import java.util.Map;

/**
 * Which pixels of the input one place of a layer's map can see. Place {@code (y, x)} sees the square of {@code size}
 * pixels a side whose top left is {@code (start + jump * y, start + jump * x)}; it may reach beyond the picture.
 * (Araujo, Norris and Sim, Computing Receptive Fields of Convolutional Neural Networks, Distill 2019.)
 *
 * @param size in pixels
 * @param jump pixels between the squares of neighbouring places
 * @param start of the first place's square, at most 0
 * @param mirrored whether the layer sees the picture with left and right swapped
 */
public record ReceptiveField(int size, int jump, int start, boolean mirrored) {
    private static final ReceptiveField PIXEL = new ReceptiveField(1, 1, 0, false);

    /** Of all layers whose values are maps, by name. */
    static Map<String, ReceptiveField> of(ModelFile model) {
        Map<String, ReceptiveField> fields = new HashMap<>();
        fields.put(Values.IMAGES, PIXEL);
        for (Layer layer : model.layers()) {
            ReceptiveField field = null;
            for (String input : layer.inputs()) {
                ReceptiveField of = fields.get(input);
                field = of == null || field != null && field.size >= of.size ? field : of;
            }
            if (field != null && layer.hasMaps()) {
                fields.put(layer.name(), field.after(layer));
            }
        }
        return fields;
    }

    private ReceptiveField after(Layer layer) {
        if (layer.type() == LayerType.MIRROR) {
            return new ReceptiveField(size, jump, start, !mirrored);
        }
        if (layer.window().isEmpty()) {
            return this;
        }
        Window window = layer.window().get();
        int side = Math.max(window.height(), window.width());
        return new ReceptiveField(
                size + (side - 1) * jump, jump * window.stride(), start - window.padding() * jump, mirrored);
    }

    /** The left edge of what column {@code x} sees, in a picture of this width. */
    public int left(int x, int pictureWidth) {
        int left = start + jump * x;
        return mirrored ? pictureWidth - left - size : left;
    }

    /** The upper edge of what row {@code y} sees. */
    public int top(int y) {
        return start + jump * y;
    }
}
