package dev.lookbook.classify;

import dev.lookbook.image.Picture;
import dev.lookbook.image.PictureException;
import dev.lookbook.image.Preparation;
import dev.lookbook.image.Prepared;
import dev.lookbook.model.ModelFile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * Says what a picture of clothing shows. Thread-safe; one instance per process is enough, and it uses all processors.
 *
 * <p>A picture gets the same answer, to the last bit, alone or among others, on one thread or on many.
 */
public final class Classifier implements AutoCloseable {
    private final ModelFile model;
    private final Preparation preparation;
    private final Engine engine;

    private Classifier(ModelFile model, Preparation preparation, Engine engine) {
        this.model = model;
        this.preparation = preparation;
        this.engine = engine;
    }

    /**
     * Opens a model for all processors.
     *
     * @throws IOException if the file is no model of ours, was changed, is too new, or cannot be run here
     */
    public static Classifier open(Path modelFile) throws IOException {
        return open(modelFile, Runtime.getRuntime().availableProcessors());
    }

    /** @param threads how many threads work at the same time at most */
    public static Classifier open(Path modelFile, int threads) throws IOException {
        // Loading the libraries takes about as long as reading and checking a model: do both at once.
        preload();
        return open(ModelFile.read(modelFile), threads);
    }

    /**
     * Begins to load ONNX Runtime, on a thread of its own. For programs that know that they will open a classifier and have
     * something else to do first; what goes wrong is told by {@link #open}.
     */
    public static void preload() {
        Engine.daemon("lookbook-natives", Engine::warmUp).start();
    }

    /** Opens a model that was read already. */
    public static Classifier open(ModelFile model, int threads) throws IOException {
        if (threads < 1) {
            throw new IllegalArgumentException("threads must be at least 1, but were " + threads);
        }
        return new Classifier(model, preparation(model), new Engine(model, threads));
    }

    public ModelFile model() {
        return model;
    }

    /** How pictures are prepared for this model. */
    public Preparation preparation() {
        return preparation;
    }

    public Prediction classify(Path picture) throws PictureException {
        return classify(Picture.read(picture));
    }

    public Prediction classify(BufferedImage picture) {
        return classify(Picture.of(picture));
    }

    public Prediction classify(Picture picture) {
        return classify(preparation.prepare(picture));
    }

    /** Classifies a picture that was prepared already. */
    public Prediction classify(Prepared prepared) {
        return prediction(score(prepared.pixels(), 1), 0, prepared.garmentFound());
    }

    /** Classifies pictures on all threads; the answers are in the same order. */
    public List<Prediction> classify(List<Picture> pictures) {
        List<Input> inputs = new ArrayList<>(pictures.size());
        for (Picture picture : pictures) {
            inputs.add(Input.picture("picture " + inputs.size(), picture));
        }
        List<Prediction> predictions = new ArrayList<>(pictures.size());
        classifyAll(
                inputs.iterator(),
                result -> predictions.add(result.prediction()
                        .orElseThrow(
                                () -> new IllegalStateException(result.error().orElseThrow()))));
        return predictions;
    }

    /**
     * Classifies a few inputs together, reading and preparing them one after the other on the calling thread. For servers,
     * which have threads of their own; {@link #classifyAll} is for many inputs.
     *
     * @return a result for each input, in the same order; an input that cannot be read is a result with an error
     */
    public List<Result> classifyTogether(List<? extends Input> inputs) {
        Block block = new Block(List.copyOf(inputs));
        block.work(this);
        try {
            return block.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while classifying", e);
        }
    }

    /**
     * Classifies whatever comes, on all threads, without ever holding more than a few inputs in memory.
     *
     * <p>The results come in the order of the inputs, one at a time, on the calling thread, and as soon as they are
     * known even if the next input is long in coming. An input that cannot be read is a result with an error.
     *
     * @param inputs read on another thread; what it throws is thrown here, after the results of the inputs before
     * @param results what it throws ends the run and is thrown here
     */
    public void classifyAll(Iterator<? extends Input> inputs, Consumer<? super Result> results) {
        new Stream(this, engine.threads()).run(inputs, results);
    }

    /**
     * Runs the network over raw pixels, nothing prepared.
     *
     * @param pixels [count][height][width] or [count][height][width][3], 0 to 255, of the size that the model wants
     */
    public Scores score(byte[] pixels, int count) {
        return engine.score(pixels, count);
    }

    /**
     * What the scores of an image mean.
     *
     * @param garmentFound false makes the decision unsure, see {@link Prepared}
     */
    public Prediction prediction(Scores scores, int image, boolean garmentFound) {
        List<String> labels = model.info().labels();
        Map<String, Float> probabilities = new LinkedHashMap<>();
        for (int k = 0; k < labels.size(); k++) {
            probabilities.put(labels.get(k), scores.probabilities()[image * labels.size() + k]);
        }
        String label = labels.get(scores.best(image));
        float confidence = probabilities.get(label);
        OptionalDouble unfamiliarity =
                model.knowsUnfamiliarity() ? OptionalDouble.of(scores.unfamiliarity()[image]) : OptionalDouble.empty();
        return new Prediction(
                label,
                confidence,
                probabilities,
                decision(confidence, garmentFound && unfamiliarity.orElse(0) <= 1),
                unfamiliarity,
                model.info().name(),
                model.info().version());
    }

    /** Waits for the answers that are being worked out, and frees the memory outside Java's heap. */
    @Override
    public void close() {
        engine.close();
    }

    private Optional<Decision> decision(float confidence, boolean looksLikeOne) {
        if (model.info().sureAt().isEmpty()) {
            return Optional.empty();
        }
        boolean sure = looksLikeOne && confidence >= model.info().sureAt().getAsDouble();
        return Optional.of(sure ? Decision.SURE : Decision.UNSURE);
    }

    private static Preparation preparation(ModelFile model) throws IOException {
        String id = model.info().preparation();
        Preparation preparation;
        try {
            preparation = Preparation.of(id);
        } catch (IllegalArgumentException e) {
            throw new IOException(
                    "model " + model.info().name() + " wants the preparation '" + id
                            + "', which this Lookbook does not know. Use a newer Lookbook",
                    e);
        }
        int side = preparation.side();
        if (model.height() != side || model.width() != side || model.channels() != 1) {
            throw new IOException("model " + model.info().name() + " wants pictures of " + model.height() + "x"
                    + model.width() + "x" + model.channels() + ", but its preparation '" + id + "' makes " + side + "x"
                    + side + "x1. Train it again");
        }
        return preparation;
    }
}
