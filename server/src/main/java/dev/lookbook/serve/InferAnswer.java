package dev.lookbook.serve;

import dev.lookbook.classify.Scores;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.Values;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.core.JsonGenerator;

/**
 * The answer to a request for inference.
 *
 * @param jsonLength how many of the bytes are JSON; tensors follow if that is not all
 */
record InferAnswer(byte[] bytes, int jsonLength) {
    static final String DATATYPE = "FP32";

    /** The names of a model's outputs. */
    static List<String> outputs(ModelFile model) {
        List<String> always = List.of(Values.PROBABILITIES, Values.LOGITS, Values.EMBEDDING);
        return model.knowsUnfamiliarity()
                ? Stream.concat(always.stream(), Stream.of(Values.UNFAMILIARITY))
                        .toList()
                : always;
    }

    /** The outputs that a request asks for. @throws Problem 400 if the model does not have one, or one is named twice */
    static List<InferRequest.Output> wanted(InferRequest request, ModelFile model) {
        List<String> outputs = outputs(model);
        Set<String> asked = new HashSet<>();
        for (InferRequest.Output output : request.outputs()) {
            if (!asked.add(output.name())) {
                throw Problem.badRequest("output '" + output.name() + "' is asked for twice. Ask once");
            }
            if (!outputs.contains(output.name())) {
                throw Problem.badRequest(
                        "unexpected output '" + output.name() + "'. The model has " + String.join(", ", outputs));
            }
        }
        return !request.outputs().isEmpty()
                ? request.outputs()
                : outputs.stream()
                        .map(name -> new InferRequest.Output(name, request.binaryOutputs()))
                        .toList();
    }

    /** Values of an output for one image. */
    static int width(ModelFile model, String output) {
        return switch (output) {
            case Values.EMBEDDING -> model.embeddingSize();
            case Values.UNFAMILIARITY -> 1;
            default -> model.classes();
        };
    }

    static InferAnswer of(InferRequest request, List<InferRequest.Output> wanted, ModelName model, Scores scores) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024 + scores.count() * 512);
        try (JsonGenerator json = Json.MAPPER.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringProperty("model_name", model.name());
            json.writeStringProperty("model_version", model.version());
            request.id().ifPresent(id -> json.writeStringProperty("id", id));
            json.writeArrayPropertyStart("outputs");
            for (InferRequest.Output output : wanted) {
                write(json, output, scores);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        int jsonLength = bytes.size();
        for (InferRequest.Output output : wanted) {
            if (output.binary()) {
                bytes.writeBytes(littleEndian(values(scores, output.name())));
            }
        }
        return new InferAnswer(bytes.toByteArray(), jsonLength);
    }

    boolean hasBytes() {
        return jsonLength < bytes.length;
    }

    private static void write(JsonGenerator json, InferRequest.Output output, Scores scores) {
        float[] values = values(scores, output.name());
        json.writeStartObject();
        json.writeStringProperty("name", output.name());
        json.writeStringProperty("datatype", DATATYPE);
        json.writeArrayPropertyStart("shape");
        json.writeNumber(scores.count());
        json.writeNumber(values.length / scores.count());
        json.writeEndArray();
        if (output.binary()) {
            json.writeObjectPropertyStart("parameters");
            json.writeNumberProperty("binary_data_size", 4 * values.length);
            json.writeEndObject();
        } else {
            json.writeArrayPropertyStart("data");
            for (float value : values) {
                json.writeNumber(value);
            }
            json.writeEndArray();
        }
        json.writeEndObject();
    }

    private static float[] values(Scores scores, String output) {
        return switch (output) {
            case Values.PROBABILITIES -> scores.probabilities();
            case Values.LOGITS -> scores.logits();
            case Values.EMBEDDING -> scores.embedding();
            default -> scores.unfamiliarity();
        };
    }

    private static byte[] littleEndian(float[] values) {
        ByteBuffer buffer = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
        buffer.asFloatBuffer().put(values);
        return buffer.array();
    }
}
