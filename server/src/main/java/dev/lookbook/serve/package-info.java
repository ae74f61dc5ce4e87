/**
 * The classifier over HTTP: plain pictures for everybody, and the Open Inference Protocol for clients that speak to
 * Triton or KServe already.
 *
 * <p>Start reading at {@link dev.lookbook.serve.Server}, then {@code PictureRoutes} and {@code ProtocolRoutes}: each
 * reads a request, borrows a model from {@code Models}, and has {@code Workers} do the sums. {@code Guard} decides who
 * gets that far, {@code Bodies} how much they may send.
 *
 * <p>This package must not know how a model is trained, nor the command line.
 */
package dev.lookbook.serve;
