package dev.lookbook.serve;

import dev.lookbook.model.ModelFile;
import dev.lookbook.model.Values;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The images of a request, held against the model that is to see them. */
record InferInput(byte[] pixels, int count) {
    static final String DATATYPE = "UINT8";

    /**
     * Takes the images out of a request.
     *
     * @param jsonLength how many bytes of the body are JSON; tensors follow
     * @throws Problem 400 if it is not what the model wants, 413 if there are too many images
     */
    static InferInput of(InferRequest request, Body body, int jsonLength, ModelFile model, int mostImages) {
        InferRequest.Input input = onlyInput(request);
        int count = count(input, model, mostImages);
        byte[] pixels =
                input.data() == null ? binary(input, body, jsonLength) : numbers(input, body.length() - jsonLength);
        int size = model.height() * model.width() * model.channels();
        if (pixels.length != (long) count * size) {
            throw Problem.badRequest("input images has shape " + Arrays.toString(input.shape()) + ", which is "
                    + (long) count * size + " values, but " + pixels.length + " came");
        }
        return new InferInput(pixels, count);
    }

    /** What a model's input looks like; -1 stands for any number of images. */
    static List<Integer> shape(ModelFile model) {
        List<Integer> shape = new ArrayList<>(List.of(-1, model.height(), model.width()));
        if (model.channels() > 1) {
            shape.add(model.channels());
        }
        return shape;
    }

    private static InferRequest.Input onlyInput(InferRequest request) {
        if (request.inputs().size() != 1) {
            throw Problem.badRequest("the request must have one input, named " + Values.IMAGES + ", but has "
                    + request.inputs().size());
        }
        InferRequest.Input input = request.inputs().get(0);
        if (!input.name().equals(Values.IMAGES)) {
            throw Problem.badRequest(
                    "unexpected input '" + input.name() + "'. The model's one input is " + Values.IMAGES);
        }
        if (!DATATYPE.equals(input.datatype())) {
            throw Problem.badRequest("input " + Values.IMAGES + " has datatype " + input.datatype()
                    + ", but the model wants " + DATATYPE + ": pixels from 0 to 255");
        }
        return input;
    }

    private static int count(InferRequest.Input input, ModelFile model, int mostImages) {
        List<Integer> wanted = shape(model);
        long[] given = input.shape();
        boolean fits = given != null && given.length == wanted.size() && given[0] > 0;
        for (int i = 1; fits && i < given.length; i++) {
            fits = given[i] == wanted.get(i);
        }
        if (!fits) {
            throw Problem.badRequest("input " + Values.IMAGES + " has shape " + Arrays.toString(given)
                    + ", but the model wants " + wanted + ", where -1 is the number of images");
        }
        if (given[0] > mostImages) {
            throw Problem.tooLarge("the request has " + given[0] + " images, but at most " + mostImages
                    + " are taken at once. Send them in several requests");
        }
        return (int) given[0];
    }

    private static byte[] binary(InferRequest.Input input, Body body, int jsonLength) {
        if (input.binarySize() < 0) {
            throw Problem.badRequest("input " + Values.IMAGES + " has neither data nor binary_data_size");
        }
        int rest = body.length() - jsonLength;
        if (input.binarySize() != rest) {
            throw Problem.badRequest(
                    "binary_data_size of " + Values.IMAGES + " is " + input.binarySize() + ", but " + rest
                            + " bytes follow the JSON. Does Inference-Header-Content-Length give the length of the JSON?");
        }
        return body.copy(jsonLength, body.length());
    }

    private static byte[] numbers(InferRequest.Input input, int rest) {
        TensorData data = input.data();
        if (input.binarySize() >= 0 || rest > 0) {
            throw Problem.badRequest(
                    "input " + Values.IMAGES + " comes as data in the JSON and as bytes behind it. Send one");
        }
        if (!data.problem().isEmpty()) {
            throw Problem.badRequest("input " + Values.IMAGES + ": " + data.problem());
        }
        if (!data.fits(input.shape())) {
            throw Problem.badRequest("data of " + Values.IMAGES + " is nested as " + data.nesting()
                    + ", but its shape is " + Arrays.toString(input.shape()));
        }
        return data.pixels();
    }
}
