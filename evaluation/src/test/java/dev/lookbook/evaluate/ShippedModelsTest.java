package dev.lookbook.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookbook.classify.Classifier;
import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Source;
import dev.lookbook.run.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every shipped model is what its card says, on the whole test set: nobody ships a worse one unseen. */
class ShippedModelsTest {
    private static final Path HOME = Path.of(System.getProperty("lookbook.home"));
    private static final Path MODELS = HOME.resolve("models");
    private static final long MOST_BYTES = 40L << 20;

    private static LabelledImages test;

    @TempDir
    Path folder;

    @BeforeAll
    static void readTheTestSet() throws IOException {
        test = Source.of("fashion-mnist", Optional.of(HOME.resolve("data"))).read(Source.TEST);
    }

    static Stream<String> names() {
        return Stream.of("mlp", "classic", "tiny", "small", "base", "ensemble");
    }

    @ParameterizedTest
    @MethodSource("names")
    void aModelScoresWhatItsCardSays(String name) throws Exception {
        Map<String, Object> card = card(name);
        Path file = MODELS.resolve(name + ".onnx");

        try (Classifier classifier = Classifier.open(file)) {
            Report report =
                    Evaluation.of(classifier, test, "fashion-mnist test").report();

            assertThat(report.accuracy()).isCloseTo(number(card, "accuracy"), within(0.0002));
            assertThat(report.macroF1().orElseThrow()).isCloseTo(number(card, "macro_f1"), within(0.0002));
            assertThat(report.nll()).isCloseTo(number(card, "nll"), within(1e-4));
            assertThat(report.ece()).isCloseTo(number(card, "ece"), within(1e-4));
            assertThat(classifier.model().info().name()).isEqualTo(name);
            assertThat(classifier.model().parameters()).isEqualTo((long) number(card, "parameters"));
            assertThat(classifier.model().flops()).isEqualTo((long) number(card, "flops"));
            assertThat(classifier.model().info().labels()).isEqualTo(test.labels());
        }
        assertThat(sha256(file)).isEqualTo(card.get("sha256"));
        assertThat(card.get("command").toString())
                .startsWith(name.equals("ensemble") ? "./lookbook export " : "./lookbook train --model " + name);
        assertThat(card).containsKeys("data", "data_licence", "licence");
    }

    @Test
    void everyModelThatIsShippedIsTestedHereAndTheyAreSmall() throws IOException {
        try (Stream<Path> files = Files.list(MODELS)) {
            List<Path> models =
                    files.filter(file -> file.toString().endsWith(".onnx")).toList();

            assertThat(models)
                    .extracting(file -> file.getFileName().toString().replace(".onnx", ""))
                    .containsExactlyInAnyOrderElementsOf(names().toList());
            assertThat(models.stream().mapToLong(file -> file.toFile().length()).sum())
                    .isLessThan(MOST_BYTES);
        }
    }

    private static double number(Map<String, Object> card, String key) {
        assertThat(card.get(key)).as(key + " of the card").isInstanceOf(Number.class);
        return ((Number) card.get(key)).doubleValue();
    }

    /** The front matter of a card: what lies between its first two lines of three dashes. */
    private Map<String, Object> card(String name) throws IOException {
        String[] parts = Files.readString(MODELS.resolve(name + ".md")).split("(?m)^---$", 3);
        assertThat(parts).as("front matter and text of the card").hasSize(3);
        assertThat(parts[2]).containsIgnoringCase("intended use").containsIgnoringCase("limits");
        return Yaml.map(Files.writeString(folder.resolve("card.yaml"), parts[1]));
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }
}
