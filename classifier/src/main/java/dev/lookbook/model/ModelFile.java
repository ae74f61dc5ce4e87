package dev.lookbook.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A model: one ONNX file with graph, labels and card, whose bytes were checked. Immutable.
 *
 * <p>The file's last metadata entry is the SHA-256 of everything before it, so a changed byte is refused.
 */
public final class ModelFile {
    private static final int MOST_BYTES = 256 << 20;

    private final byte[] bytes;
    private final ModelInfo info;
    private final List<Integer> imageShape;
    private final int embeddingSize;
    private final boolean knowsUnfamiliarity;
    private final List<Layer> layers;
    private final OnnxModel onnx;

    /** @param bytes kept, not copied */
    ModelFile(
            byte[] bytes,
            ModelInfo info,
            List<Integer> imageShape,
            int embeddingSize,
            boolean knowsUnfamiliarity,
            List<Layer> layers,
            OnnxModel onnx) {
        this.bytes = bytes;
        this.info = info;
        this.imageShape = imageShape;
        this.embeddingSize = embeddingSize;
        this.knowsUnfamiliarity = knowsUnfamiliarity;
        this.layers = layers;
        this.onnx = onnx;
    }

    /** @throws ModelFileException if it cannot be read, is no model of ours, was changed, or is too new */
    public static ModelFile read(Path file) throws ModelFileException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1); // whatever size the file claims to have
            if (bytes.length > MOST_BYTES) {
                throw new ModelFileException(file + ": larger than " + (MOST_BYTES >> 20) + " MiB; no model is");
            }
            return new ModelFileReader(bytes, file.toString()).read();
        } catch (ModelFileException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new ModelFileException(file + ": there is no such file", e);
        } catch (AccessDeniedException e) {
            throw new ModelFileException(file + ": no permission to read it", e);
        } catch (IOException e) {
            String reason =
                    Files.isDirectory(file) ? "a folder, not a model file" : "cannot be read: " + e.getMessage();
            throw new ModelFileException(file + ": " + reason, e);
        }
    }

    /**
     * Reads a model that is in memory, say from a class path or a database.
     *
     * @param name what messages call it
     */
    public static ModelFile read(byte[] bytes, String name) throws ModelFileException {
        return new ModelFileReader(bytes.clone(), name).read();
    }

    /** Puts a model together in memory. */
    public static ModelFile of(Graph graph, ModelInfo info) {
        int classes = graph.size(Values.PROBABILITIES);
        if (classes != info.labels().size()) {
            throw new IllegalArgumentException("the graph has " + classes + " classes, but there are "
                    + info.labels().size() + " labels");
        }
        if (!info.calibrated() && graph.temperature() != 1) {
            throw new IllegalArgumentException(
                    "a model that is not calibrated has temperature 1, but this has " + graph.temperature());
        }
        byte[] content = OnnxWriter.model(graph, Metadata.write(info)).toByteArray();
        try {
            return new ModelFileReader(ContentHash.append(content), info.name()).read();
        } catch (ModelFileException e) {
            throw new UncheckedIOException("a model that was just put together cannot be read", e);
        }
    }

    /** Writes a model; the bytes depend on nothing but the arguments. See {@link #write(Path)}. */
    public static void write(Path file, Graph graph, ModelInfo info) throws IOException {
        of(graph, info).write(file);
    }

    /** Writes the model under a temporary name beside {@code file}, then renames it: nobody ever sees half a file. */
    public void write(Path file) throws IOException {
        Path temporary = file.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".tmp");
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW)) {
            ByteBuffer rest = ByteBuffer.wrap(bytes);
            while (rest.hasRemaining()) {
                channel.write(rest);
            }
            channel.force(true);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    public ModelInfo info() {
        return info;
    }

    /** The whole file, which any ONNX runtime reads; a copy. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The file with the values of some layers as further outputs, for an engine that is to show them. Not a model file:
     * its hash no longer fits.
     *
     * @throws IllegalArgumentException if there is no such layer, or its shape is unknown
     */
    public byte[] bytesWithOutputs(List<String> layerNames) {
        return OnnxWriter.withOutputs(
                bytes, layerNames.stream().map(this::layer).toList());
    }

    /**
     * A layer by its name.
     *
     * @throws IllegalArgumentException if there is none
     */
    public Layer layer(String layerName) {
        for (Layer layer : layers) {
            if (layer.name().equals(layerName)) {
                return layer;
            }
        }
        throw new IllegalArgumentException("model " + info.name() + " has no layer " + layerName + ". It has: "
                + String.join(", ", layers.stream().map(Layer::name).toList()));
    }

    /** The trained numbers of a convolution or a dense layer; empty for all other layers. */
    public Optional<Weights> weights(String layerName) {
        for (Node node : onnx.nodes()) {
            boolean weighted = node.operator().equals("Conv") || node.operator().equals("Gemm");
            if (weighted && Values.layer(node.output()).equals(layerName)) {
                List<String> inputs = node.inputs();
                Constant bias = inputs.size() < 3 ? null : onnx.constants().get(inputs.get(2));
                return Optional.of(Weights.of(onnx.constants().get(inputs.get(1)), bias));
            }
        }
        return Optional.empty();
    }

    /** The number that a layer of type {@link LayerType#SCALE} multiplies by. */
    public float factor(String layerName) {
        for (Node node : onnx.nodes()) {
            if (node.operator().equals("Mul") && node.output().equals(layerName)) {
                return onnx.constants().get(node.inputs().get(1)).scalar();
            }
        }
        throw new IllegalArgumentException(layerName + " does not scale");
    }

    /** The SHA-256 of the file without its last entry, which is this hash; lower-case hex. */
    public String contentSha256() {
        return ContentHash.read(bytes);
    }

    public int height() {
        return imageShape.get(0);
    }

    public int width() {
        return imageShape.get(1);
    }

    /** 1 for grey, 3 for RGB. */
    public int channels() {
        return imageShape.size() == 2 ? 1 : imageShape.get(2);
    }

    public int classes() {
        return info.labels().size();
    }

    public int embeddingSize() {
        return embeddingSize;
    }

    /** Whether the model says how unlike its training pictures a picture is: its output {@code unfamiliarity}. */
    public boolean knowsUnfamiliarity() {
        return knowsUnfamiliarity;
    }

    /** As the graph in the file has them, in the order of their computation. */
    public List<Layer> layers() {
        return layers;
    }

    /** Trained numbers: weights and biases, those that layers share counted once. */
    public long parameters() {
        return layers.stream().mapToLong(Layer::parameters).sum();
    }

    /** For one image: two for each multiplication with a weight and its addition. */
    public long flops() {
        return layers.stream().mapToLong(Layer::flops).sum();
    }
}
