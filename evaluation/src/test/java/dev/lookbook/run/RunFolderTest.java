package dev.lookbook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFolderTest {
    @TempDir
    private Path folder;

    @Test
    void runsAreCountedUp() throws Exception {
        Path runs = folder.resolve("runs");

        assertThat(RunFolder.next(runs, "train").path()).isEqualTo(runs.resolve("train"));
        assertThat(RunFolder.next(runs, "train").path()).isEqualTo(runs.resolve("train2"));
        assertThat(RunFolder.next(runs, "evaluate").path()).isEqualTo(runs.resolve("evaluate"));
        assertThat(RunFolder.next(runs, "train").path()).isEqualTo(runs.resolve("train3"));
    }

    @Test
    void runsStartedTogetherGetFoldersOfTheirOwn() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        Callable<Path> start =
                () -> RunFolder.next(folder.resolve("runs"), "train").path();

        List<Future<Path>> made = threads.invokeAll(Collections.nCopies(40, start));
        threads.shutdown();

        assertThat(made.stream().map(RunFolderTest::get))
                .doesNotHaveDuplicates()
                .hasSize(40);
        assertThat(folder.resolve("runs/train40")).isDirectory();
    }

    private static Path get(Future<Path> path) {
        try {
            return path.get();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aNamedFolderThatExistsIsRefused() throws Exception {
        Path out = folder.resolve("deep/mine");

        RunFolder.create(out);

        assertThatThrownBy(() -> RunFolder.create(out))
                .isInstanceOf(RunException.class)
                .hasMessage(out + " exists already, and nothing is ever overwritten. "
                        + "Name another directory or remove it");
    }

    @Test
    void aFileInTheWayIsSaid() throws Exception {
        Files.writeString(folder.resolve("runs"), "a file");

        assertThatThrownBy(() -> RunFolder.next(folder.resolve("runs"), "train"))
                .isInstanceOf(RunException.class)
                .hasMessageContaining("cannot make " + folder.resolve("runs/train"));
        assertThatThrownBy(() -> RunFolder.create(folder.resolve("runs/mine"))).isInstanceOf(RunException.class);
    }

    @Test
    void aWriterThatFailsLeavesTheOldFileAndNoOther() throws Exception {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        run.write("checkpoint/last.pt", new byte[] {1, 2, 3});

        assertThatThrownBy(() -> run.write("checkpoint/last.pt", out -> {
                    out.write(new byte[100_000]);
                    throw new IOException("No space left on device");
                }))
                .hasMessage("cannot write " + run.file("checkpoint/last.pt")
                        + ": No space left on device. What was there before is still there");

        assertThat(run.file("checkpoint/last.pt")).hasBinaryContent(new byte[] {1, 2, 3});
        try (Stream<Path> files = Files.list(run.file("checkpoint"))) {
            assertThat(files).hasSize(1);
        }
    }

    @Test
    void onlyOneCanHaveTheLock() throws Exception {
        RunFolder run = RunFolder.create(folder.resolve("run"));

        try (Closeable lock = run.lock()) {
            assertThat(lock).isNotNull();
            assertThatThrownBy(run::lock)
                    .isInstanceOf(RunException.class)
                    .hasMessageContaining("is being written by another process");
        }
        run.lock().close();
    }

    @Test
    void aKilledProcessLeavesNoLock() throws Exception {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        run.toString())
                .redirectErrorStream(true)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("locked");
            assertThatThrownBy(run::lock).hasMessageContaining("is being written by another process");
        } finally {
            other.destroyForcibly().waitFor();
        }

        run.lock().close();
    }

    /** The other process. */
    static final class Holder {
        public static void main(String[] args) throws Exception {
            Path path = Path.of(args[0]);
            Files.writeString(path.resolve(RunFolder.ARGS), "");
            Closeable lock = RunFolder.open(path).lock();
            System.out.println("locked");
            Thread.sleep(60_000);
            lock.close();
        }
    }

    @Test
    void curvesAreWrittenAndReadBack() throws Exception {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        List<EpochResult> results = List.of(
                new EpochResult(1, 7.5, 0.987654, 0.75, OptionalDouble.of(0.5), OptionalDouble.of(0.875), 0.375),
                new EpochResult(2, 15.25, 0.5, 0.8125, OptionalDouble.empty(), OptionalDouble.empty(), 0.00375));

        run.writeResults(results);

        assertThat(run.file("results.csv"))
                .content()
                .startsWith("epoch,time,train/loss,train/accuracy,val/loss,val/accuracy,lr\n1,7.500,0.987654,0.75");
        assertThat(run.readResults()).isEqualTo(results);
    }

    @Test
    void aCurveThatCannotBeReadIsSaid() throws Exception {
        RunFolder run = RunFolder.create(folder.resolve("run"));
        run.write("results.csv", (ResultsFile.HEADER + "\n1,2,3\n").getBytes());

        assertThatThrownBy(run::readResults).hasMessageContaining("results.csv line 2 is not seven numbers");
    }

    @Test
    void whatIsNoRunIsRefused() {
        assertThatThrownBy(() -> RunFolder.open(folder.resolve("nowhere")))
                .hasMessageContaining("there is no run directory");
        assertThatThrownBy(() -> RunFolder.open(folder))
                .hasMessageContaining("it has neither args.yaml nor report.json");
    }
}
