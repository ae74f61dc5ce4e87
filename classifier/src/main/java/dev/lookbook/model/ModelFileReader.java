package dev.lookbook.model;

import java.util.Arrays;
import java.util.List;

/** Makes a model of the bytes of a file, checked from the outside in: hash, ONNX, version, metadata, shapes. */
final class ModelFileReader {
    static final int LARGEST_OUTPUT = 1 << 16;

    private static final int OPEN = -1; // a size that the model leaves to whoever runs it
    private static final int LARGEST_SIDE = 4096;

    private final byte[] bytes;
    private final String name;
    private final boolean hashIsRight;

    ModelFileReader(byte[] bytes, String name) {
        this.bytes = bytes;
        this.name = name;
        this.hashIsRight = ContentHash.isRight(bytes);
    }

    ModelFile read() throws ModelFileException {
        if (ContentHash.isPresent(bytes) && !hashIsRight) {
            throw damaged();
        }
        OnnxModel model = parse();
        checkVersion(model);
        try {
            ModelInfo info = Metadata.read(model.metadata());
            List<Integer> image = checkInput(model);
            checkOutput(model, Values.PROBABILITIES, info.labels().size());
            checkOutput(model, Values.LOGITS, info.labels().size());
            int embedding = checkOutput(model, Values.EMBEDDING, -1);
            boolean knowsUnfamiliarity = OnnxModel.find(model.outputs(), Values.UNFAMILIARITY) != null;
            if (knowsUnfamiliarity) {
                checkOutput(model, Values.UNFAMILIARITY, 1);
            }
            Layers layers = new Layers(image, model.constants());
            for (Node node : model.nodes()) {
                layers.add(node);
            }
            return new ModelFile(bytes, info, image, embedding, knowsUnfamiliarity, layers.list(), model);
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new ModelFileException(name + ": makes no sense: " + e.getMessage(), e);
        }
    }

    private OnnxModel parse() throws ModelFileException {
        try {
            return OnnxReader.read(bytes);
        } catch (ProtoException e) {
            throw startsLikeOurs() && !hashIsRight
                    ? damaged()
                    : new ModelFileException(
                            name + ": not an ONNX model that Lookbook can run: " + e.getMessage()
                                    + ". Give a model that 'lookbook train' wrote",
                            e);
        }
    }

    private void checkVersion(OnnxModel model) throws ModelFileException {
        String version = model.metadata().get(Metadata.FORMAT_VERSION);
        if (version == null && !model.producer().equals(OnnxWriter.PRODUCER)) {
            throw new ModelFileException(name + ": an ONNX model, but none of Lookbook's: its metadata has no "
                    + Metadata.FORMAT_VERSION + ". Give a model that 'lookbook train' wrote");
        }
        if (version != null && Metadata.major(version) > Metadata.MAJOR) {
            throw new ModelFileException(name + ": has model format " + version + ", and this Lookbook reads "
                    + Metadata.MAJOR + ".x. Use a newer Lookbook");
        }
        if (!hashIsRight) {
            throw damaged();
        }
        if (version == null || Metadata.major(version) != Metadata.MAJOR) {
            throw new ModelFileException(
                    name + ": " + Metadata.FORMAT_VERSION + " is " + version + ", not " + Metadata.MAJOR + ".x");
        }
    }

    private static List<Integer> checkInput(OnnxModel model) {
        OnnxModel.Value images = OnnxModel.find(model.inputs(), Values.IMAGES);
        if (images == null || model.inputs().size() != 1) {
            throw new IllegalArgumentException(
                    "its one input must be " + Values.IMAGES + ", but it has " + model.inputs());
        }
        List<Integer> shape = images.shape();
        boolean grey = shape.size() == 3;
        boolean colour = shape.size() == 4 && shape.get(3) == 3;
        if (images.type() != Constant.UINT8
                || !grey && !colour
                || shape.get(0) != OPEN
                || isNoSize(shape.get(1), LARGEST_SIDE)
                || isNoSize(shape.get(2), LARGEST_SIDE)) {
            throw new IllegalArgumentException(
                    "its input must be images UINT8 [N, height, width] or [N, height, width, 3], but is " + images);
        }
        return shape.subList(1, shape.size());
    }

    private static int checkOutput(OnnxModel model, String name, int size) {
        OnnxModel.Value output = OnnxModel.find(model.outputs(), name);
        if (output == null) {
            throw new IllegalArgumentException("it has no output " + name);
        }
        List<Integer> shape = output.shape();
        if (output.type() != Constant.FLOAT
                || shape.size() != 2
                || shape.get(0) != OPEN
                || isNoSize(shape.get(1), LARGEST_OUTPUT)) {
            throw new IllegalArgumentException("its output must be " + name + " FLOAT [N, size], but is " + output);
        }
        if (size > 0 && shape.get(1) != size) {
            throw new IllegalArgumentException("its output should have " + size + " numbers, but is " + output);
        }
        return shape.get(1);
    }

    private static boolean isNoSize(int size, int largest) {
        return size < 1 || size > largest;
    }

    private boolean startsLikeOurs() {
        byte[] start = new ProtoWriter()
                .number(Onnx.Model.IR_VERSION, Onnx.IR_VERSION)
                .text(Onnx.Model.PRODUCER_NAME, OnnxWriter.PRODUCER)
                .toByteArray();
        return bytes.length >= start.length && Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private ModelFileException damaged() {
        return new ModelFileException(
                name + ": cut off or changed since it was written (its content_sha256 does not fit)."
                        + " Copy or train it again");
    }
}
