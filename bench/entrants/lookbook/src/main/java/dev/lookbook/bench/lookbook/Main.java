package dev.lookbook.bench.lookbook;

import dev.lookbook.bench.harness.Child;
import dev.lookbook.bench.harness.Entrant;
import dev.lookbook.bench.harness.Pace;
import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Scores;
import dev.lookbook.run.RunFolder;
import dev.lookbook.train.TrainRequest;
import dev.lookbook.train.TrainSettings;
import dev.lookbook.train.Training;
import dev.lookbook.train.TrainingProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** Lookbook, through its public front doors and with its presets; all training images are trained on. */
public final class Main implements Entrant {
    private Main() {}

    public static void main(String[] args) throws Exception {
        Child.run(new Main(), args);
    }

    @Override
    public String train(Task task, Path data, Path model, Pace pace) throws Exception {
        Map<String, Object> settings = new HashMap<>(
                Map.of("model", task.network(), "seed", task.seed(), "threads", task.threads(), "holdout", 0));
        Optional.ofNullable(System.getProperty(PRECISION)).ifPresent(precision -> settings.put("precision", precision));
        TrainRequest request = new TrainRequest(
                settings,
                OptionalDouble.of(task.epochs()),
                Optional.empty(),
                Optional.empty(),
                Optional.of(data),
                Optional.of(model));
        Told told = new Told(pace);
        Training.start(request, told);
        return told.settings.precision();
    }

    private static final class Told implements TrainingProgress {
        private final Pace pace;
        private TrainSettings settings;

        Told(Pace pace) {
            this.pace = pace;
        }

        @Override
        public void started(Path run, TrainSettings decided, double stepsPerEpoch, long firstStep) {
            settings = decided;
        }

        @Override
        public void step(Step step) {
            pace.stepDone(settings.batch());
        }
    }

    @Override
    public TrainedModel open(Path model, int threads) throws IOException {
        Classifier classifier = Classifier.open(model.resolve(RunFolder.MODEL), threads);
        return new TrainedModel() {
            @Override
            public int[] classify(byte[] pixels, int count) {
                Scores scores = classifier.score(pixels, count);
                return IntStream.range(0, count).map(scores::best).toArray();
            }

            @Override
            public long parameters() {
                return classifier.model().parameters();
            }

            @Override
            public void close() {
                classifier.close();
            }
        };
    }
}
