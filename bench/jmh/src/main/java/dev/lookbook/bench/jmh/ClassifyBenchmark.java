package dev.lookbook.bench.jmh;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Prediction;
import dev.lookbook.classify.Scores;
import dev.lookbook.image.Picture;
import dev.lookbook.image.PictureException;
import dev.lookbook.image.Png;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** One image of 28x28 from a PNG file to an answer, and the parts of that; a batch of 250 on one thread. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ClassifyBenchmark {
    private static final int SIDE = 28;
    private static final int BATCH = 250;

    /** A shipped model. */
    @Param({"tiny", "small", "base"})
    public String model;

    private Classifier classifier;
    private byte[] png;
    private byte[] one;
    private byte[] batch;

    @Setup
    public void open() throws IOException {
        classifier = Classifier.open(Path.of(System.getProperty("lookbook.home"), "models", model + ".onnx"), 1);
        one = new byte[SIDE * SIDE];
        new Random(1).nextBytes(one);
        batch = new byte[BATCH * SIDE * SIDE];
        new Random(2).nextBytes(batch);
        png = Png.bytes(Picture.grey(SIDE, SIDE, one).toImage());
    }

    @TearDown
    public void close() {
        classifier.close();
    }

    @Benchmark
    public Picture decodePng() throws PictureException {
        return Picture.read(png, "picture");
    }

    @Benchmark
    public Scores scoreOne() {
        return classifier.score(one, 1);
    }

    @Benchmark
    public Scores scoreBatchOf250() {
        return classifier.score(batch, BATCH);
    }

    @Benchmark
    public Prediction classifyPng() throws PictureException {
        return classifier.classify(Picture.read(png, "picture"));
    }
}
