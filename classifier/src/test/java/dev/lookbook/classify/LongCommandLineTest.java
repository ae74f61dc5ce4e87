package dev.lookbook.classify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.example.ClassifyOnePicture;
import dev.lookbook.image.Png;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** ONNX Runtime reads the command line of the process when it starts, and used to crash on a long one. */
class LongCommandLineTest {
    private static final int SECONDS = 60;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {5_000, 100_000})
    void aProcessWithALongCommandLineClassifies(int length) throws Exception {
        Path model = folder.resolve("toy.onnx");
        Toys.model().write(model);
        Path picture = folder.resolve("picture.png");
        Png.write(picture, Toys.picture(1));
        File out = folder.resolve("out.txt").toFile();
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Dpad=" + "x".repeat(length),
                        ClassifyOnePicture.class.getName(),
                        model.toString(),
                        picture.toString())
                .redirectErrorStream(true)
                .redirectOutput(out);
        builder.environment().remove("ORT_DISABLE_TELEMETRY"); // which would keep it from looking

        Process process = builder.start();

        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(Files.readString(out.toPath())).isZero();
        assertThat(out).content().contains("garment ");
    }
}
