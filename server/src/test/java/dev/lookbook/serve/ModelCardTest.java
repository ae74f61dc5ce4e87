package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is shown of the file beside a model. */
class ModelCardTest {
    @TempDir
    static Path folder;

    private static Map<String, Object> with(String file) throws IOException {
        Path model = folder.resolve("mine.onnx");
        if (!Files.exists(model)) {
            Files.copy(Running.shipped("mlp"), model);
        }
        Files.writeString(folder.resolve("mine.md"), file);
        ServedModel served = ServedModel.open(model, 1);
        try {
            return ModelCard.of(served, true);
        } finally {
            served.retire();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            Words.                          | -           | Words.
            ---\\nname: mine\\n---\\nWords. | {name=mine} | Words.
            ---\\nsha256: 7\\n---\\nWords.  | {sha256=7}  | Words.
            ---\\n# nothing\\n---\\nWords.  | -           | -
            ---\\n- a list\\n---\\nWords.   | -           | -
            """)
    void aCardNeedNotNameItsFile(String file, String card, String text) throws IOException {
        Map<String, Object> shown = with(file.replace("\\n", "\n"));

        assertThat(shown.containsKey("card") ? shown.get("card").toString() : null)
                .isEqualTo(card);
        assertThat(shown.get("text")).isEqualTo(text);
        assertThat(shown).doesNotContainKey("card_problem");
    }

    @Test
    void aCardThatNamesItsFileIsShown() throws IOException {
        String shipped = Files.readString(Running.HOME.resolve("models/mlp.md"));

        assertThat(with(shipped)).containsKeys("card", "text").doesNotContainKey("card_problem");
    }

    @Test
    void ofACardThatNamesAnotherFileNothingIsShown() throws IOException {
        String other = Files.readString(Running.HOME.resolve("models/tiny.md"));

        Map<String, Object> shown = with(other);

        assertThat(shown).doesNotContainKeys("card", "text");
        assertThat(shown.get("card_problem"))
                .isEqualTo("mine.md is the card of another file: its sha256 is not that of mine.onnx. "
                        + "Put the card that belongs to the model in its place");
    }
}
