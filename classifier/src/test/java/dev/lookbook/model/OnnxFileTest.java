package dev.lookbook.model;

import static org.assertj.core.api.Assertions.assertThat;

import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the file promises to readers that are not ours. */
class OnnxFileTest {
    /** Those of the ai.onnx operator set 17; every ONNX engine has them. */
    private static final List<String> OPERATORS = List.of(
            "Add",
            "AveragePool",
            "Cast",
            "Concat",
            "Conv",
            "Div",
            "Flatten",
            "Gemm",
            "GlobalMaxPool",
            "Identity",
            "LogSoftmax",
            "MaxPool",
            "Mul",
            "MatMul",
            "ReduceMax",
            "ReduceMin",
            "ReduceSum",
            "Relu",
            "Slice",
            "Softmax",
            "Sub",
            "Transpose",
            "Unsqueeze");

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
    void fileIsIr8WithOperatorSet17AndNothingElse(long seed) throws Exception {
        byte[] file =
                OnnxWriter.model(new RandomNetwork(seed, 1).graph, Map.of()).toByteArray();
        ProtoReader model = new ProtoReader(file);
        List<String> operatorSets = new ArrayList<>();
        long irVersion = 0;

        while (model.next()) {
            if (model.field() == 1) {
                irVersion = model.number();
            }
            if (model.field() == 8) {
                operatorSets.add(operatorSet(model.message()));
            }
        }

        assertThat(irVersion).isEqualTo(8);
        assertThat(operatorSets).containsExactly("'' 17");
        assertThat(OnnxReader.read(file).nodes()).extracting(Node::operator).isSubsetOf(OPERATORS);
    }

    private static String operatorSet(ProtoReader set) throws ProtoException {
        String domain = "missing";
        long version = 0;
        while (set.next()) {
            switch (set.field()) {
                case 1 -> domain = set.text();
                case 2 -> version = set.number();
                default -> throw new ProtoException("field " + set.field());
            }
        }
        return "'" + domain + "' " + version;
    }

    @Test
    void onnxRuntimeReadsTheMetadataAndTheShapes() throws Exception {
        Map<String, String> metadata = new LinkedHashMap<>(Metadata.write(Models.info("T-shirt/top", "Kleid")));
        ModelFile model = ModelFile.of(Models.tiny(), Models.info("T-shirt/top", "Kleid"));
        metadata.put("content_sha256", model.contentSha256());

        try (OrtSession session = OrtEnvironment.getEnvironment(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR, "lookbook")
                .createSession(model.bytes())) {
            assertThat(session.getMetadata().getCustomMetadata()).isEqualTo(metadata);
            assertThat(session.getMetadata().getProducerName()).isEqualTo("lookbook");
            assertThat(metadata).containsEntry("labels", "T-shirt/top\nKleid").containsEntry("format_version", "1.1");
            assertThat(session.getInputInfo().get("images").toString())
                    .contains("UINT8")
                    .contains("[-1, 1, 2]");
            assertThat(session.getOutputNames()).containsExactly("probabilities", "logits", "embedding");
        }
    }
}
