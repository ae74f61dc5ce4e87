/**
 * What a network saw and what decided: the values of every layer, the pixels that an answer hangs on, the features that
 * speak for a class and against another, the training images that look alike to the network, and the patches that a
 * feature looks for.
 *
 * <p>Start reading at {@link dev.lookbook.explain.Explainer}, which makes an {@link dev.lookbook.explain.Explanation} of
 * a prepared picture; {@link dev.lookbook.explain.FeatureSearch} and {@link dev.lookbook.explain.EmbeddingIndex} work on
 * many pictures. The values are those of the very file that classifies.
 *
 * <p>This package must not know where pictures come from, nor how what it finds is shown.
 */
package dev.lookbook.explain;
