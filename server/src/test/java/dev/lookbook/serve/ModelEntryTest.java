package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelEntryTest {
    @TempDir
    private Path folder;

    @Test
    void aModelUnloadedBeforeItsFileWasReadIsNotBroughtBackByTheNextLooks() throws Exception {
        ModelEntry entry =
                new ModelEntry(Files.copy(Running.HOME.resolve("models/mlp.onnx"), folder.resolve("mlp.onnx")), 1);

        entry.unload();

        for (int look = 0; look < 3; look++) {
            assertThat(entry.look()).isEqualTo(ModelEntry.Change.NONE);
        }
        assertThat(entry.model()).isNull();
        assertThat(entry.reason()).isEqualTo("unloaded on request");
        assertThat(entry.wasTried())
                .as("or the first opening of all files would read it")
                .isTrue();
    }
}
