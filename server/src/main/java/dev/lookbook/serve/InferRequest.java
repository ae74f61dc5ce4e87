package dev.lookbook.serve;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A request for inference as its JSON has it, not yet held against a model.
 *
 * @param id to be sent back
 * @param binaryOutputs whether outputs that say nothing else are sent as bytes
 * @param timeout how long the client lets it wait for a thread
 * @param outputs empty: all that the model has
 */
record InferRequest(
        Optional<String> id,
        boolean binaryOutputs,
        Optional<Duration> timeout,
        List<Input> inputs,
        List<Output> outputs) {

    /**
     * A tensor that is sent.
     *
     * @param shape null if it is missing
     * @param data from the JSON; null if there is none
     * @param binarySize how many bytes behind the JSON are its; -1 if none are
     */
    record Input(String name, String datatype, long[] shape, TensorData data, long binarySize) {}

    /** A tensor that is wanted. */
    record Output(String name, boolean binary) {}
}
