package dev.lookbook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    @TempDir
    private Path folder;

    private RunFolder finished;
    private RunFolder killed;

    @BeforeEach
    void leaveTwoRuns() throws Exception {
        finished = RunFolder.create(folder.resolve("train"));
        finished.writeArgs(Map.of("model", "small", "epochs", 8));
        finished.writeResults(
                List.of(new EpochResult(8, 60, 0.5, 0.8, OptionalDouble.empty(), OptionalDouble.empty(), 0.01)));
        finished.write("model.onnx", new byte[1_200_000]);
        String report = "{\"accuracy\": 0.93614, \"macro_f1\": 0.9359, \"nll\": 0.2, \"ece\": 0.0123, "
                + "\"train_seconds\": 59.87, \"steps\": 1712, \"parameters\": 297000, \"more\": [1]}";
        finished.write("report.json", report.getBytes(StandardCharsets.UTF_8));
        killed = RunFolder.create(folder.resolve("train2"));
        killed.writeArgs(Map.of("model", "tiny"));
    }

    @Test
    void runsAreReadBackAndWhatIsMissingIsEmpty() throws Exception {
        Comparison comparison = Comparison.of(List.of(finished.path(), killed.path()));

        assertThat(comparison.rows())
                .containsExactly(
                        List.of(
                                finished.toString(),
                                "small",
                                "0.9361",
                                "0.9359",
                                "0.2000",
                                "0.0123",
                                "59.9",
                                "8",
                                "1712",
                                "297000",
                                "1200000"),
                        List.of(killed.toString(), "tiny", "", "", "", "", "", "", "", "", ""));
    }

    @Test
    void theTableIsAligned() throws Exception {
        String[] lines =
                Comparison.of(List.of(finished.path(), killed.path())).table().split("\n");

        assertThat(lines).hasSize(3);
        assertThat(lines[0]).endsWith("model_bytes");
        assertThat(lines[1]).hasSameSizeAs(lines[0]).hasSameSizeAs(lines[2]);
    }

    @Test
    void aReportThatIsDamagedIsSaid() throws Exception {
        finished.write("report.json", "{\"accuracy\": 0.9".getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> Comparison.of(List.of(finished.path())))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("report.json is not JSON")
                .hasMessageContaining("lookbook evaluate");
    }
}
