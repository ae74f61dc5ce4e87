package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Split;
import dev.lookbook.run.Yaml;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Decides everything about a run that the user left open, before the first real step. */
final class Planner {
    private static final String PLACE = "settings";
    /** What the first guess may take, as a share of what the timing that counts may. */
    private static final double SHARE_OF_GUESS = 0.3;
    /** A whole number of steps may come out of a division this much too high. */
    private static final double ROUNDING = 1e-6;

    private final TrainRequest request;
    private final Map<String, Object> asked = new LinkedHashMap<>();
    private Optional<Teacher> teacher = Optional.empty();

    Planner(TrainRequest request) throws IOException {
        this.request = request;
        if (request.config().isPresent()) {
            Map<String, Object> config = Yaml.map(request.config().get());
            asked.putAll(
                    config.containsKey("data_sha256") ? Presets.ofArgs(config) : config); // a run's own are complete
            if (request.settings().containsKey("data")) {
                asked.remove("data_sha256"); // other data than the file's are asked for on purpose
            }
            if (request.settings().containsKey("teachers")) {
                asked.remove("teachers_sha256");
            }
        }
        asked.putAll(request.settings());
        asked.putIfAbsent("model", Presets.defaultModel(request.budget().orElse(Duration.ZERO)));
        asked.putIfAbsent("data", Training.DEFAULT_DATA);
        if (!Presets.names().contains(asked.get("model"))) {
            throw new TrainException(
                    "unknown network \"" + asked.get("model") + "\"; known: " + String.join(", ", Presets.names()));
        }
    }

    String data() {
        return asked.get("data").toString();
    }

    /** Refuses settings and data that do not make a run, before anything is written or timed. */
    void check(LabelledImages images) throws IOException {
        String hash = images.sha256();
        Object expected = asked.put("data_sha256", hash);
        if (expected != null && !expected.equals(hash)) {
            throw new TrainException(request.config().get() + ": data_sha256 is " + expected + ", but " + data()
                    + " is " + hash + "; name the data with --data to train on these pictures all the same");
        }
        asked.putIfAbsent("threads", Runtime.getRuntime().availableProcessors());
        TrainSettings draft = draft();
        requireUsable(images, draft);
        teacher = Teacher.of(draft, Training.split(images, draft).training());
        teacher.ifPresent(known -> asked.put("teachers_sha256", known.weightsSha256()));
    }

    /** Known after {@link #check}. */
    Optional<Teacher> teacher() {
        return teacher;
    }

    /** The settings of the run; {@code watch} runs since the first byte of data was read. Call {@link #check} before. */
    TrainSettings decide(LabelledImages images, Stopwatch watch, TrainingProgress progress)
            throws IOException, InterruptedException {
        Trainer.useThreads(draft().threads());
        asked.putIfAbsent("precision", Precision.fastest().id());
        TrainSettings draft = draft();
        boolean isOpen = request.epochs().isEmpty() && request.budget().isEmpty();
        if (isOpen && asked.containsKey("steps")) {
            return settings(draft.steps() / stepsPerEpoch(images, draft));
        }
        double epochs = epochs(draft, images, watch, progress);
        // The batch may depend on the epochs, so that the steps are counted last.
        double steps = epochs * stepsPerEpoch(images, settings(epochs));
        asked.put("steps", (long) Math.ceil(steps - ROUNDING));
        return settings(epochs);
    }

    private double epochs(TrainSettings draft, LabelledImages images, Stopwatch watch, TrainingProgress progress)
            throws IOException, InterruptedException {
        Double usual = Presets.epochs(draft.model());
        if (request.epochs().isPresent()) {
            return request.epochs().getAsDouble();
        }
        if (request.budget().isEmpty() && usual != null) {
            return usual;
        }
        double budget = request.budget().orElse(Training.DEFAULT_BUDGET).toMillis() / 1e3;
        Split split = Training.split(images, draft);
        // A first guess tells which preset the run will have, and that preset's steps are then timed.
        double limit = Pace.limit(budget);
        Pace rough = Pace.measure(draft, split.training(), split.heldOut(), teacher, SHARE_OF_GUESS * limit);
        double guessPerEpoch = stepsPerEpoch(images, draft);
        TrainSettings likely = settings(rough.steps(budget - watch.seconds(), guessPerEpoch) / guessPerEpoch);
        Pace pace = Pace.measure(likely, split.training(), split.heldOut(), teacher, limit);
        double perEpoch = stepsPerEpoch(images, likely);
        long steps = pace.steps(budget - watch.seconds(), perEpoch);
        progress.note(String.format(
                java.util.Locale.ROOT,
                "a step takes %.1f ms here: %d steps (%.1f epochs) fit into %.0f s",
                pace.secondsPerStep() * 1e3,
                steps,
                steps / perEpoch,
                budget));
        return steps / perEpoch;
    }

    private static double stepsPerEpoch(LabelledImages images, TrainSettings settings) {
        return (double) (images.count() - settings.holdout()) / settings.batch();
    }

    /** The settings as far as they are decided: enough to build the network and time it. */
    TrainSettings draft() throws IOException {
        return settings(0);
    }

    private TrainSettings settings(double epochs) throws IOException {
        Map<String, Object> merged = Presets.of(asked.get("model").toString(), epochs);
        merged.put("precision", Precision.FP32.id());
        merged.put("steps", Pace.STEPS);
        merged.putAll(asked);
        return Yaml.convert(merged, TrainSettings.class, PLACE);
    }

    private static void requireUsable(LabelledImages images, TrainSettings settings) throws TrainException {
        if (images.height() != Training.SIDE || images.width() != Training.SIDE) {
            throw new TrainException("the training pictures are " + images.width() + "x" + images.height()
                    + ", but the networks read " + Training.SIDE + "x" + Training.SIDE
                    + "; convert them with: lookbook data convert");
        }
        if (images.labels().size() < 2) {
            throw new TrainException("the training pictures have one class only ("
                    + images.labels().get(0) + "); a classifier needs at least two");
        }
        if (settings.holdout() > images.count() - settings.batch()) {
            throw new TrainException("holdout is " + settings.holdout() + " of " + images.count()
                    + " training pictures, which leaves less than one batch of " + settings.batch()
                    + "; give a smaller --holdout");
        }
    }
}
