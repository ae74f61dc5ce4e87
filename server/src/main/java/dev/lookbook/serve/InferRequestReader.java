package dev.lookbook.serve;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads the JSON of a request for inference token by token, since a tree of its numbers would take twenty times its size.
 * What it does not know it passes over.
 */
final class InferRequestReader {
    private static final int MOST_TENSORS = 64;
    private static final int MOST_DIMENSIONS = 8;
    private static final int MOST_NAMES = 1000; // the parser remembers them, to find two alike
    private static final String BINARY_SIZE = "binary_data_size";

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(32)
                    .maxNumberLength(400)
                    .maxNameLength(256)
                    .maxStringLength(64 << 10)
                    .build())
            .build();

    private final JsonParser parser;
    private int names;

    private InferRequestReader(JsonParser parser) {
        this.parser = parser;
    }

    /** @throws Problem 400 if it is no such JSON, 501 if it asks for something that is not supported */
    static InferRequest read(byte[] bytes, int length) {
        if (length == 0) {
            throw Problem.badRequest("the request has no JSON. Send an object with inputs");
        }
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), bytes, 0, length)) {
            parser.nextToken();
            InferRequest request = new InferRequestReader(parser).request();
            requireEnd(parser);
            return request;
        } catch (JacksonException e) {
            String place =
                    e.getLocation() == null ? "" : " at byte " + e.getLocation().getByteOffset();
            String reason =
                    String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
            throw Problem.badRequest("the request is not JSON" + place + ": " + reason);
        }
    }

    private static void requireEnd(JsonParser parser) {
        boolean isEnd;
        try {
            isEnd = parser.nextToken() == null;
        } catch (JacksonException e) { // a tensor is no token
            isEnd = false;
        }
        if (!isEnd) {
            throw Problem.badRequest("there is something behind the request's JSON. If these are tensors, say in the"
                    + " header Inference-Header-Content-Length how long the JSON is");
        }
    }

    private InferRequest request() {
        requireObject("the request");
        Optional<String> id = Optional.empty();
        Parameters parameters = new Parameters();
        List<InferRequest.Input> inputs = List.of();
        List<WantedOutput> outputs = List.of();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = name();
            parser.nextToken();
            switch (key) {
                case "id" -> id = Optional.ofNullable(textOrNull("id"));
                case "parameters" -> parameters = parameters();
                case "inputs" -> inputs = list("inputs", this::input);
                case "outputs" -> outputs = list("outputs", this::output);
                default -> skip();
            }
        }
        boolean binary = parameters.binaryOutputs;
        return new InferRequest(
                id,
                binary,
                parameters.timeout,
                inputs,
                outputs.stream()
                        .map(output -> new InferRequest.Output(output.name, output.binary.orElse(binary)))
                        .toList());
    }

    private InferRequest.Input input() {
        requireObject("an input");
        String name = null;
        String datatype = null;
        long[] shape = null;
        TensorData data = null;
        Parameters parameters = new Parameters();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = name();
            parser.nextToken();
            switch (key) {
                case "name" -> name = textOrNull("the name of an input");
                case "datatype" -> datatype = textOrNull("datatype");
                case "shape" -> shape = shape();
                case "parameters" -> parameters = parameters();
                case "data" -> data = parser.currentToken() == JsonToken.VALUE_NULL ? null : TensorData.read(parser);
                default -> skip();
            }
        }
        if (name == null) {
            throw Problem.badRequest("an input has no name");
        }
        return new InferRequest.Input(name, datatype, shape, data, parameters.binarySize);
    }

    private record WantedOutput(String name, Optional<Boolean> binary) {}

    private WantedOutput output() {
        requireObject("an output");
        String name = null;
        Parameters parameters = new Parameters();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = name();
            parser.nextToken();
            switch (key) {
                case "name" -> name = textOrNull("the name of an output");
                case "parameters" -> parameters = parameters();
                default -> skip();
            }
        }
        if (name == null) {
            throw Problem.badRequest("an output has no name");
        }
        return new WantedOutput(name, parameters.binary);
    }

    /** Those parameters, of requests and tensors, that mean something here. */
    private static final class Parameters {
        private boolean binaryOutputs;
        private Optional<Boolean> binary = Optional.empty();
        private long binarySize = -1;
        private Optional<Duration> timeout = Optional.empty();
    }

    private Parameters parameters() {
        Parameters parameters = new Parameters();
        if (parser.currentToken() == JsonToken.VALUE_NULL) { // KServe's client sends them as null
            return parameters;
        }
        requireObject("parameters");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String key = name();
            parser.nextToken();
            switch (key) {
                case "binary_data_output" -> parameters.binaryOutputs = yesOrNo(key);
                case "binary_data" -> parameters.binary = Optional.of(yesOrNo(key));
                case BINARY_SIZE -> parameters.binarySize = wholeNumber(key);
                case "timeout" -> parameters.timeout = microseconds(key);
                case "shared_memory_region", "shared_memory_offset", "shared_memory_byte_size" ->
                    throw Problem.unsupported("shared memory is not supported. Send the tensor in the request");
                case "classification" ->
                    throw Problem.unsupported(
                            "the classification extension is not supported. Ask for probabilities, or POST to"
                                    + " /api/classify");
                default -> skip();
            }
        }
        return parameters;
    }

    private String name() {
        if (++names > MOST_NAMES) {
            throw Problem.badRequest("the request's JSON has more than " + MOST_NAMES + " names. Send less in one");
        }
        return parser.currentName();
    }

    /** Passes over a value of any form. */
    private void skip() {
        int open = 0;
        do {
            JsonToken token = parser.currentToken();
            if (token == JsonToken.PROPERTY_NAME) {
                name();
            } else if (token.isStructStart()) {
                open++;
            } else if (token.isStructEnd()) {
                open--;
            }
        } while (open > 0 && parser.nextToken() != null);
    }

    private interface Element<T> {
        T read();
    }

    private <T> List<T> list(String what, Element<T> element) {
        if (parser.currentToken() == JsonToken.VALUE_NULL) {
            return List.of();
        }
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Problem.badRequest(what + " must be an array, but is " + shown());
        }
        List<T> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (elements.size() == MOST_TENSORS) {
                throw Problem.badRequest("there are more than " + MOST_TENSORS + " " + what + ". No model has so many");
            }
            elements.add(element.read());
        }
        return elements;
    }

    private long[] shape() {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw Problem.badRequest("shape must be an array of whole numbers, but is " + shown());
        }
        long[] shape = new long[MOST_DIMENSIONS];
        int dimensions = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (dimensions == MOST_DIMENSIONS) {
                throw Problem.badRequest("shape has more than " + MOST_DIMENSIONS + " dimensions");
            }
            shape[dimensions++] = wholeNumber("a dimension of shape");
        }
        return Arrays.copyOf(shape, dimensions);
    }

    private long wholeNumber(String what) {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT
                || parser.getString().length() > 18) {
            throw Problem.badRequest(what + " must be a whole number below 10^17, but is " + shown());
        }
        long value = parser.getLongValue();
        if (value < 0) {
            throw Problem.badRequest(what + " must not be negative, but is " + value);
        }
        return value;
    }

    private Optional<Duration> microseconds(String what) {
        long micros = wholeNumber(what);
        return micros == 0 ? Optional.empty() : Optional.of(Duration.ofNanos(Math.min(micros, 1L << 40) * 1000));
    }

    private boolean yesOrNo(String what) {
        return switch (parser.currentToken()) {
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            default -> throw Problem.badRequest(what + " must be true or false, but is " + shown());
        };
    }

    private String textOrNull(String what) {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NULL -> null;
            default -> throw Problem.badRequest(what + " must be a text, but is " + shown());
        };
    }

    private void requireObject(String what) {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw Problem.badRequest(what + " must be a JSON object, but is " + shown());
        }
    }

    private String shown() {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.START_ARRAY) {
            return "an array";
        }
        if (token == JsonToken.START_OBJECT) {
            return "an object";
        }
        String text = String.valueOf(parser.getString());
        return text.length() <= 40 ? text : text.substring(0, 40) + "...";
    }
}
