package dev.lookbook.classify;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.Values;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * One thread's way through the network: memory outside the heap for the pixels and the answers of {@link #CHUNK}
 * images, made once and used again, so that nothing is allocated per image. For one thread at a time.
 */
final class Lane implements AutoCloseable {
    /** Few enough for the feature maps of a small network to stay in the processor's cache. */
    static final int CHUNK = 32;

    private final OrtEnvironment environment;
    private final OrtSession session;
    private final ModelFile model;
    private final ByteBuffer pixels;
    private final FloatBuffer probabilities;
    private final FloatBuffer logits;
    private final FloatBuffer embedding;
    private final FloatBuffer unfamiliarity;

    private int count; // images that the tensors below are for
    private Map<String, OnnxTensor> inputs = Map.of();
    private Map<String, OnnxTensor> outputs = Map.of();

    Lane(OrtEnvironment environment, OrtSession session, ModelFile model) {
        this.environment = environment;
        this.session = session;
        this.model = model;
        this.pixels = ByteBuffer.allocateDirect(CHUNK * imageSize(model));
        this.probabilities = floats(model.classes());
        this.logits = floats(model.classes());
        this.embedding = floats(model.embeddingSize());
        this.unfamiliarity = floats(1);
    }

    static int imageSize(ModelFile model) {
        return model.height() * model.width() * model.channels();
    }

    /** Of the input for so many images. */
    static long[] shape(ModelFile model, int count) {
        return model.channels() == 1
                ? new long[] {count, model.height(), model.width()}
                : new long[] {count, model.height(), model.width(), model.channels()};
    }

    /**
     * Scores up to {@link #CHUNK} images.
     *
     * @param images image {@code first} and those after it are scored
     * @param scores gets the answers, at the same places
     */
    void run(byte[] images, int first, int count, Scores scores) throws OrtException {
        fitTensors(count);
        int imageSize = imageSize(model);
        pixels.clear().put(images, first * imageSize, count * imageSize);
        session.run(inputs, Set.of(), outputs).close(); // closes nothing: the tensors are ours
        probabilities.clear().get(scores.probabilities(), first * model.classes(), count * model.classes());
        logits.clear().get(scores.logits(), first * model.classes(), count * model.classes());
        int embeddingSize = model.embeddingSize();
        embedding.clear().get(scores.embedding(), first * embeddingSize, count * embeddingSize);
        if (model.knowsUnfamiliarity()) {
            unfamiliarity.clear().get(scores.unfamiliarity(), first, count);
        }
    }

    @Override
    public void close() {
        inputs.values().forEach(OnnxTensor::close);
        outputs.values().forEach(OnnxTensor::close);
        inputs = Map.of();
        outputs = Map.of();
        count = 0;
    }

    /** Tensors are views of the buffers; they are made anew only when another number of images comes. */
    private void fitTensors(int wanted) throws OrtException {
        if (count == wanted) {
            return;
        }
        close();
        pixels.clear().limit(wanted * imageSize(model));
        inputs = Map.of(
                Values.IMAGES, OnnxTensor.createTensor(environment, pixels, shape(model, wanted), OnnxJavaType.UINT8));
        outputs = new HashMap<>(Map.of(
                Values.PROBABILITIES, tensor(probabilities, wanted, model.classes()),
                Values.LOGITS, tensor(logits, wanted, model.classes()),
                Values.EMBEDDING, tensor(embedding, wanted, model.embeddingSize())));
        if (model.knowsUnfamiliarity()) {
            outputs.put(Values.UNFAMILIARITY, tensor(unfamiliarity, wanted, 1));
        }
        count = wanted;
    }

    private OnnxTensor tensor(FloatBuffer buffer, int rows, int columns) throws OrtException {
        return OnnxTensor.createTensor(environment, buffer.clear().limit(rows * columns), new long[] {rows, columns});
    }

    private static FloatBuffer floats(int columns) {
        return ByteBuffer.allocateDirect(4 * CHUNK * columns)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
    }
}
