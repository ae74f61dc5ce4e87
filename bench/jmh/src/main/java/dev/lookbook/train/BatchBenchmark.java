package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** From IDX files to a training batch of 256 pictures; in this package since augmentation is nobody else's business. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class BatchBenchmark {
    private static final int BATCH = 256;

    private final Augmentation plain = new Augmentation(1, 1_000_000_000, true, 0, 0, 12, 0, 0);
    private final Augmentation full = new Augmentation(1, 1_000_000_000, true, 1, 0.4, 12, 0, 0);
    private Source source;
    private LabelledImages images;
    private byte[] batch;
    private long step;

    @Setup
    public void read() throws IOException {
        Path data = Path.of(System.getProperty("lookbook.home"), "data");
        source = Source.of(Training.DEFAULT_DATA, Optional.of(data));
        images = source.read(Source.TRAIN);
        batch = new byte[BATCH * images.height() * images.width()];
    }

    /** The 10,000 test images, unpacked and checked. */
    @Benchmark
    public LabelledImages readTestImages() throws IOException {
        return source.read(Source.TEST);
    }

    @Benchmark
    public byte[] mirroredBatch() {
        return fill(plain);
    }

    @Benchmark
    public byte[] mirroredShiftedAndErasedBatch() {
        return fill(full);
    }

    private byte[] fill(Augmentation augmentation) {
        SplittableRandom random = augmentation.random(step);
        for (int slot = 0; slot < BATCH; slot++) {
            int image = (int) ((step * BATCH + slot) % images.count());
            augmentation.copy(images.pixels(), image, batch, slot, images.height(), images.width(), step, step, random);
        }
        step++;
        return batch;
    }
}
