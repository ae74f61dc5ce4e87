/**
 * The model file, written and read in one place: an ONNX file that holds the graph from pixels to calibrated
 * probabilities, the labels and where the model comes from.
 *
 * <p>Start reading at {@link dev.lookbook.model.ModelFile}; {@link dev.lookbook.model.Graph} is what training fills in,
 * {@link dev.lookbook.model.Values} says what the values are called. The file is a protobuf, of which
 * {@code ProtoWriter}, {@code ProtoReader} and {@code Onnx} are all that we need.
 *
 * <p>This package must not know how a model is trained or run: it imports neither libtorch nor ONNX Runtime.
 */
package dev.lookbook.model;
