package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Split;
import dev.lookbook.run.Yaml;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides everything about a run that the user left open, before the first real step. */
final class Planner {
    /** What the first guess may take, as a share of what the timing that counts may. */
    private static final double SHARE_OF_GUESS = 0.3;
    /** Of few pictures only a tenth is held out, if nobody says how many. */
    private static final int FEWEST_PER_HELD_OUT = 10;

    /** What tells the settings of a run, which are complete, from a file with a few of them. */
    private static final List<String> IN_EVERY_RUNS_ARGS = List.of("model", "data_sha256", "widths", "blocks");

    /** As good as nothing said. */
    private static final String AUTO = "auto";

    private final TrainRequest request;
    private final Map<String, Object> asked = new LinkedHashMap<>();
    private Optional<Teacher> teacher = Optional.empty();

    Planner(TrainRequest request) throws IOException {
        this.request = request;
        if (request.config().isPresent()) {
            Map<String, Object> config = Yaml.map(request.config().get());
            boolean isOfRun = config.keySet().containsAll(IN_EVERY_RUNS_ARGS);
            requireSameNetwork(config, isOfRun);
            asked.putAll(isOfRun ? Presets.ofArgs(config) : config);
            if (request.epochs().isPresent() || request.budget().isPresent()) {
                asked.remove("steps");
            }
            if (request.settings().containsKey("data")) {
                asked.remove("data_sha256"); // other data than the file's are asked for on purpose
            }
            if (request.settings().getOrDefault("holdout", 0) instanceof Integer heldOut && heldOut > 0) {
                asked.remove("calibrate_from"); // the file's run held none out, and this one is its twin
            }
            if (request.settings().containsKey("teachers")) {
                asked.remove("teachers_sha256");
            }
        }
        asked.putAll(request.settings());
        asked.remove("precision", AUTO);
        asked.putIfAbsent("model", Presets.defaultModel(request.budget().orElse(Duration.ZERO)));
        asked.putIfAbsent("data", Training.DEFAULT_DATA);
        if (!Presets.names().contains(asked.get("model"))) {
            throw new TrainException(
                    "unknown network \"" + asked.get("model") + "\"; known: " + String.join(", ", Presets.names()));
        }
    }

    /** A run's settings are those of its network: under another's name they would make neither. */
    private void requireSameNetwork(Map<String, Object> config, boolean isOfRun) throws TrainException {
        Object own = config.get("model");
        Object wanted = request.settings().getOrDefault("model", own);
        if (isOfRun && !wanted.equals(own)) {
            throw new TrainException(request.config().get() + " is of a run of " + own
                    + ", and all its settings are; leave" + " out --model " + wanted + ", or --config");
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
            throw new TrainException(place() + ": data_sha256 is " + expected + ", but " + data() + " is " + hash
                    + "; name the data with --data to train on these pictures all the same");
        }
        asked.putIfAbsent("threads", Runtime.getRuntime().availableProcessors());
        asked.putIfAbsent(
                "holdout", Math.min((int) Presets.ofAll().get("holdout"), images.count() / FEWEST_PER_HELD_OUT));
        TrainSettings draft = draft();
        requireUsable(images, draft);
        Twin.of(draft);
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
        if (!asked.containsKey("precision")) {
            asked.put("precision", Precision.fastest().id());
        }
        TrainSettings decided = decided(images, watch, progress);
        requireUsable(images, decided); // a long run may have larger batches than the draft
        return decided;
    }

    private TrainSettings decided(LabelledImages images, Stopwatch watch, TrainingProgress progress)
            throws IOException, InterruptedException {
        TrainSettings draft = draft();
        boolean isOpen = request.epochs().isEmpty() && request.budget().isEmpty();
        if (isOpen && asked.containsKey("steps")) {
            return settings(draft.steps() / stepsPerEpoch(images, draft));
        }
        Double usual = Presets.epochs(draft.model());
        if (request.epochs().isPresent() || isOpen && usual != null) {
            double epochs = request.epochs().orElseGet(() -> usual);
            asked.put("steps", (long) Math.ceil(epochs * stepsPerEpoch(images, settings(epochs))));
            return settings(epochs);
        }
        return withinBudget(draft, images, watch, progress);
    }

    private static double stepsPerEpoch(LabelledImages images, TrainSettings settings) {
        return (double) (images.count() - settings.holdout()) / settings.batch();
    }

    private TrainSettings withinBudget(
            TrainSettings draft, LabelledImages images, Stopwatch watch, TrainingProgress progress)
            throws IOException, InterruptedException {
        double budget = request.budget().orElse(Training.DEFAULT_BUDGET).toMillis() / 1e3;
        Split split = Training.split(images, draft);
        // A first guess tells which preset the run will have, and that preset's steps are then timed.
        double limit = Pace.limit(budget);
        Pace rough = Pace.measure(draft, split.training(), split.heldOut(), teacher, SHARE_OF_GUESS * limit);
        double perEpoch = stepsPerEpoch(images, draft);
        double epochs = rough.steps(budget - watch.seconds(), perEpoch) / perEpoch;
        TrainSettings likely = settings(epochs);
        perEpoch = stepsPerEpoch(images, likely);
        Pace pace = Pace.measure(likely, split.training(), split.heldOut(), teacher, limit);
        long steps = pace.steps(budget - watch.seconds(), perEpoch);
        progress.note(String.format(
                java.util.Locale.ROOT,
                "a step takes %.1f ms here: %d steps (%.1f epochs) fit into %.0f s",
                pace.secondsPerStep() * 1e3,
                steps,
                steps / perEpoch,
                budget));
        asked.put("steps", steps);
        // Those that were timed, even if their steps come to fewer epochs than their preset wants.
        return settings(epochs);
    }

    /** The settings as far as they are decided: enough to build the network and time it. */
    TrainSettings draft() throws IOException {
        return settings(request.epochs().orElse(0));
    }

    private TrainSettings settings(double epochs) throws IOException {
        Map<String, Object> merged = Presets.of(asked.get("model").toString(), epochs);
        merged.put("precision", Precision.FP32.id());
        merged.put("steps", Pace.STEPS);
        merged.putAll(asked);
        return Yaml.convert(merged, TrainSettings.class, place());
    }

    /** Where settings that cannot be come from, most likely: options are few, and their names are in the message. */
    private String place() {
        return request.config().map(Object::toString).orElse("settings");
    }

    private static void requireUsable(LabelledImages images, TrainSettings settings) throws TrainException {
        if (images.height() != Training.SIDE || images.width() != Training.SIDE) {
            throw new TrainException("the training pictures are " + images.width() + "x" + images.height()
                    + ", but the networks read " + Training.SIDE + "x" + Training.SIDE
                    + "; convert them with: lookbook data convert");
        }
        if (settings.holdout() > images.count() - settings.batch()) {
            throw new TrainException("holdout is " + settings.holdout() + " of " + images.count()
                    + " training pictures, which leaves less than one batch of " + settings.batch()
                    + "; give a smaller --holdout, or a smaller batch in a file for --config");
        }
    }
}
