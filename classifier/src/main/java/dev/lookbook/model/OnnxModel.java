package dev.lookbook.model;

import java.util.List;
import java.util.Map;

/** What we read of an ONNX file; its parts point into the file's bytes. */
record OnnxModel(
        String producer,
        Map<String, String> metadata,
        List<Node> nodes,
        Map<String, Constant> constants,
        List<Value> inputs,
        List<Value> outputs) {

    /** An input or output of the graph. {@code shape} has -1 where the size is left open. */
    record Value(String name, int type, List<Integer> shape) {
        @Override
        public String toString() {
            String element = switch (type) {
                case Constant.FLOAT -> "FLOAT";
                case Constant.UINT8 -> "UINT8";
                case Constant.INT64 -> "INT64";
                default -> "type " + type;
            };
            return name + " " + element + " " + shape.toString().replace("-1", "N");
        }
    }

    static Value find(List<Value> values, String name) {
        for (Value value : values) {
            if (value.name().equals(name)) {
                return value;
            }
        }
        return null;
    }
}
