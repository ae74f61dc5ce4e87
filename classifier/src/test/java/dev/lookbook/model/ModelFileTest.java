package dev.lookbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
    private static final ModelInfo INFO = new ModelInfo(
            "small",
            "3",
            List.of("Coat", "T-shirt/top", "Kleid für \"gut\""),
            "fashion-mnist/1",
            true,
            OptionalDouble.of(0.875),
            "{\"seed\": 1}");

    @TempDir
    Path folder;

    @Test
    void givesBackWhatWasWritten() throws Exception {
        Graph graph = Models.network(12, 3, new Random(1));
        Path file = folder.resolve("small.onnx");

        ModelFile.write(file, graph, INFO);
        ModelFile model = ModelFile.read(file);

        assertThat(model.info()).isEqualTo(INFO);
        assertThat(model.layers()).isEqualTo(graph.layers());
        assertThat(model.parameters()).isEqualTo(graph.parameters()).isEqualTo(8 * 9 + 8 + 8 * 8 * 9 + 8 + 24);
        assertThat(model.flops()).isEqualTo(graph.flops()).isEqualTo(2 * (72 * 144 + 576 * 36 + 24));
        assertThat(List.of(model.height(), model.width(), model.channels())).containsExactly(12, 12, 1);
        assertThat(List.of(model.classes(), model.embeddingSize())).containsExactly(3, 8);
        assertThat(model.bytes()).isEqualTo(Files.readAllBytes(file));
    }

    @Test
    void sameContentGivesTheSameBytes() throws Exception {
        byte[] first = ModelFile.of(Models.network(12, 3, new Random(1)), INFO).bytes();
        byte[] second = ModelFile.of(Models.network(12, 3, new Random(1)), INFO).bytes();
        byte[] other = ModelFile.of(Models.network(12, 3, new Random(2)), INFO).bytes();

        assertThat(first).isEqualTo(second).isNotEqualTo(other);
    }

    @Test
    void hashIsThatOfTheFileWithoutItsLastEntry() throws Exception {
        ModelFile model = ModelFile.of(Models.tiny(), Models.info("a", "b"));
        byte[] content = Arrays.copyOf(model.bytes(), model.bytes().length - 84);

        byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);

        assertThat(model.contentSha256()).isEqualTo(HexFormat.of().formatHex(hash));
    }

    @Test
    void writingLeavesNothingButTheFileAndReplacesAnOlderOne() throws Exception {
        Path file = Files.writeString(folder.resolve("model.onnx"), "older");

        ModelFile.write(file, Models.tiny(), Models.info("a", "b"));

        assertThat(folder).isDirectoryContaining(path -> path.equals(file));
        assertThat(Files.list(folder)).hasSize(1);
        assertThat(ModelFile.read(file).info().name()).isEqualTo("toy");
    }

    @Test
    void failedWriteLeavesNothing() {
        Path inTheWay = folder.resolve("model.onnx/inside");
        assertThat(inTheWay.toFile().mkdirs()).isTrue();

        assertThatThrownBy(() -> ModelFile.write(inTheWay.getParent(), Models.tiny(), Models.info("a", "b")))
                .isInstanceOf(java.io.IOException.class);

        assertThat(folder.toFile().list()).containsExactly("model.onnx");
    }

    @Test
    void refusesLabelsThatDoNotFitTheGraph() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelFile.of(Models.tiny(), Models.info("a", "b", "c")))
                .withMessage("the graph has 2 classes, but there are 3 labels");
    }

    @Test
    void refusesATemperatureInAModelThatIsNotCalibrated() {
        Graph graph = new Graph(1, 2);
        String flat = graph.flatten("flatten", graph.pixels(1, 0));
        graph.outputs(flat, flat, 1.5f);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> ModelFile.of(graph, Models.info("a", "b")))
                .withMessageContaining("1.5");
    }
}
