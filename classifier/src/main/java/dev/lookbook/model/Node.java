package dev.lookbook.model;

import java.util.List;
import java.util.Map;

/** One operator of a graph, as ONNX has it. Of its attributes only the whole numbers, which are all that we use. */
record Node(
        String operator,
        String name,
        List<String> inputs,
        String output,
        Map<String, Long> numbers,
        Map<String, List<Long>> lists) {

    Node {
        inputs = List.copyOf(inputs);
    }

    long number(String attribute, long otherwise) {
        return numbers.getOrDefault(attribute, otherwise);
    }

    /** The attribute for height and width; {@code otherwise} for both if it is absent. */
    List<Long> pair(String attribute, long otherwise) {
        return lists.getOrDefault(attribute, List.of(otherwise, otherwise));
    }
}
