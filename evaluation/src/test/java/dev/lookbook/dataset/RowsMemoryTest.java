package dev.lookbook.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.lookbook.image.Preparation;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A long file costs time, not memory. */
class RowsMemoryTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    private Path folder;

    @Test
    void anIdxFileOf200000RowsStaysFlat() throws Exception {
        int rows = 200_000;
        byte[] image = Made.images(1, FashionMnist.LABELS, 1).pixels();
        byte[] header = ByteBuffer.allocate(16)
                .putInt(IdxStream.IMAGES)
                .putInt(rows)
                .putInt(28)
                .putInt(28)
                .array();
        Path file = repeated("long-images-idx3-ubyte.gz", header, image, rows);

        assertFlat(file, rows, 2_000);
    }

    @Test
    void aCsvFileOf100000RowsStaysFlat() throws Exception {
        byte[] header = (Made.header() + "\n").getBytes(StandardCharsets.UTF_8);
        byte[] row = (Made.row("3", 784) + "\n").getBytes(StandardCharsets.UTF_8);
        Path file = repeated("long.csv.gz", header, row, 100_000);

        assertFlat(file, 100_000, 8_000);
    }

    private Path repeated(String name, byte[] first, byte[] then, int times) throws IOException {
        Path file = folder.resolve(name);
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 1 << 16)) {
            out.write(first);
            for (int i = 0; i < times; i++) {
                out.write(then);
            }
        }
        return file;
    }

    /** Reads the file in ten parts and weighs what is alive after each. */
    private static void assertFlat(Path file, int expected, int mostAllocatedPerRow) throws IOException {
        try (Rows rows = Rows.open(file)) {
            long[] alive = new long[10];
            long allocated = THREADS.getCurrentThreadAllocatedBytes();
            long start = THREADS.getCurrentThreadCpuTime();
            int count = 0;
            for (int part = 0; part < alive.length; part++) {
                for (int i = 0; i < expected / alive.length; i++) {
                    rows.next().prepare(Preparation.FASHION_MNIST_1);
                    count++;
                }
                alive[part] = aliveBytes();
            }
            double seconds = (THREADS.getCurrentThreadCpuTime() - start) * 1e-9;
            long perRow = (THREADS.getCurrentThreadAllocatedBytes() - allocated) / count;
            System.out.printf(
                    "%s: %,d rows per second of one core, %,d bytes allocated per row, %,d more alive at the end%n",
                    file.getFileName(), Math.round(count / seconds), perRow, alive[9] - alive[0]);
            assertThat(rows.hasNext()).isFalse();
            assertThat(alive[9] - alive[0]).isLessThan(4 << 20);
            assertThat(perRow).isLessThan(mostAllocatedPerRow);
        }
    }

    private static long aliveBytes() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
