package dev.lookbook.serve;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests for inference, and options in JSON, that make no sense. */
class BadInferRequestTest extends BadRequests {
    private static final String INFER = "/v2/models/tiny/infer";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            no JSON at all         | 400 | hello                                    | the request is not JSON at byte
            nothing                | 400 | ^^                                       | the request has no JSON
            an array               | 400 | []                                       | the request must be a JSON object, but is an array
            no inputs              | 400 | {}                                       | the request must have one input, named images, but has 0
            inputs are a text      | 400 | {"inputs":"images"}                      | inputs must be an array, but is images
            an input is a number   | 400 | {"inputs":[7]}                           | an input must be a JSON object, but is 7
            an input without name  | 400 | {"inputs":[{}]}                          | an input has no name
            another input          | 400 | {"inputs":[{"name":"pixels"}]}           | unexpected input 'pixels'. The model's one input is images
            two keys alike         | 400 | {"id":"a","id":"b"}                      | the request is not JSON at byte
            half a request         | 400 | {"inputs":[                              | the request is not JSON at byte
            something behind       | 400 | {} {}                                    | there is something behind the request's JSON
            no datatype            | 400 | {"inputs":[{"name":"images"}]}           | input images has datatype null, but the model wants UINT8
            the id is a number     | 400 | {"id":7}                                 | id must be a text, but is 7
            shared memory          | 501 | {"inputs":[{"name":"images","parameters":{"shared_memory_region":"r"}}]} | shared memory is not supported
            classification         | 501 | {"outputs":[{"name":"logits","parameters":{"classification":3}}]}        | the classification extension is not supported
            a yes that is a number | 400 | {"parameters":{"binary_data_output":1}}  | binary_data_output must be true or false, but is 1
            """)
    void requestsThatMakeNoSense(String name, int status, String body, String message) throws Exception {
        expect(running.post(INFER, body == null ? "" : body), status, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            [1,28]                         | 400 | has shape [1, 28], but the model wants [-1, 28, 28]
            [1,28,28,1]                    | 400 | has shape [1, 28, 28, 1], but the model wants
            [1,32,32]                      | 400 | has shape [1, 32, 32], but the model wants
            [0,28,28]                      | 400 | has shape [0, 28, 28], but the model wants
            [-1,28,28]                     | 400 | must not be negative, but is -1
            [1.5,28,28]                    | 400 | must be a whole number below 10^17, but is 1.5
            ["1",28,28]                    | 400 | must be a whole number below 10^17, but is 1
            [2,28,28]                      | 400 | which is 1568 values, but 784 came
            [65,28,28]                     | 413 | has 65 images, but at most 64 are taken at once
            [99999999999999999,28,28]      | 413 | at most 64 are taken at once
            [9223372036854775807,28,28]    | 400 | must be a whole number below 10^17
            99                             | 400 | shape must be an array of whole numbers, but is 99
            []                             | 400 | has shape [], but the model wants
            [1,1,1,1,1,1,1,1,1]            | 400 | shape has more than 8 dimensions
            """)
    void wrongShapes(String shape, int status, String message) throws Exception {
        String request = Infer.json(TestImages.pixels(1), 1, "").replace("[1,28,28]", shape);

        expect(running.post(INFER, request), status, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            NaN             | the request is not JSON
            "a"             | element 2 of data is a, not a whole number from 0 to 255
            256             | element 2 of data is 256, not a whole number
            -1              | element 2 of data is -1, not a whole number
            0.5             | element 2 of data is 0.5, not a whole number
            1e99            | element 2 of data is 1e99, not a whole number
            null            | element 2 of data is null, not a whole number
            {}              | element 2 of data is
            99999999999999  | element 2 of data is 99999999999999, not a whole number
            [1]             | data mixes numbers and arrays at one depth
            """)
    void wrongNumbers(String number, String message) throws Exception {
        String request = Infer.json(TestImages.pixels(1), 1, "").replace("\"data\":[0,0,0", "\"data\":[0,0," + number);

        expect(running.post(INFER, request), 400, message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
            [[1,2],[3]]                | data is ragged: arrays at depth 2 have 2 and 1 elements
            [[[1,2],[3,4]]]            | data of images is nested as [1, 2, 2], but its shape is [1, 28, 28]
            [[[[[[[[[1]]]]]]]]]        | data is nested more than 8 arrays deep
            []                         | which is 784 values, but 0 came
            7                          | data must be an array of numbers
            {"a":1}                    | data must be an array of numbers
            """)
    void wrongNesting(String data, String message) throws Exception {
        String request =
                "{\"inputs\":[{\"name\":\"images\",\"shape\":[1,28,28],\"datatype\":\"UINT8\",\"data\":" + data + "}]}";

        expect(running.post(INFER, request), 400, message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FP32", "INT64", "BYTES", "uint8", "HORSE"})
    void otherDatatypes(String datatype) throws Exception {
        String request = Infer.json(TestImages.pixels(1), 1, "").replace("UINT8", datatype);

        expect(running.post(INFER, request), 400, "has datatype " + datatype + ", but the model wants UINT8");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            783                  | binary_data_size of images is 783, but 784 bytes follow the JSON
            785                  | binary_data_size of images is 785, but 784 bytes follow the JSON
            -784                 | binary_data_size must not be negative
            4294968080           | binary_data_size of images is 4294968080, but 784
            "784"                | binary_data_size must be a whole number
            784.0                | binary_data_size must be a whole number
            """)
    void wrongBinarySizes(String size, String message) throws Exception {
        String json = Infer.binaryHeader(1, "").replace(":784", ":" + size);

        expect(
                running.post(
                        INFER,
                        Infer.body(json, TestImages.pixels(1)),
                        Infer.JSON_LENGTH,
                        String.valueOf(json.length())),
                400,
                message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "99999", "x", "2147483648", "1e3", "0x10"})
    void wrongJsonLengths(String length) throws Exception {
        byte[] body = Infer.body(Infer.binaryHeader(1, ""), TestImages.pixels(1));

        expect(running.post(INFER, body, Infer.JSON_LENGTH, length), 400, "must be the length of the JSON");
    }

    @Test
    void tensorsBehindTheJsonWithoutTheHeader() throws Exception {
        byte[] body = Infer.body(Infer.binaryHeader(1, ""), TestImages.pixels(1));

        expect(running.post(INFER, body), 400, "header Inference-Header-Content-Length");
    }

    @Test
    void anOutputThatTheModelDoesNotHave() throws Exception {
        expect(
                running.post(INFER, Infer.json(TestImages.pixels(1), 1, ",\"outputs\":[{\"name\":\"mood\"}]")),
                400,
                "unexpected output 'mood'. The model has probabilities, logits, embedding");
    }

    @Test
    void anOutputThatIsWantedManyTimes() throws Exception {
        expect(
                running.post(
                        INFER,
                        Infer.json(
                                TestImages.pixels(1), 1, ",\"outputs\":[{\"name\":\"logits\"},{\"name\":\"logits\"}]")),
                400,
                "output 'logits' is asked for twice. Ask once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{NAMES}", "{\"other\":[{\"inner\":{NAMES}}]}", "{\"parameters\":{NAMES}}"})
    void moreNamesInTheJsonThanMakeSense(String json) throws Exception {
        String names =
                IntStream.range(0, 1001).mapToObj(i -> "\"n" + i + "\":0").collect(Collectors.joining(","));

        expect(running.post(INFER, json.replace("NAMES", names)), 400, "the request's JSON has more than 1000 names");
    }

    @Test
    void namesAmongTheNumbers() throws Exception {
        String request = Infer.json(TestImages.pixels(1), 1, "").replace("\"data\":[0,0", "\"data\":[0,{\"a\":1}");

        expect(running.post(INFER, request), 400, "element 1 of data is an object");
    }

    @Test
    void aNameOrATextWithoutEnd() throws Exception {
        expect(running.post(INFER, "{\"" + "n".repeat(50_000) + "\":1}"), 400, "");
        expect(running.post(INFER, "{\"id\":\"" + "n".repeat(1 << 20) + "\"}"), 400, "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/v2/repository/index", "/v2/repository/models/tiny/load", "/v2/repository/models/tiny/unload"})
    void moreOptionsThanMakeSense(String path) throws Exception {
        String options = "{\"a\":[" + "0,".repeat(40_000) + "0]}";

        expect(running.post(path, options), 413, "the body has more than 65536 bytes");
    }
}
