package dev.lookbook.bench.jmh;

import dev.lookbook.image.Picture;
import dev.lookbook.image.PictureException;
import dev.lookbook.image.Preparation;
import dev.lookbook.image.Prepared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A photo of a megapixel: decoding, and what makes a network's input of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class PhotoBenchmark {

    /** {@code jpg} and {@code png} are a made-up photo; anything else is the path of one. */
    @Param({"jpg", "png"})
    public String photo;

    private byte[] file;
    private Picture picture;

    @Setup
    public void read() throws IOException {
        file = photo.equals("jpg") || photo.equals("png") ? MadePhoto.file(photo) : Files.readAllBytes(Path.of(photo));
        picture = Picture.read(file, photo);
    }

    @Benchmark
    public Picture decode() throws PictureException {
        return Picture.read(file, photo);
    }

    @Benchmark
    public Prepared prepare() {
        return Preparation.FASHION_MNIST_1.prepare(picture);
    }
}
