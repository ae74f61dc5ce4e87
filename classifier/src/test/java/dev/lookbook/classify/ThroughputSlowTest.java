package dev.lookbook.classify;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtSession;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How much of a bare ONNX Runtime loop's speed is left: same model, pictures, batch and threads, in turns. */
@Tag("slow")
class ThroughputSlowTest {
    private static final Path HOME = Path.of(System.getProperty("lookbook.home"));
    private static final int COUNT = 10_000;
    private static final int SIZE = 28 * 28;
    private static final int BATCH = 250;
    private static final int ROUNDS = 7;
    private static final double LEAST_SHARE = 0.8;

    @Test
    void theTestSetIsClassifiedAtLeastFourFifthsAsFastAsABareLoop() throws Exception {
        Path model = HOME.resolve("models/small.onnx");
        int threads = Runtime.getRuntime().availableProcessors();
        byte[] pixels = testPictures();
        List<Double> ours = new ArrayList<>();
        List<Double> bare = new ArrayList<>();

        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (Classifier classifier = Classifier.open(model, threads);
                OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(threads);
            try (OrtSession session = environment.createSession(model.toString(), options)) {
                for (int round = 0; round <= ROUNDS; round++) {
                    double our = imagesPerSecond(() -> scoreAll(classifier, pixels));
                    double their = imagesPerSecond(() -> runAll(environment, session, pixels));
                    if (round > 0) { // the first warms up
                        ours.add(our);
                        bare.add(their);
                    }
                }
            }
        }

        double share = median(ours) / median(bare);
        System.out.printf(
                Locale.ROOT,
                "small, %d threads, batch %d: Classifier.score %.0f images/s (%.0f-%.0f),"
                        + " bare ONNX Runtime %.0f (%.0f-%.0f), share %.2f%n",
                threads,
                BATCH,
                median(ours),
                Collections.min(ours),
                Collections.max(ours),
                median(bare),
                Collections.min(bare),
                Collections.max(bare),
                share);
        assertThat(share).isGreaterThanOrEqualTo(LEAST_SHARE);
    }

    private static void scoreAll(Classifier classifier, byte[] pixels) {
        for (int from = 0; from < COUNT; from += BATCH) {
            byte[] batch = java.util.Arrays.copyOfRange(pixels, from * SIZE, (from + BATCH) * SIZE);
            assertThat(classifier.score(batch, BATCH).probabilities()).hasSize(BATCH * 10);
        }
    }

    private static void runAll(OrtEnvironment environment, OrtSession session, byte[] pixels) throws Exception {
        ByteBuffer buffer = ByteBuffer.allocateDirect(BATCH * SIZE);
        for (int from = 0; from < COUNT; from += BATCH) {
            buffer.clear().put(pixels, from * SIZE, BATCH * SIZE).flip();
            try (OnnxTensor images = OnnxTensor.createTensor(
                            environment, buffer, new long[] {BATCH, 28, 28}, OnnxJavaType.UINT8);
                    OrtSession.Result result = session.run(Map.of("images", images))) {
                OnnxTensor probabilities =
                        (OnnxTensor) result.get("probabilities").orElseThrow();
                assertThat(probabilities.getFloatBuffer().remaining()).isEqualTo(BATCH * 10);
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static double imagesPerSecond(Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return COUNT / ((System.nanoTime() - start) / 1e9);
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }

    private static byte[] testPictures() throws IOException {
        Path file = HOME.resolve("data/fashion-mnist/t10k-images-idx3-ubyte.gz");
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            in.skipNBytes(16);
            return in.readNBytes(COUNT * SIZE);
        }
    }
}
