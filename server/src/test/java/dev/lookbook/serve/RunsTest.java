package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which runs are listed, and in which order. */
class RunsTest {
    @TempDir
    Path folder;

    @Test
    void runsAreInTheOrderOfTheirNumbers() throws IOException {
        for (String name : List.of("train10", "tiny-2-b10", "train", "train2", "tiny-2-b9", "tiny-11", "train02")) {
            begin(name);
        }

        Map<String, Object> list = new Runs(folder).list();

        assertThat(names(list))
                .containsExactly("tiny-2-b9", "tiny-2-b10", "tiny-11", "train", "train02", "train2", "train10");
        assertThat(list).containsEntry("left_out", 0);
    }

    @Test
    void ofVeryManyThoseThatChangedLastAreListedAndTheOthersCountedAndStillFound() throws IOException {
        for (int i = 1; i <= Runs.MOST + 3; i++) {
            Path run = begin("train" + i);
            Files.setLastModifiedTime(
                    run, FileTime.fromMillis(i == 1 ? 1_000_000 : 1000 * i)); // begun first, resumed last
        }

        Map<String, Object> list = new Runs(folder).list();

        assertThat(names(list))
                .hasSize(Runs.MOST)
                .startsWith("train1", "train5", "train6")
                .endsWith("train203");
        assertThat(list).containsEntry("left_out", 3);
        assertThat(Runs.name(new Runs(folder).find("train3"))).isEqualTo("train3");
    }

    /** As RunFolder begins one, but without waiting for the disk: there are two hundred. */
    private Path begin(String name) throws IOException {
        Path run = Files.createDirectory(folder.resolve(name));
        Files.writeString(run.resolve(RunFolder.ARGS), "model: tiny\n");
        return run;
    }

    private static List<Object> names(Map<String, Object> list) {
        return ((List<?>) list.get("runs"))
                .stream().<Object>map(run -> ((Map<?, ?>) run).get("run")).toList();
    }
}
