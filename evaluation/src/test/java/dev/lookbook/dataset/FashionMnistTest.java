package dev.lookbook.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FashionMnistTest {
    private static final Path DATA = Path.of(System.getProperty("lookbook.home"), "data");

    @Test
    void isFoundInTheCheckoutAndReadWhole() throws Exception {
        Source source = Source.of("fashion-mnist", Optional.empty());

        LabelledImages train = source.read(Source.TRAIN);
        LabelledImages test = source.read(Source.TEST);

        assertThat(source.splits()).containsExactly("train", "test");
        assertThat(train.count()).isEqualTo(60_000);
        assertThat(train.countOfEachLabel()).containsOnly(6_000).hasSize(10);
        assertThat(test.count()).isEqualTo(10_000);
        assertThat(test.countOfEachLabel()).containsOnly(1_000).hasSize(10);
        assertThat(train.labels().get(train.label(0))).isEqualTo("Ankle boot");
    }

    /** In seconds of processor time, since other work may run beside the tests; a fresh JVM takes about 1. */
    @Test
    void readingAndCheckingAllFourFilesIsCheap() throws Exception {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        Source source = Source.of("fashion-mnist", Optional.of(DATA));
        long start = System.nanoTime();
        long startCpu = system.getProcessCpuTime();

        source.read(Source.TRAIN);
        source.read(Source.TEST);

        double cpu = (system.getProcessCpuTime() - startCpu) * 1e-9;
        System.out.printf(
                "read and checked in %.2f s, %.2f s of processor time%n", (System.nanoTime() - start) * 1e-9, cpu);
        assertThat(cpu).isLessThan(4);
    }

    @Test
    void otherContentUnderItsNameIsRefused(@TempDir Path folder) throws Exception {
        for (String name : FashionMnist.SHA256.keySet()) {
            Files.copy(DATA.resolve("fashion-mnist").resolve(name + ".gz"), folder.resolve(name + ".gz"));
        }
        Path packed = folder.resolve("t10k-labels-idx1-ubyte.gz");
        byte[] changed = new GZIPInputStream(Files.newInputStream(packed)).readAllBytes();
        changed[5_000] ^= 1;
        Files.delete(packed);
        Files.write(folder.resolve("t10k-labels-idx1-ubyte"), changed);

        Source source = Source.of("fashion-mnist", Optional.of(folder));

        assertThat(source.read(Source.TRAIN).count()).isEqualTo(60_000);
        assertThatThrownBy(() -> source.read(Source.TEST))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining("t10k-labels-idx1-ubyte is not the published Fashion-MNIST file")
                .hasMessageContaining("lookbook data fetch");
        assertThat(Source.of(folder.toString(), Optional.empty())
                        .read(Source.TEST)
                        .count())
                .as("under another name it is data like any other")
                .isEqualTo(10_000);
    }

    @Test
    void theErrorNamesThePlacesAndTheWayOut(@TempDir Path folder) {
        assertThatThrownBy(() -> Source.of("fashion-mnist", Optional.of(folder)))
                .isInstanceOf(DatasetException.class)
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("lookbook data fetch fashion-mnist");
    }
}
