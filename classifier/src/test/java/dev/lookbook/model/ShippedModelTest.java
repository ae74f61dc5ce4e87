package dev.lookbook.model;

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
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** A shipped model through ONNX Runtime's plain API: raw pixels in, probabilities out, nothing of ours between. */
class ShippedModelTest {
    private static final Path HOME = Path.of(System.getProperty("lookbook.home"));
    private static final int COUNT = 500;
    private static final int SIDE = 28;

    @Test
    void anyOnnxRuntimeReadsAShippedModelAndTakesPixels() throws Exception {
        ByteBuffer pixels = ByteBuffer.allocateDirect(COUNT * SIDE * SIDE);
        pixels.put(unpacked("t10k-images-idx3-ubyte.gz", 16, COUNT * SIDE * SIDE))
                .flip();
        byte[] labels = unpacked("t10k-labels-idx1-ubyte.gz", 8, COUNT);

        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (OrtSession session = environment.createSession(
                        HOME.resolve("models/small.onnx").toString());
                OnnxTensor images = OnnxTensor.createTensor(
                        environment, pixels, new long[] {COUNT, SIDE, SIDE}, OnnxJavaType.UINT8);
                OrtSession.Result result = session.run(Map.of("images", images))) {
            float[][] probabilities =
                    (float[][]) result.get("probabilities").orElseThrow().getValue();

            int right = 0;
            for (int i = 0; i < COUNT; i++) {
                right += best(probabilities[i]) == labels[i] ? 1 : 0;
            }
            assertThat(right).as("right answers of " + COUNT).isGreaterThan(COUNT * 9 / 10);
            assertThat(session.getMetadata().getCustomMetadata().get("labels").split("\n")[9])
                    .isEqualTo("Ankle boot");
        }
    }

    private static int best(float[] row) {
        int best = 0;
        for (int i = 1; i < row.length; i++) {
            best = row[i] > row[best] ? i : best;
        }
        return best;
    }

    private static byte[] unpacked(String name, int header, int length) throws IOException {
        Path file = HOME.resolve("data/fashion-mnist").resolve(name);
        try (DataInputStream in = new DataInputStream(new GZIPInputStream(Files.newInputStream(file)))) {
            in.skipNBytes(header);
            return in.readNBytes(length);
        }
    }
}
