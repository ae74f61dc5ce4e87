package dev.lookbook.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LabelMapTest {
    private static final List<String> CLASSES = List.of("hat", "longsleeve", "shoes", "t-shirt");
    private static final List<String> LABELS = List.of("T-shirt/top", "Pullover", "Sandal", "Shirt", "Sneaker");

    @TempDir
    Path folder;

    @Test
    void severalLabelsMayCountForOneClass() throws IOException {
        LabelMap map = read("""
                t-shirt: T-shirt/top
                shoes: [Sneaker, Sandal]
                hat: ignore
                """);

        assertThat(map.accepted(2)).containsExactly("Sandal", "Sneaker");
        assertThat(map.accepts(2, 2)).isTrue();
        assertThat(map.accepts(2, 0)).isFalse();
        assertThat(map.accepted(3)).containsExactly("T-shirt/top");
    }

    @Test
    void ignoredAndUnnamedClassesAreNotScored() throws IOException {
        LabelMap map = read("t-shirt: T-shirt/top\nhat: ignore\n");

        assertThat(List.of(map.scores(0), map.scores(1), map.scores(2), map.scores(3)))
                .containsExactly(false, false, false, true);
    }

    @Test
    void sharedLabelsLeavePrecisionAndF1Empty() throws IOException {
        LabelMap map = read("longsleeve: [Pullover, Shirt]\nt-shirt: [T-shirt/top, Shirt]\n");
        float[] probabilities = {0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0};
        Answers answers = Answers.of(probabilities, new float[0], new int[] {0, 1, 2}, new int[] {1, 3, 3}, map);

        List<Report.ClassScore> scores = new Confusion(answers, map).scores();

        assertThat(scores)
                .containsExactly(
                        new Report.ClassScore(
                                "longsleeve",
                                OptionalDouble.empty(),
                                1,
                                OptionalDouble.empty(),
                                1,
                                List.of("Pullover", "Shirt")),
                        new Report.ClassScore(
                                "t-shirt",
                                OptionalDouble.empty(),
                                0.5,
                                OptionalDouble.empty(),
                                2,
                                List.of("T-shirt/top", "Shirt")));
        assertThat(Confusion.macroF1(scores)).isEmpty();
    }

    @Test
    void labelsOfOneClassAddUpInItsPrecisionAndInTheLoss() throws IOException {
        LabelMap map = read("shoes: [Sneaker, Sandal]\nt-shirt: T-shirt/top\n");
        float[] probabilities = {0, 0, 0.25f, 0.5f, 0.25f, 0, 0, 0.75f, 0.25f, 0, 0, 0, 0, 0.25f, 0.75f};
        Answers answers = Answers.of(probabilities, new float[0], new int[] {0, 1, 2}, new int[] {2, 2, 3}, map);

        Report.ClassScore shoes = new Confusion(answers, map).scores().get(0);

        assertThat(shoes.precision()).hasValue(0.5); // two answers are shoes, one of them is a t-shirt
        assertThat(shoes.recall()).isEqualTo(0.5);
        assertThat(answers.loss()[0]).isEqualTo(-Math.log(0.5));
    }

    @Test
    void classesOfTheSameNameNeedNoFileAndNoOrder() throws IOException {
        LabelMap map = LabelMap.sameNames(List.of("Shirt", "Sandal"), LABELS);

        assertThat(map.accepted(0)).containsExactly("Shirt");
        assertThat(map.accepted(1)).containsExactly("Sandal");
    }

    @Test
    void aClassThatTheModelDoesNotKnowAsksForAMapping() {
        assertThatThrownBy(() -> LabelMap.sameNames(List.of("Shirt", "hat", "shoes"), LABELS))
                .isInstanceOf(EvaluationException.class)
                .hasMessage(
                        "the model does not know the class \"hat\", \"shoes\". It knows: T-shirt/top, Pullover, Sandal,"
                                + " Shirt, Sneaker. Say which of these count as right with --map MAPPING.yaml");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "socks: Sandal | : the data have no class \"socks\". Their classes: hat, longsleeve, shoes, t-shirt",
                "shoes: [Sandal, Boot] | : \"shoes\" is mapped to \"Boot\", which the model does not know. It knows: "
                        + "T-shirt/top, Pullover, Sandal, Shirt, Sneaker; or ignore",
                "shoes: | : \"shoes\" has no label. Each line is CLASS: LABEL, CLASS: [LABEL, LABEL] or CLASS: ignore",
                "shoes: [] | : \"shoes\" has no label. Each line is",
                "shoes: {a: Sandal} | : \"shoes\" has no label. Each line is",
                "hat: ignore | leaves every class out. Each line is",
                "shoes | is not a mapping. Each line is",
                "`` | is not a mapping. Each line is",
                "shoes: [Sandal | line 1: ",
                "`shoes: Sandal\nshoes: Sneaker` | line 2: ",
            })
    void aMistakeInTheFileIsNamed(String yaml, String message) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(EvaluationException.class)
                .hasMessageStartingWith(folder.resolve("map.yaml").toString())
                .hasMessageContaining(message)
                .message()
                .doesNotContain("\n");
    }

    @Test
    void aFolderInPlaceOfAFileIsNamed() {
        assertThatThrownBy(() -> LabelMap.read(folder, CLASSES, LABELS))
                .isInstanceOf(EvaluationException.class)
                .hasMessageStartingWith(folder + " is a folder, not a YAML file. Each line is");
    }

    private LabelMap read(String yaml) throws IOException {
        Path file = folder.resolve("map.yaml");
        Files.writeString(file, yaml);
        return LabelMap.read(file, CLASSES, LABELS);
    }
}
