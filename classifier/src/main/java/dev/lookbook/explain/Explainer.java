package dev.lookbook.explain;

import dev.lookbook.classify.Activations;
import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Prediction;
import dev.lookbook.classify.Scores;
import dev.lookbook.image.Prepared;
import dev.lookbook.model.Layer;
import dev.lookbook.model.LayerType;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.Values;
import dev.lookbook.model.Weights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Says why a picture got its answer. Thread-safe; make one per classifier, which stays the caller's to close.
 *
 * <p>The layers' values come from the file that the classifier runs, and the answer from the classifier itself.
 */
public final class Explainer implements AutoCloseable {
    private static final Set<LayerType> NOT_INSIDE = EnumSet.of(
            LayerType.OUTPUT,
            LayerType.SOFTMAX,
            LayerType.CONCATENATE,
            LayerType.LOG_MEAN_PROBABILITY,
            LayerType.RELATIVE_DISTANCE,
            LayerType.OTHER);
    private static final int WANTED_NEIGHBOURS = 5;

    private final Classifier classifier;
    private final Optional<NearestImages> nearest;
    private final Activations activations;
    private final List<Layer> layers;
    private final Map<String, ReceptiveField> fields;
    private final Map<String, Optional<Weights>> weights; // each a copy out of the file, and the same for every picture
    private final Occlusion occlusion;

    private Explainer(
            Classifier classifier, Optional<NearestImages> nearest, Activations activations, List<Layer> layers) {
        this.classifier = classifier;
        this.nearest = nearest;
        this.activations = activations;
        this.layers = layers;
        this.fields = ReceptiveField.of(classifier.model());
        this.weights =
                layers.stream().map(Layer::name).collect(Collectors.toMap(name -> name, classifier.model()::weights));
        this.occlusion = Occlusion.usual();
    }

    /**
     * Opens a network up.
     *
     * @param training to find neighbours in, with an index made with the same model; empty: explanations have none
     * @throws IOException if the model's layers have no names, the index belongs to another model, or the model cannot
     *     be run
     */
    public static Explainer open(Classifier classifier, Optional<TrainingSet> training) throws IOException {
        ModelFile model = classifier.model();
        List<Layer> layers = inside(model);
        if (training.isPresent()) {
            training.get().index().requireMadeWith(model);
        }
        Activations activations =
                Activations.open(model, layers.stream().map(Layer::name).toList());
        return new Explainer(classifier, training.map(set -> new NearestImages(classifier, set)), activations, layers);
    }

    /**
     * The layers that have something to show, in order.
     *
     * @throws IOException if the layers have no names of ours
     */
    static List<Layer> inside(ModelFile model) throws IOException {
        if (model.layers().stream().noneMatch(layer -> layer.name().equals(Values.PIXELS))) {
            throw new IOException("model " + model.info().name() + " cannot be opened up: its layers have no names that"
                    + " Lookbook knows (there is no layer " + Values.PIXELS
                    + "). It classifies all the same; to see inside, train or export it with 'lookbook train'");
        }
        return model.layers().stream()
                .filter(layer -> !NOT_INSIDE.contains(layer.type()))
                .filter(layer -> !layer.shape().isEmpty())
                .toList();
    }

    /** Explains the answer for a picture that was prepared for this model. */
    public Explanation explain(Prepared prepared) {
        ModelFile model = classifier.model();
        Scores scores = classifier.score(prepared.pixels(), 1);
        Prediction prediction = classifier.prediction(scores, 0, prepared.garmentFound());
        List<String> labels = model.info().labels();
        int label = labels.indexOf(prediction.label());
        int runnerUp = runnerUp(scores, label);
        List<LayerView> views = views(prepared);
        return new Explanation(
                prepared,
                prediction,
                labels.get(runnerUp),
                Stage.of(views),
                occlusion,
                occlusion.maps(classifier, prepared.pixels(), label, runnerUp),
                new Heads(model, views).evidence(label, runnerUp),
                nearest.map(search -> search.find(scores.embedding(), WANTED_NEIGHBOURS, labels.get(runnerUp))));
    }

    @Override
    public void close() {
        activations.close();
    }

    /** The first one of equals; the label itself if it is the only one. */
    private static int runnerUp(Scores scores, int label) {
        int second = -1;
        for (int k = 0; k < scores.classes(); k++) {
            if (k != label && (second < 0 || scores.probabilities()[k] > scores.probabilities()[second])) {
                second = k;
            }
        }
        return Math.max(second, 0);
    }

    private List<LayerView> views(Prepared prepared) {
        byte[][] shifts = Shifts.byOnePixel(prepared.pixels(), prepared.side());
        byte[] all = Arrays.copyOf(prepared.pixels(), (1 + shifts.length) * prepared.pixels().length);
        for (int i = 0; i < shifts.length; i++) {
            System.arraycopy(shifts[i], 0, all, (1 + i) * shifts[i].length, shifts[i].length);
        }
        Map<String, float[]> values = activations.run(all, 1 + shifts.length);
        List<LayerView> views = new ArrayList<>();
        for (Layer layer : layers) {
            float[][] each = split(values.get(layer.name()), 1 + shifts.length);
            views.add(new LayerView(
                    layer,
                    each[0],
                    LayerStatistics.of(each[0], Arrays.copyOfRange(each, 1, each.length)),
                    weights.get(layer.name()),
                    Optional.ofNullable(fields.get(layer.name()))));
        }
        return views;
    }

    private static float[][] split(float[] values, int count) {
        int size = values.length / count;
        float[][] parts = new float[count][];
        for (int i = 0; i < count; i++) {
            parts[i] = Arrays.copyOfRange(values, i * size, (i + 1) * size);
        }
        return parts;
    }
}
