package dev.lookbook.serve;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Requests for inference as clients put them together, and their answers taken apart. */
final class Infer {
    static final String JSON_LENGTH = "Inference-Header-Content-Length";

    private Infer() {}

    static String json(byte[] pixels, int count, String rest) {
        String data = IntStream.range(0, pixels.length)
                .mapToObj(i -> Integer.toString(pixels[i] & 0xFF))
                .collect(Collectors.joining(","));
        return "{\"inputs\":[{\"name\":\"images\",\"shape\":[" + count + ",28,28],\"datatype\":\"UINT8\",\"data\":["
                + data + "]}]" + rest + "}";
    }

    static String binaryHeader(int count, String rest) {
        return "{\"inputs\":[{\"name\":\"images\",\"shape\":[" + count
                + ",28,28],\"datatype\":\"UINT8\",\"parameters\":{\"binary_data_size\":" + count * TestImages.SIZE
                + "}}]"
                + rest + "}";
    }

    static byte[] body(String json, byte[] tensor) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        body.writeBytes(json.getBytes(StandardCharsets.UTF_8));
        body.writeBytes(tensor);
        return body.toByteArray();
    }

    static float[] floats(byte[] body, int from, int count) {
        float[] floats = new float[count];
        ByteBuffer.wrap(Arrays.copyOfRange(body, from, from + 4 * count))
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(floats);
        return floats;
    }
}
