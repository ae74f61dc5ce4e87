package dev.lookbook.train;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Everything that a run needs to go on as if it had never stopped, as a file in the safetensors format: a JSON header,
 * then the tensors, little-endian. The last tensor, {@code sha256}, is the hash of all bytes before it.
 *
 * @param progress where the run stands
 * @param settings those that it was begun with, by their names in {@code args.yaml}; empty in files of older versions
 * @param tensors the network's variables and the optimiser's memory, by name
 */
record Checkpoint(Progress progress, Map<String, Object> settings, Map<String, Values> tensors) {
    private static final int HASH_BYTES = 32;
    private static final String PROGRESS = "progress";
    private static final String SETTINGS = "settings";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Where a run stands.
     *
     * @param step the next step
     * @param seconds training time so far, over all sessions
     * @param lossSum sum over the epoch's pictures so far of the loss
     * @param correct how many of them were right
     * @param seen how many there were
     */
    record Progress(long step, double seconds, double lossSum, long correct, long seen) {}

    /** A tensor's shape and values in row-major order. */
    record Values(long[] shape, float[] values) {}

    void writeTo(OutputStream out) throws IOException {
        DigestOutputStream hashed = new DigestOutputStream(out, sha256());
        byte[] header = header();
        hashed.write(littleEndian(8).putLong(header.length).array());
        hashed.write(header);
        for (Values tensor : tensors.values()) {
            ByteBuffer bytes = littleEndian(4 * tensor.values.length);
            bytes.asFloatBuffer().put(tensor.values);
            hashed.write(bytes.array());
        }
        out.write(hashed.getMessageDigest().digest());
    }

    private byte[] header() {
        Map<String, Object> header = new LinkedHashMap<>();
        // The format wants texts here.
        header.put(
                "__metadata__",
                Map.of(
                        PROGRESS, JSON.writeValueAsString(progress),
                        SETTINGS, JSON.writeValueAsString(settings)));
        long offset = 0;
        for (Map.Entry<String, Values> tensor : tensors.entrySet()) {
            long end = offset + 4L * tensor.getValue().values.length;
            header.put(tensor.getKey(), entry("F32", tensor.getValue().shape, offset, end));
            offset = end;
        }
        header.put("sha256", entry("U8", new long[] {HASH_BYTES}, offset, offset + HASH_BYTES));
        return JSON.writeValueAsBytes(header);
    }

    private static Map<String, Object> entry(String type, long[] shape, long from, long to) {
        Map<String, Object> entry = new LinkedHashMap<>();
        entry.put("dtype", type);
        entry.put("shape", shape);
        entry.put("data_offsets", List.of(from, to));
        return entry;
    }

    /** Reads a checkpoint; refuses a file that is cut off, changed, or something else. */
    static Checkpoint read(Path file) throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (java.nio.file.NoSuchFileException e) {
            throw new TrainException(file + ": there is no checkpoint to resume from; start a new run instead", e);
        }
        if (bytes.length < 8 + HASH_BYTES) {
            throw new TrainException(file + ": not a checkpoint (" + bytes.length + " bytes); start a new run instead");
        }
        MessageDigest digest = sha256();
        digest.update(bytes, 0, bytes.length - HASH_BYTES);
        byte[] hash = Arrays.copyOfRange(bytes, bytes.length - HASH_BYTES, bytes.length);
        if (!Arrays.equals(digest.digest(), hash)) {
            throw new TrainException(
                    file + ": the checkpoint is damaged or something else (its SHA-256 does not fit its content);"
                            + " restore it from a copy or start a new run");
        }
        try {
            return parse(bytes);
        } catch (JacksonException | IndexOutOfBoundsException | NullPointerException e) {
            throw new TrainException(file + ": not a checkpoint of Lookbook; start a new run instead", e);
        }
    }

    private static Checkpoint parse(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int headerLength = Math.toIntExact(buffer.getLong());
        int data = 8 + headerLength;
        JsonNode header = JSON.readTree(new String(bytes, 8, headerLength, StandardCharsets.UTF_8));
        JsonNode metadata = header.get("__metadata__");
        Progress progress = JSON.readValue(metadata.get(PROGRESS).asString(), Progress.class);
        Map<String, Object> settings = JSON.readValue(
                metadata.path(SETTINGS).asString("{}"), new TypeReference<LinkedHashMap<String, Object>>() {});
        Map<String, Values> tensors = new LinkedHashMap<>();
        header.properties().forEach(entry -> {
            if (entry.getValue().path("dtype").asString("").equals("F32")) {
                int from = data + entry.getValue().get("data_offsets").get(0).asInt();
                int to = data + entry.getValue().get("data_offsets").get(1).asInt();
                float[] values = new float[(to - from) / 4];
                buffer.slice(from, to - from)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .asFloatBuffer()
                        .get(values);
                long[] shape = JSON.treeToValue(entry.getValue().get("shape"), long[].class);
                tensors.put(entry.getKey(), new Values(shape, values));
            }
        });
        return new Checkpoint(progress, settings, tensors);
    }

    private static ByteBuffer littleEndian(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every Java platform has SHA-256", impossible);
        }
    }

    /**
     * Copies the values of these names into tensors.
     *
     * @throws IllegalArgumentException if a name is missing or has another shape
     */
    void fill(Map<String, Tensor> targets) {
        targets.forEach((name, tensor) -> {
            Values saved = tensors().get(name);
            if (saved == null || !Arrays.equals(saved.shape(), tensor.shape())) {
                throw new IllegalArgumentException("the checkpoint is of another network: " + name
                        + (saved == null ? " is missing" : " has another shape"));
            }
            try (PointerScope scope = new PointerScope();
                    NoGradGuard noGrad = new NoGradGuard()) {
                tensor.copy_(Tensor.create(saved.values(), saved.shape()));
            }
        });
    }
}
