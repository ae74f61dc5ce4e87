/**
 * Picture in, prediction out: the one path that every door uses, be it the command line, the server or a program that
 * embeds Lookbook.
 *
 * <p>Start reading at {@link dev.lookbook.classify.Classifier}. {@code Engine} and {@code Lane} run ONNX Runtime,
 * {@code Natives} makes it start fast, {@code Stream} classifies without end.
 *
 * <p>This package must not know where pictures come from (a folder, a table, a request) nor how answers are shown.
 */
package dev.lookbook.classify;
