package dev.lookbook.classify;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lookbook.model.Layer;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.Values;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Runs the network of a model file and keeps what its layers made on the way: the activations. The weights and the graph
 * are those that classify; only further values are handed out. Thread-safe; each run keeps to one thread.
 */
public final class Activations implements AutoCloseable {
    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelFile model;
    private final List<Layer> layers;
    private final ReadWriteLock lock = new ReentrantReadWriteLock(); // runs hold it together, closing alone
    private boolean closed;

    private Activations(OrtEnvironment environment, OrtSession session, ModelFile model, List<Layer> layers) {
        this.environment = environment;
        this.session = session;
        this.model = model;
        this.layers = layers;
    }

    /**
     * @param layers names as {@link ModelFile#layers()} has them
     * @throws IOException if ONNX Runtime does not start or cannot run the model
     * @throws IllegalArgumentException if the model has no such layer
     */
    public static Activations open(ModelFile model, List<String> layers) throws IOException {
        List<String> added = layers.stream()
                .filter(name -> !Set.of(Values.PROBABILITIES, Values.LOGITS, Values.EMBEDDING, Values.UNFAMILIARITY)
                        .contains(name))
                .toList();
        OrtEnvironment environment = Engine.environment();
        OrtSession session = Engine.session(
                environment, model.bytesWithOutputs(added), model.info().name());
        return new Activations(
                environment, session, model, layers.stream().map(model::layer).toList());
    }

    /**
     * Runs the network over some images.
     *
     * @param pixels {@code [count][height][width]} or {@code [count][height][width][3]}, 0 to 255
     * @return by layer the value of every image, {@code [count][...]} with the layer's own shape
     */
    public Map<String, float[]> run(byte[] pixels, int count) {
        int size = Lane.imageSize(model);
        if (count < 1 || (long) count * size != pixels.length) {
            throw new IllegalArgumentException(
                    count + " images of " + size + " bytes each are not " + pixels.length + " bytes");
        }
        ByteBuffer buffer = ByteBuffer.allocateDirect(pixels.length).put(pixels).flip();
        lock.readLock().lock();
        try {
            if (closed) {
                throw new IllegalStateException("model " + model.info().name() + " is closed");
            }
            return run(buffer, count);
        } finally {
            lock.readLock().unlock();
        }
    }

    private Map<String, float[]> run(ByteBuffer buffer, int count) {
        Set<String> names = Set.copyOf(layers.stream().map(Layer::name).toList());
        try (OnnxTensor images =
                        OnnxTensor.createTensor(environment, buffer, Lane.shape(model, count), OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of(Values.IMAGES, images), names)) {
            Map<String, float[]> values = new LinkedHashMap<>();
            for (Layer layer : layers) {
                OnnxTensor value = (OnnxTensor) result.get(layer.name()).orElseThrow();
                FloatBuffer copy = value.getFloatBuffer();
                float[] numbers = new float[copy.remaining()];
                copy.get(numbers);
                values.put(layer.name(), numbers);
            }
            return values;
        } catch (OrtException e) {
            throw new IllegalStateException("model " + model.info().name() + " does not run: " + e.getMessage(), e);
        }
    }

    /** Waits for the runs that are under way. */
    @Override
    public void close() {
        lock.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                session.close();
            }
        } catch (OrtException e) {
            throw new IllegalStateException("model " + model.info().name() + " does not close: " + e.getMessage(), e);
        } finally {
            lock.writeLock().unlock();
        }
    }
}
