package dev.lookbook.train;

import dev.lookbook.model.Graph;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A network in training: layers in sequence, the last of which gives the logits.
 *
 * @param pixelScale what a pixel from 0 to 255 is multiplied by; black stays exactly 0, so that the zeros which
 *     convolutions pad with are background
 */
record Network(String name, List<Layer> layers, int height, int width, float pixelScale) {
    Network {
        layers = List.copyOf(layers);
    }

    /** Logits [N,K] of pixels [N,H,W] (uint8). */
    Tensor forward(Tensor pixels, boolean training) {
        long count = pixels.size(0);
        Tensor x = pixels.to(torch.ScalarType.Float)
                .mul_(Tensors.scalar(pixelScale))
                .view(count, 1, height, width);
        for (Layer layer : layers) {
            x = layer.forward(x, training);
        }
        return x;
    }

    /** Gives all trained variables the gradients of a loss of the last {@code forward} in training. */
    void backward(Tensor loss) {
        loss.backward();
        layers.forEach(Layer::completeGradients);
    }

    /** What a picture gets in a graph: the names of values. */
    record Answer(String logits, String embedding) {}

    /** Appends the network as it is at inference to a graph, behind its pixels. */
    Answer export(Graph graph, String pixels) {
        String x = pixels;
        String embedding = x;
        for (Layer layer : layers) {
            embedding = x;
            x = layer.export(graph, x);
        }
        return new Answer(x, embedding);
    }

    List<Variable> variables() {
        return layers.stream().flatMap(layer -> layer.variables().stream()).toList();
    }

    /** Takes the weights and running statistics that a checkpoint holds. */
    void restore(Checkpoint checkpoint) {
        Map<String, Tensor> values = new LinkedHashMap<>();
        variables().forEach(variable -> values.put(variable.name(), variable.value()));
        checkpoint.fill(values);
    }

    /** The number of trained weights. */
    long parameters() {
        return variables().stream()
                .filter(Variable::isTrained)
                .mapToLong(variable -> variable.value().numel())
                .sum();
    }

    /** SHA-256 over names, shapes and values of all variables in order: equal weights, equal hash. */
    String weightsSha256() {
        MessageDigest digest = sha256();
        for (Variable variable : variables()) {
            digest.update(variable.name().getBytes(StandardCharsets.UTF_8));
            long[] shape = variable.value().shape();
            float[] values = variable.values();
            ByteBuffer bytes =
                    ByteBuffer.allocate(8 * shape.length + 4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
            for (long size : shape) {
                bytes.putLong(size);
            }
            for (float value : values) {
                bytes.putFloat(value);
            }
            digest.update(bytes.array());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }
}
