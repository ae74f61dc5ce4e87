package dev.lookbook.model;

/**
 * The names of the values in a model's graph; they are part of the file's contract.
 *
 * <p>The input is {@code images}, the outputs are {@code probabilities}, {@code logits}, {@code embedding} and, if the
 * model knows, {@code unfamiliarity}. The value
 * that a layer makes has the layer's name ({@link Layer#name()}), so whoever wants to see a feature map asks for the
 * value of that name. Where a layer takes several operators, the values in between are called {@code LAYER:STEP}; only
 * they have a colon. A layer's weights are {@code LAYER.weight} and {@code LAYER.bias}, under the name of the first
 * layer that uses them. The numbers that the pixels become are the layer {@code pixels}. In a file of several views or
 * members, the layers of the second and later ones have a path before their name, such as {@code mirrored/conv1}.
 */
public final class Values {
    /** The input: UINT8, {@code [N,height,width]} grey or {@code [N,height,width,3]} RGB. */
    public static final String IMAGES = "images";
    /** The layer that turns pixels into scaled numbers, FLOAT {@code [N,channels,height,width]}. */
    public static final String PIXELS = "pixels";
    /** An output: FLOAT {@code [N,classes]}, calibrated, each row adds up to 1. */
    public static final String PROBABILITIES = "probabilities";
    /** An output: FLOAT {@code [N,classes]}, before the temperature. */
    public static final String LOGITS = "logits";
    /** An output: FLOAT {@code [N,any]}, what the network knows before it decides; for finding similar pictures. */
    public static final String EMBEDDING = "embedding";
    /**
     * An output that a model may have: FLOAT {@code [N,1]}, how unlike the training pictures a picture is. 0 for a typical
     * one; above 1 is what only one in a hundred held-out pictures was.
     */
    public static final String UNFAMILIARITY = "unfamiliarity";

    private Values() {}

    static String step(String layer, String step) {
        return layer + ":" + step;
    }

    /** The layer that a value or node belongs to. */
    static String layer(String value) {
        int colon = value.indexOf(':');
        return colon < 0 ? value : value.substring(0, colon);
    }

    /**
     * The path before a layer's name, which tells the views or members of a network apart: {@code mirrored} of
     * {@code mirrored/conv1}; empty if there is none.
     */
    public static String member(String layer) {
        return layer.substring(0, Math.max(0, layer.lastIndexOf('/')));
    }

    /** Refuses names that could be mistaken for a step between operators or break somebody's file names. */
    static void requireLayerName(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean known = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!known && "._-/".indexOf(c) < 0) {
                throw new IllegalArgumentException("a layer's name has letters, digits, . _ - /, but was " + name);
            }
        }
        if (name.isEmpty() || name.equals(IMAGES)) {
            throw new IllegalArgumentException("a layer cannot be called '" + name + "'");
        }
    }
}
