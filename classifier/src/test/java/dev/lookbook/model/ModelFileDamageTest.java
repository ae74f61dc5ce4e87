package dev.lookbook.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Files that are no model, no longer one, or one of somebody else. */
class ModelFileDamageTest {
    private static final ModelInfo INFO = Models.info("a", "b");

    @TempDir
    Path folder;

    @Test
    void everyFlippedBitOfASmallFileIsRefused() {
        byte[] bytes = ModelFile.of(Models.tiny(), INFO).bytes();

        for (int i = 0; i < bytes.length; i++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = bytes.clone();
                flipped[i] ^= (byte) (1 << bit);
                assertRefused(flipped, "byte " + i + ", bit " + bit);
            }
        }
    }

    @Test
    void aFlippedByteAnywhereInALargerFileIsRefused() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] bytes = ModelFile.of(Models.network(28, 2, random), INFO).bytes();

        for (int i = 0; i < 300; i++) {
            int position = random.nextInt(bytes.length);
            byte[] flipped = bytes.clone();
            flipped[position] ^= (byte) (1 + random.nextInt(255));
            assertRefused(flipped, "seed " + seed + ", byte " + position);
        }
    }

    @Test
    void everyShorterFileIsRefused() {
        byte[] bytes = ModelFile.of(Models.tiny(), INFO).bytes();

        for (int length = 0; length < bytes.length; length++) {
            assertRefused(Arrays.copyOf(bytes, length), "length " + length);
        }
    }

    @Test
    void aLongerFileIsRefused() {
        byte[] bytes = ModelFile.of(Models.tiny(), INFO).bytes();
        byte[] twice = Arrays.copyOf(bytes, 2 * bytes.length);
        System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);

        assertRefused(Arrays.copyOf(bytes, bytes.length + 1), "a zero appended");
        assertRefused(twice, "appended to itself");
    }

    @Test
    void cutOffFileIsCalledThat() {
        byte[] bytes = ModelFile.of(Models.tiny(), INFO).bytes();

        assertThatThrownBy(() -> ModelFile.read(Arrays.copyOf(bytes, bytes.length / 2), "half.onnx"))
                .hasMessage("half.onnx: cut off or changed since it was written (its content_sha256 does not fit)."
                        + " Copy or train it again");
    }

    @Test
    void randomBytesAreRefusedWithoutMuchAdo() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 3000; i++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            assertRefused(bytes, "seed " + seed + ", file " + i);
        }
    }

    @Test
    void changedFilesWithARightHashAreReadOrRefusedButNeverCrash() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        byte[] file = ModelFile.of(Models.network(8, 2, random), INFO).bytes();
        byte[] content = Arrays.copyOf(file, file.length - 84);

        for (int i = 0; i < 2000; i++) {
            byte[] changed = content.clone();
            for (int j = random.nextInt(4); j >= 0; j--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            try {
                ModelFile.read(ContentHash.append(changed), "changed.onnx").layers();
            } catch (ModelFileException e) {
                assertThat(e).hasMessageStartingWith("changed.onnx: ");
            } catch (RuntimeException | Error e) {
                throw new AssertionError("seed " + seed + ", file " + i, e);
            }
        }
    }

    static Stream<Arguments> strangers() {
        return Stream.of(
                Arguments.of("empty", new byte[0], "not an ONNX model"),
                Arguments.of("a PNG", new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, "not an ONNX model"),
                Arguments.of("text", "accuracy: 94.1".getBytes(), "not an ONNX model"),
                Arguments.of(
                        "a newer major",
                        with("format_version", "2.0"),
                        "has model format 2.0, and this Lookbook reads 1.x"),
                Arguments.of("no format version", with("format_version", null), "format_version is null, not 1.x"),
                Arguments.of("a minor to come", with("format_version", "1.7"), null),
                Arguments.of("no labels", with("labels", null), "its metadata has no labels"),
                Arguments.of(
                        "too many labels",
                        with("labels", "a\nb\nc"),
                        "its output should have 3 numbers, but is probabilities FLOAT [N, 2]"),
                Arguments.of("equal labels", with("labels", "a\na"), "labels must differ"),
                Arguments.of("a sure_at above 1", with("sure_at", "1.5"), "sureAt must be from 0 to 1"),
                Arguments.of("a sure_at in words", with("sure_at", "often"), "often"),
                Arguments.of("calibrated maybe", with("calibrated", "maybe"), "calibrated must be true or false"),
                Arguments.of("unknown metadata", with("colour", "green"), null),
                Arguments.of(
                        "an ONNX file of somebody else",
                        somebodyElses(),
                        "none of Lookbook's: its metadata has no format_version"),
                Arguments.of("float pixels", input(Constant.FLOAT, -1, 1, 2), "but is images FLOAT [N, 1, 2]"),
                Arguments.of("four channels", input(Constant.UINT8, -1, 1, 2, 4), "but is images UINT8 [N, 1, 2, 4]"),
                Arguments.of("a batch of one", input(Constant.UINT8, 1, 1, 2), "but is images UINT8 [1, 1, 2]"),
                Arguments.of("open height", input(Constant.UINT8, -1, -1, 2), "but is images UINT8 [N, N, 2]"),
                Arguments.of(
                        "functions",
                        extra(new ProtoWriter().text(Onnx.Model.FUNCTIONS, "")),
                        "it has functions of its own"),
                Arguments.of(
                        "other operators", extra(operatorSet("com.microsoft")), "it has operators of com.microsoft"),
                Arguments.of("weights elsewhere", extra(externalWeights()), "its weights w are in another file"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("strangers")
    void strangersAreRefusedWithTheReason(String what, byte[] bytes, String reason) throws Exception {
        if (reason == null) {
            assertThat(ModelFile.read(bytes, "model.onnx").info().labels()).containsExactly("a", "b");
            return;
        }
        assertThatThrownBy(() -> ModelFile.read(bytes, "model.onnx"))
                .isInstanceOf(ModelFileException.class)
                .hasMessageStartingWith("model.onnx: ")
                .hasMessageContaining(reason);
    }

    @Test
    void hugeClaimsOfLengthAllocateNothing() {
        for (long length : new long[] {1L << 30, Integer.MAX_VALUE, 1L << 40, Long.MAX_VALUE, -1}) {
            byte[] claim = new ProtoWriter()
                    .number(Onnx.Model.IR_VERSION, 8)
                    .number(2, length)
                    .toByteArray();
            claim[2] = (byte) (Onnx.Model.GRAPH << 3 | ProtoWriter.BYTES);

            assertThatThrownBy(() -> ModelFile.read(claim, "bomb.onnx")).isInstanceOf(ModelFileException.class);
        }
    }

    @Test
    void missingFilesAndFoldersAreNamed() {
        assertThatThrownBy(() -> ModelFile.read(folder.resolve("none.onnx")))
                .isInstanceOf(ModelFileException.class)
                .hasMessageEndingWith("none.onnx: there is no such file");
        assertThatThrownBy(() -> ModelFile.read(folder))
                .isInstanceOf(ModelFileException.class)
                .hasMessage(folder + ": a folder, not a model file");
    }

    @Test
    void endlessFileIsNotReadToItsEnd() {
        Path endless = Path.of("/dev/zero");
        if (Files.exists(endless)) {
            assertThatThrownBy(() -> ModelFile.read(endless)).hasMessageContaining("larger than 256 MiB");
        }
    }

    @Test
    void messagesAreOneLineWhateverTheFileSays() {
        assertThatThrownBy(() -> ModelFile.read(extra(operatorSet("a\n\u001b[2Jb")), "model.onnx"))
                .hasMessageContaining("it has operators of a??[2Jb");
    }

    private static void assertRefused(byte[] bytes, String what) {
        try {
            ModelFile.read(bytes, "model.onnx");
        } catch (ModelFileException e) {
            if (e.getMessage().startsWith("model.onnx: ")) {
                return; // thousands of these: without AssertJ's ceremony
            }
        }
        throw new AssertionError(what + " was not refused as it should be");
    }

    /** The small model with one metadata entry changed, added or (null) removed. */
    private static byte[] with(String key, String value) {
        Map<String, String> metadata = new LinkedHashMap<>(Metadata.write(INFO));
        if (value == null) {
            metadata.remove(key);
        } else {
            metadata.put(key, value);
        }
        return ContentHash.append(OnnxWriter.model(Models.tiny(), metadata).toByteArray());
    }

    private static byte[] somebodyElses() {
        return model(proto -> {}, "pytorch", Map.of());
    }

    /** A model whose only fault is its input. */
    private static byte[] input(int type, int... shape) {
        ProtoWriter dimensions = new ProtoWriter();
        for (int size : shape) {
            dimensions.message(
                    Onnx.Shape.DIM, size < 0 ? new ProtoWriter().text(2, "N") : new ProtoWriter().number(1, size));
        }
        ProtoWriter tensor =
                new ProtoWriter().number(Onnx.TensorType.ELEMENT, type).message(Onnx.TensorType.SHAPE, dimensions);
        ProtoWriter value = new ProtoWriter()
                .text(Onnx.ValueInfo.NAME, "images")
                .message(Onnx.ValueInfo.TYPE, new ProtoWriter().message(Onnx.Type.TENSOR, tensor));
        return model(graph -> graph.message(Onnx.GraphProto.INPUT, value), "lookbook", Metadata.write(INFO));
    }

    private static byte[] model(Consumer<ProtoWriter> content, String producer, Map<String, String> metadata) {
        ProtoWriter graph = new ProtoWriter().text(Onnx.GraphProto.NAME, "g");
        content.accept(graph);
        ProtoWriter model = new ProtoWriter()
                .number(Onnx.Model.IR_VERSION, 8)
                .text(Onnx.Model.PRODUCER_NAME, producer)
                .message(Onnx.Model.GRAPH, graph);
        metadata.forEach((key, value) -> model.message(
                Onnx.Model.METADATA_PROPS, new ProtoWriter().text(1, key).text(2, value)));
        return ContentHash.append(model.toByteArray());
    }

    /** The small model with something behind it. */
    private static byte[] extra(ProtoWriter more) {
        byte[] content = OnnxWriter.model(Models.tiny(), Metadata.write(INFO)).toByteArray();
        byte[] end = more.toByteArray();
        byte[] both = Arrays.copyOf(content, content.length + end.length);
        System.arraycopy(end, 0, both, content.length, end.length);
        return ContentHash.append(both);
    }

    private static ProtoWriter operatorSet(String domain) {
        return new ProtoWriter()
                .message(Onnx.Model.OPSET_IMPORT, new ProtoWriter().text(Onnx.OperatorSet.DOMAIN, domain));
    }

    private static ProtoWriter externalWeights() {
        ProtoWriter tensor = new ProtoWriter().text(Onnx.Tensor.NAME, "w").number(Onnx.Tensor.DATA_LOCATION, 1);
        return new ProtoWriter()
                .message(Onnx.Model.GRAPH, new ProtoWriter().message(Onnx.GraphProto.INITIALIZER, tensor));
    }
}
