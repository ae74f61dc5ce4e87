package dev.lookbook.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.within;

import dev.lookbook.bench.harness.Entrant.Task;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Measures a real entrant in real processes. */
class EntrantProcessTest {
    private static final Path DATA = Path.of(System.getProperty("lookbook.home"), "data/fashion-mnist");
    private static final Duration LONG = Duration.ofMinutes(2);

    @TempDir
    Path folder;

    private EntrantProcess entrant;

    @BeforeEach
    void putTheEntrantOnAClassPath() throws IOException {
        entrant = MeanImages.process(folder);
    }

    @Test
    void trainsScoresAndAnswers() throws Exception {
        Path model = folder.resolve("model");

        EntrantProcess.Told trained =
                run(Child.trainArguments(new Task("means", 1, 1, 1), DATA, model, Idx.TEST_IMAGES));
        EntrantProcess.Told classified = run(Child.classifyArguments(model, 1, DATA, 500, 0.1));
        EntrantProcess.Told answered = run(Child.answerArguments(model, 1, DATA));

        // The nearest mean of each class is right for 67.68% of the test images.
        assertThat(Double.parseDouble(trained.value("accuracy"))).isCloseTo(0.6768, within(0.0002));
        assertThat(trained.value("steps")).isEqualTo("60");
        assertThat(trained.value("precision")).isEqualTo("fp64");
        assertThat(trained.value("parameters")).isEqualTo("7840");
        assertThat(Double.parseDouble(trained.value("train_seconds"))).isBetween(0.01, trained.seconds());
        assertThat(Double.parseDouble(trained.value("train_images_per_second"))).isPositive();
        assertThat(Double.parseDouble(classified.value("classify_images_per_second")))
                .isPositive();
        assertThat(answered.value("answer")).isEqualTo("5"); // an ankle boot, but nearest to the sandals
        assertThat(answered.secondsToFirst()).isPositive().isLessThanOrEqualTo(answered.seconds());
        assertThat(answered.timedOut()).isFalse();
    }

    @Test
    void aFailureSaysWhatTheProcessSaid() {
        assertThatIOException()
                .isThrownBy(() -> run(List.of("fail")))
                .withMessageContaining("toy failed at fail")
                .withMessageContaining("no luck today");
    }

    @Test
    void aProcessThatTakesTooLongIsEnded() throws Exception {
        EntrantProcess.Told told = entrant.run(List.of("sleep"), folder.resolve("log"), Duration.ofSeconds(1));

        assertThat(told.timedOut()).isTrue();
        assertThat(told.seconds()).isLessThan(30);
    }

    private EntrantProcess.Told run(List<String> arguments) throws IOException, InterruptedException {
        return entrant.run(arguments, folder.resolve("log"), LONG);
    }
}
