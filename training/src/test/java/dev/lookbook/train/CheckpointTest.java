package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckpointTest {
    private static final Checkpoint CHECKPOINT = new Checkpoint(
            new Checkpoint.Progress(12, 3.25, 40.5, 77, 96),
            Map.of("learning_rate", 0.25, "widths", List.of(16, 32)),
            Map.of("stage1.conv.bias", new Checkpoint.Values(new long[] {2, 1}, new float[] {1.5f, -0f})));

    @TempDir
    Path folder;

    @Test
    void whatIsReadIsWhatWasWritten() throws IOException {
        Checkpoint read = Checkpoint.read(file(bytes()));

        assertThat(read.progress()).isEqualTo(CHECKPOINT.progress());
        assertThat(read.settings()).isEqualTo(CHECKPOINT.settings());
        assertThat(read.tensors()).containsOnlyKeys("stage1.conv.bias");
        assertThat(read.tensors().get("stage1.conv.bias").shape()).containsExactly(2, 1);
        assertThat(read.tensors().get("stage1.conv.bias").values()).containsExactly(1.5f, -0f);
    }

    @Test
    void everyFlippedBitIsRefused() throws IOException {
        byte[] whole = bytes();
        for (int i = 0; i < whole.length; i++) {
            byte[] flipped = whole.clone();
            flipped[i] ^= 1 << (i % 8);

            assertThatThrownBy(() -> Checkpoint.read(file(flipped)))
                    .as("byte " + i)
                    .isInstanceOf(TrainException.class)
                    .hasMessageContaining("last.safetensors: the checkpoint is damaged");
        }
    }

    @Test
    void aFileThatIsCutOffIsRefused() throws IOException {
        byte[] whole = bytes();
        for (int length : new int[] {0, 7, 39, whole.length - 1}) {
            byte[] cut = Arrays.copyOf(whole, length);

            assertThatThrownBy(() -> Checkpoint.read(file(cut)))
                    .isInstanceOf(TrainException.class)
                    .hasMessageContaining("start a new run");
        }
    }

    @Test
    void aMissingFileIsSaidSo() {
        assertThatThrownBy(() -> Checkpoint.read(folder.resolve("none")))
                .isInstanceOf(TrainException.class)
                .hasMessageContaining("no checkpoint to resume from");
    }

    private static byte[] bytes() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CHECKPOINT.writeTo(out);
        return out.toByteArray();
    }

    private Path file(byte[] bytes) throws IOException {
        return Files.write(folder.resolve("last.safetensors"), bytes);
    }
}
