package dev.lookbook.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.classify.Classifier;
import dev.lookbook.image.Picture;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.Models;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The programs of docs/embedding.md: they run, and the page shows them as they are. */
class EmbeddingTest {
    private static final Path HOME = Path.of(System.getProperty("lookbook.home"));

    @TempDir
    Path folder;

    private Path model;
    private Path shirt;

    @BeforeEach
    void writeModelAndPicture() throws Exception {
        model = folder.resolve("toy.onnx");
        ModelFile.write(model, Models.network(28, 2, new Random(1)), Models.info("Shirt", "Coat"));
        shirt = Files.createDirectory(folder.resolve("pictures")).resolve("shirt.png");
        byte[] pixels = new byte[28 * 28];
        new Random(2).nextBytes(pixels);
        ImageIO.write(Picture.grey(28, 28, pixels).toImage(), "png", shirt.toFile());
    }

    @Test
    void classifiesOnePicture() throws Exception {
        PrintStream before = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PrintStream captured = new PrintStream(out, true, StandardCharsets.UTF_8)) {
            System.setOut(captured);
            ClassifyOnePicture.main(new String[] {model.toString(), shirt.toString()});
        } finally {
            System.setOut(before);
        }

        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .satisfiesExactly(
                        answer -> assertThat(answer).matches("(Shirt|Coat), \\d+%"),
                        advice -> assertThat(advice).isEqualTo("better have somebody look at it"));
    }

    @Test
    void countsAFolder() throws Exception {
        Files.writeString(shirt.resolveSibling("notes.png"), "not a picture");

        try (Classifier classifier = Classifier.open(model)) {
            Map<String, Integer> counts = CountGarments.count(classifier, shirt.getParent());

            assertThat(counts).containsEntry("unreadable", 1).hasSize(2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ClassifyOnePicture", "CountGarments"})
    void pageShowsTheProgramAsItIsCompiled(String program) throws Exception {
        Path source = HOME.resolve("classifier/src/test/java/dev/lookbook/example/" + program + ".java");
        String compiled = Files.readString(source);
        String withoutPackage = compiled.substring(compiled.indexOf("import ")).strip();

        String page = Files.readString(HOME.resolve("docs/embedding.md"));

        assertThat(Pattern.compile("```java\n(.*?)```", Pattern.DOTALL)
                        .matcher(page)
                        .results())
                .extracting((MatchResult block) -> block.group(1).strip())
                .contains(withoutPackage);
    }
}
