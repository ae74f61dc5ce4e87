package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.dataset.LabelledImages;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlannerTest {
    /** Long runs of {@code base} have larger batches than short ones. */
    @ParameterizedTest
    @CsvSource({"small,10,256,40", "base,10,256,40", "base,59.9,256,240", "base,60,512,120", "base,100,512,200"})
    void asManyStepsAreTakenAsTheEpochsHaveBatches(String model, double epochs, int batch, long steps)
            throws Exception {
        LabelledImages images = Pictures.real(1124);
        Planner planner = new Planner(new TrainRequest(
                Map.of("model", model, "holdout", 100, "precision", "fp32", "threads", 1),
                OptionalDouble.of(epochs),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
        planner.check(images);

        TrainSettings settings = planner.decide(images, new Stopwatch(), TrainingProgress.SILENT);

        assertThat(settings.batch()).isEqualTo(batch);
        assertThat(settings.steps()).isEqualTo(steps);
    }
}
