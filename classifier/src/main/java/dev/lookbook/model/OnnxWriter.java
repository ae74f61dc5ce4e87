package dev.lookbook.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A graph and its metadata as an ONNX file. Equal content makes equal bytes. */
final class OnnxWriter {
    static final String PRODUCER = "lookbook";

    private OnnxWriter() {}

    static ProtoWriter model(Graph graph, Map<String, String> metadata) {
        ProtoWriter model = new ProtoWriter()
                .number(Onnx.Model.IR_VERSION, Onnx.IR_VERSION)
                .text(Onnx.Model.PRODUCER_NAME, PRODUCER)
                .message(Onnx.Model.GRAPH, graph(graph))
                .message(
                        Onnx.Model.OPSET_IMPORT,
                        new ProtoWriter()
                                .text(Onnx.OperatorSet.DOMAIN, "")
                                .number(Onnx.OperatorSet.VERSION, Onnx.OPSET));
        metadata.forEach((key, value) -> model.message(Onnx.Model.METADATA_PROPS, entry(key, value)));
        return model;
    }

    /**
     * A file whose graph has the values of these layers as further outputs. Two protobuf messages laid end to end are one
     * message whose lists are joined, so nothing of the file needs to be read or moved.
     */
    static byte[] withOutputs(byte[] file, List<Layer> layers) {
        ProtoWriter graph = new ProtoWriter();
        for (Layer layer : layers) {
            if (layer.shape().isEmpty()) {
                throw new IllegalArgumentException(layer.name() + " has no known shape and cannot be an output");
            }
            graph.message(Onnx.GraphProto.OUTPUT, value(layer.name(), Constant.FLOAT, layer.shape()));
        }
        byte[] addition = new ProtoWriter().message(Onnx.Model.GRAPH, graph).toByteArray();
        byte[] joined = Arrays.copyOf(file, file.length + addition.length);
        System.arraycopy(addition, 0, joined, file.length, addition.length);
        return joined;
    }

    static ProtoWriter entry(String key, String value) {
        return new ProtoWriter().text(Onnx.Entry.KEY, key).text(Onnx.Entry.VALUE, value);
    }

    private static ProtoWriter graph(Graph graph) {
        ProtoWriter proto = new ProtoWriter();
        for (Node node : graph.nodes()) {
            proto.message(Onnx.GraphProto.NODE, node(node));
        }
        proto.text(Onnx.GraphProto.NAME, PRODUCER);
        for (Constant constant : graph.constants()) {
            proto.message(Onnx.GraphProto.INITIALIZER, tensor(constant));
        }
        proto.message(Onnx.GraphProto.INPUT, value(Values.IMAGES, Constant.UINT8, graph.imageShape()));
        List<String> outputs = new ArrayList<>(List.of(Values.PROBABILITIES, Values.LOGITS, Values.EMBEDDING));
        if (graph.hasUnfamiliarity()) {
            outputs.add(Values.UNFAMILIARITY);
        }
        for (String output : outputs) {
            proto.message(Onnx.GraphProto.OUTPUT, value(output, Constant.FLOAT, List.of(graph.size(output))));
        }
        return proto;
    }

    private static ProtoWriter node(Node node) {
        ProtoWriter proto = new ProtoWriter();
        node.inputs().forEach(input -> proto.text(Onnx.NodeProto.INPUT, input));
        proto.text(Onnx.NodeProto.OUTPUT, node.output())
                .text(Onnx.NodeProto.NAME, node.name())
                .text(Onnx.NodeProto.OP_TYPE, node.operator());
        Map<String, ProtoWriter> attributes = new TreeMap<>(); // sorted, as the order of Map.of changes from run to run
        node.numbers().forEach((name, value) -> attributes.put(name, attribute(name, value)));
        node.lists().forEach((name, values) -> attributes.put(name, attribute(name, values)));
        attributes.values().forEach(attribute -> proto.message(Onnx.NodeProto.ATTRIBUTE, attribute));
        return proto;
    }

    private static ProtoWriter attribute(String name, long value) {
        return new ProtoWriter()
                .text(Onnx.Attribute.NAME, name)
                .number(Onnx.Attribute.I, value)
                .number(Onnx.Attribute.TYPE, Onnx.Attribute.TYPE_INT);
    }

    private static ProtoWriter attribute(String name, List<Long> values) {
        ProtoWriter proto = new ProtoWriter().text(Onnx.Attribute.NAME, name);
        values.forEach(value -> proto.number(Onnx.Attribute.INTS, value));
        return proto.number(Onnx.Attribute.TYPE, Onnx.Attribute.TYPE_INTS);
    }

    private static ProtoWriter tensor(Constant constant) {
        ProtoWriter proto = new ProtoWriter();
        constant.shape().forEach(size -> proto.number(Onnx.Tensor.DIMS, size));
        return proto.number(Onnx.Tensor.DATA_TYPE, constant.type())
                .text(Onnx.Tensor.NAME, constant.name())
                .bytes(Onnx.Tensor.RAW_DATA, constant.bytes());
    }

    /** @param shape without the batch, whose size is left open under the name N */
    private static ProtoWriter value(String name, int type, List<Integer> shape) {
        List<ProtoWriter> dimensions = new ArrayList<>();
        dimensions.add(new ProtoWriter().text(Onnx.Dimension.NAME, "N"));
        shape.forEach(size -> dimensions.add(new ProtoWriter().number(Onnx.Dimension.VALUE, size)));
        ProtoWriter proto = new ProtoWriter();
        dimensions.forEach(dimension -> proto.message(Onnx.Shape.DIM, dimension));
        ProtoWriter tensor =
                new ProtoWriter().number(Onnx.TensorType.ELEMENT, type).message(Onnx.TensorType.SHAPE, proto);
        return new ProtoWriter()
                .text(Onnx.ValueInfo.NAME, name)
                .message(Onnx.ValueInfo.TYPE, new ProtoWriter().message(Onnx.Type.TENSOR, tensor));
    }
}
