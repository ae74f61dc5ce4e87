package dev.lookbook.serve;

import dev.lookbook.classify.Classifier;
import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Source;
import dev.lookbook.evaluate.Evaluation;
import dev.lookbook.run.EpochResult;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** A run directory as training leaves one, but for the model: settings, two epochs, and a real report on 300 test images. */
final class MadeRun {
    private static final int IMAGES = 300;

    private MadeRun() {}

    static RunFolder write(Path path) throws IOException {
        RunFolder run = RunFolder.create(path);
        run.writeArgs(Map.of("model", "tiny", "data", "fashion-mnist", "seed", 1));
        run.writeResults(List.of(
                new EpochResult(1, 10, 1.5, 0.5, OptionalDouble.of(1.4), OptionalDouble.of(0.6), 0.1),
                new EpochResult(2, 20, 1.2, 0.7, OptionalDouble.of(1.1), OptionalDouble.of(0.75), 0.01)));
        LabelledImages test = Source.of("fashion-mnist", Optional.empty())
                .read(Source.TEST)
                .subset(IntStream.range(0, IMAGES).toArray());
        try (Classifier classifier = Classifier.open(Running.shipped("tiny"), 1)) {
            String report = Evaluation.of(classifier, test, "fashion-mnist test")
                    .report()
                    .json();
            run.write(RunFolder.REPORT, report.getBytes(StandardCharsets.UTF_8));
        }
        return run;
    }
}
