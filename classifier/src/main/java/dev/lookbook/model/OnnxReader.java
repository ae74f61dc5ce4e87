package dev.lookbook.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what we need of an ONNX file. Files come from strangers: there is no recursion, numbers of things are limited,
 * and what would make an engine read other files or run other code is refused.
 */
final class OnnxReader {
    private static final int MOST_PARTS = 100_000;
    private static final int MOST_DIMENSIONS = 8;
    private static final int LARGEST_DIMENSION = 1 << 24;

    private int parts;
    private boolean graphSeen;
    private long irVersion;
    private String producer = "";
    private final Map<String, String> metadata = new LinkedHashMap<>();
    private final List<Node> nodes = new ArrayList<>();
    private final Map<String, Constant> constants = new LinkedHashMap<>();
    private final List<OnnxModel.Value> inputs = new ArrayList<>();
    private final List<OnnxModel.Value> outputs = new ArrayList<>();

    private OnnxReader() {}

    /** @throws ProtoException if this is no ONNX file, or one that we refuse to run */
    static OnnxModel read(byte[] bytes) throws ProtoException {
        OnnxReader reader = new OnnxReader();
        reader.model(new ProtoReader(bytes));
        if (reader.irVersion < 3 || !reader.graphSeen) {
            throw new ProtoException("it has no " + (reader.graphSeen ? "ONNX version" : "graph"));
        }
        return new OnnxModel(
                reader.producer, reader.metadata, reader.nodes, reader.constants, reader.inputs, reader.outputs);
    }

    private void model(ProtoReader model) throws ProtoException {
        while (model.next()) {
            switch (model.field()) {
                case Onnx.Model.IR_VERSION -> irVersion = model.number();
                case Onnx.Model.PRODUCER_NAME -> producer = model.text();
                case Onnx.Model.GRAPH -> {
                    graphSeen = true;
                    graph(model.message());
                }
                case Onnx.Model.OPSET_IMPORT -> operatorSet(model.message());
                case Onnx.Model.METADATA_PROPS -> entry(model.message());
                case Onnx.Model.FUNCTIONS -> throw new ProtoException("it has functions of its own");
                default -> {} // readers ignore what they do not know
            }
        }
    }

    private static void operatorSet(ProtoReader set) throws ProtoException {
        while (set.next()) {
            if (set.field() == Onnx.OperatorSet.DOMAIN) {
                requireOwnDomain(set.text());
            }
        }
    }

    private static void requireOwnDomain(String domain) throws ProtoException {
        if (!domain.isEmpty() && !domain.equals("ai.onnx")) {
            throw new ProtoException("it has operators of " + domain + ", not of ai.onnx");
        }
    }

    private void entry(ProtoReader entry) throws ProtoException {
        count();
        String key = "";
        String value = "";
        while (entry.next()) {
            switch (entry.field()) {
                case Onnx.Entry.KEY -> key = entry.text();
                case Onnx.Entry.VALUE -> value = entry.text();
                default -> {}
            }
        }
        if (metadata.put(key, value) != null) {
            throw new ProtoException("its metadata has " + key + " twice");
        }
    }

    private void graph(ProtoReader graph) throws ProtoException {
        while (graph.next()) {
            switch (graph.field()) {
                case Onnx.GraphProto.NODE -> nodes.add(node(graph.message()));
                case Onnx.GraphProto.INITIALIZER -> {
                    Constant constant = tensor(graph.message());
                    constants.put(constant.name(), constant);
                }
                case Onnx.GraphProto.INPUT -> inputs.add(value(graph.message()));
                case Onnx.GraphProto.OUTPUT -> outputs.add(value(graph.message()));
                case Onnx.GraphProto.SPARSE_INITIALIZER -> throw new ProtoException("it has sparse weights");
                default -> {}
            }
        }
    }

    private Node node(ProtoReader node) throws ProtoException {
        count();
        String operator = "";
        String name = "";
        String output = "";
        List<String> inputs = new ArrayList<>();
        Map<String, Long> numbers = new LinkedHashMap<>();
        Map<String, List<Long>> lists = new LinkedHashMap<>();
        while (node.next()) {
            switch (node.field()) {
                case Onnx.NodeProto.INPUT -> {
                    count();
                    inputs.add(node.text());
                }
                case Onnx.NodeProto.OUTPUT -> output = output.isEmpty() ? node.text() : output;
                case Onnx.NodeProto.NAME -> name = node.text();
                case Onnx.NodeProto.OP_TYPE -> operator = node.text();
                case Onnx.NodeProto.ATTRIBUTE -> attribute(node.message(), numbers, lists);
                case Onnx.NodeProto.DOMAIN -> requireOwnDomain(node.text());
                default -> {}
            }
        }
        return new Node(operator, name.isEmpty() ? output : name, inputs, output, numbers, lists);
    }

    private void attribute(ProtoReader attribute, Map<String, Long> numbers, Map<String, List<Long>> lists)
            throws ProtoException {
        count();
        String name = "";
        Long number = null;
        List<Long> list = new ArrayList<>();
        while (attribute.next()) {
            switch (attribute.field()) {
                case Onnx.Attribute.NAME -> name = attribute.text();
                case Onnx.Attribute.I -> number = attribute.number();
                case Onnx.Attribute.INTS -> {
                    for (long value : attribute.numbers()) {
                        count();
                        list.add(value);
                    }
                }
                case Onnx.Attribute.GRAPH, Onnx.Attribute.GRAPHS -> throw new ProtoException("it has inner graphs");
                default -> {}
            }
        }
        if (number != null) {
            numbers.put(name, number);
        }
        if (!list.isEmpty()) {
            lists.put(name, list);
        }
    }

    private Constant tensor(ProtoReader tensor) throws ProtoException {
        count();
        String name = "";
        int type = 0;
        List<Integer> shape = new ArrayList<>();
        ByteBuffer data = ByteBuffer.allocate(0);
        Constant numbers = null;
        while (tensor.next()) {
            switch (tensor.field()) {
                case Onnx.Tensor.DIMS -> {
                    for (long size : tensor.numbers()) {
                        shape.add(dimension(size, shape.size()));
                    }
                }
                case Onnx.Tensor.DATA_TYPE -> type = (int) tensor.number();
                case Onnx.Tensor.NAME -> name = tensor.text();
                case Onnx.Tensor.RAW_DATA -> data = tensor.buffer();
                case Onnx.Tensor.INT64_DATA -> numbers = Constant.numbers("", tensor.numbers());
                case Onnx.Tensor.EXTERNAL_DATA, Onnx.Tensor.DATA_LOCATION ->
                    throw new ProtoException("its weights " + name + " are in another file");
                default -> {}
            }
        }
        return new Constant(name, type, shape, numbers == null ? data : numbers.data());
    }

    private OnnxModel.Value value(ProtoReader info) throws ProtoException {
        count();
        String name = "";
        int element = 0;
        List<Integer> shape = new ArrayList<>();
        while (info.next()) {
            if (info.field() == Onnx.ValueInfo.NAME) {
                name = info.text();
            }
            ProtoReader type = info.field() == Onnx.ValueInfo.TYPE ? info.message() : null;
            while (type != null && type.next()) {
                ProtoReader tensor = type.field() == Onnx.Type.TENSOR ? type.message() : null;
                while (tensor != null && tensor.next()) {
                    switch (tensor.field()) {
                        case Onnx.TensorType.ELEMENT -> element = (int) tensor.number();
                        case Onnx.TensorType.SHAPE -> shape(tensor.message(), shape);
                        default -> {}
                    }
                }
            }
        }
        return new OnnxModel.Value(name, element, shape);
    }

    private static void shape(ProtoReader proto, List<Integer> shape) throws ProtoException {
        while (proto.next()) {
            if (proto.field() == Onnx.Shape.DIM) {
                int size = -1;
                ProtoReader dimension = proto.message();
                while (dimension.next()) {
                    if (dimension.field() == Onnx.Dimension.VALUE) {
                        size = dimension(dimension.number(), shape.size());
                    }
                }
                shape.add(size);
            }
        }
    }

    private static int dimension(long size, int dimensions) throws ProtoException {
        if (size < 1 || size > LARGEST_DIMENSION || dimensions >= MOST_DIMENSIONS) {
            throw new ProtoException("a tensor has dimension " + size + " at place " + dimensions);
        }
        return (int) size;
    }

    private void count() throws ProtoException {
        if (++parts > MOST_PARTS) {
            throw new ProtoException("it has more than " + MOST_PARTS + " parts");
        }
    }
}
