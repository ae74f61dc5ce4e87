package dev.lookbook.model;

/** The field numbers of onnx.proto that we write and read, one interface per message. */
interface Onnx {
    long IR_VERSION = 8;
    long OPSET = 17;

    interface Model {
        int IR_VERSION = 1;
        int PRODUCER_NAME = 2;
        int GRAPH = 7;
        int OPSET_IMPORT = 8;
        int METADATA_PROPS = 14;
        int FUNCTIONS = 25;
    }

    interface OperatorSet {
        int DOMAIN = 1;
        int VERSION = 2;
    }

    interface Entry {
        int KEY = 1;
        int VALUE = 2;
    }

    interface GraphProto {
        int NODE = 1;
        int NAME = 2;
        int INITIALIZER = 5;
        int INPUT = 11;
        int OUTPUT = 12;
        int SPARSE_INITIALIZER = 15;
    }

    interface NodeProto {
        int INPUT = 1;
        int OUTPUT = 2;
        int NAME = 3;
        int OP_TYPE = 4;
        int ATTRIBUTE = 5;
        int DOMAIN = 7;
    }

    interface Attribute {
        int NAME = 1;
        int I = 3;
        int GRAPH = 6;
        int INTS = 8;
        int GRAPHS = 11;
        int TYPE = 20;
        int TYPE_INT = 2;
        int TYPE_INTS = 7;
    }

    interface Tensor {
        int DIMS = 1;
        int DATA_TYPE = 2;
        int INT64_DATA = 7;
        int NAME = 8;
        int RAW_DATA = 9;
        int EXTERNAL_DATA = 13;
        int DATA_LOCATION = 14;
    }

    interface ValueInfo {
        int NAME = 1;
        int TYPE = 2;
    }

    interface Type {
        int TENSOR = 1;
    }

    interface TensorType {
        int ELEMENT = 1;
        int SHAPE = 2;
    }

    interface Shape {
        int DIM = 1;
    }

    interface Dimension {
        int VALUE = 1;
        int NAME = 2;
    }
}
