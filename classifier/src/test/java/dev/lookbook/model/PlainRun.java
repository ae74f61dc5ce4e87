package dev.lookbook.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** All layers of a model worked out slowly and plainly for one grey or RGB image, by name. */
final class PlainRun {
    private PlainRun() {}

    static Map<String, Plain> of(ModelFile model, byte[] image) throws ProtoException {
        Map<String, Constant> constants = OnnxReader.read(model.bytes()).constants();
        Map<String, Plain> values = new HashMap<>();
        for (Layer layer : model.layers()) {
            List<Plain> inputs = layer.inputs().stream().map(values::get).toList();
            values.put(layer.name(), value(model, layer, image, inputs, constants));
        }
        return values;
    }

    private static Plain value(
            ModelFile model, Layer layer, byte[] image, List<Plain> inputs, Map<String, Constant> constants) {
        Plain x = inputs.get(0);
        Window window = layer.window().orElse(null);
        Weights weights = model.weights(layer.name()).orElse(null);
        return switch (layer.type()) {
            case PIXELS ->
                Plain.pixels(
                        image,
                        model.height(),
                        model.width(),
                        model.channels() == 3,
                        constants.get("pixels:factor").scalar(),
                        constants.get("pixels:offset").scalar());
            case CONVOLUTION ->
                x.convolution(
                        weights.values(),
                        weights.shape().get(0),
                        window.height(),
                        window.width(),
                        weights.bias(),
                        window.stride(),
                        window.padding());
            case RELU -> x.relu();
            case MAX_POOL -> x.pool(window.height(), window.stride(), true);
            case AVERAGE_POOL -> x.pool(window.height(), window.stride(), false);
            case GLOBAL_MAX_POOL -> x.globalMaxPool();
            case FLATTEN -> x.flatten();
            case DENSE -> x.dense(weights.values(), weights.shape().get(0), weights.bias());
            case ADD -> x.add(inputs.get(inputs.size() - 1));
            case SCALE -> x.scale(model.factor(layer.name()));
            case MIRROR -> x.mirror();
            case OUTPUT -> x;
            // A layer names each of its inputs once: a random network may lay one beside itself.
            case CONCATENATE -> Plain.concatenate(inputs.size() == 1 ? List.of(x, x) : inputs);
            case LOG_MEAN_PROBABILITY -> Plain.logMeanProbability(inputs.toArray(Plain[]::new));
            case SOFTMAX -> x.softmax(constants.get("probabilities:temperature").scalar());
            case RELATIVE_DISTANCE ->
                x.relativeDistance(
                        constants.get("unfamiliarity:centre").floats(),
                        constants.get("unfamiliarity:curvature").floats(),
                        constants.get("unfamiliarity:slopes").floats(),
                        constants.get("unfamiliarity:offsets").floats(),
                        constants.get("unfamiliarity:typical").scalar(),
                        constants.get("unfamiliarity:range").scalar());
            case OTHER -> throw new IllegalArgumentException(layer + " is nothing that a graph is built of");
        };
    }
}
