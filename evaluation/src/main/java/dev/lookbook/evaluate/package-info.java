/**
 * How good a model file is: metrics, calibration, charts and the report.
 *
 * <p>Start reading at {@link dev.lookbook.evaluate.Evaluation}, which scores a classifier on labelled images, and at
 * {@link dev.lookbook.evaluate.Report}, which is what it finds. {@link dev.lookbook.evaluate.Calibration} is fitted
 * while a model is made. Nothing here knows how a network is trained: only the exported file is scored.
 */
package dev.lookbook.evaluate;
