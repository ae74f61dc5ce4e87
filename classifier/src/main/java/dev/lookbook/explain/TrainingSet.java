package dev.lookbook.explain;

import java.util.Optional;
import java.util.function.Function;

/**
 * Images to find the nearest of, and an index to find them with.
 *
 * @param pixels gives the images with these numbers, {@code [numbers][height][width]}; empty if they are not at hand, and
 *     then the index alone has to do
 */
public record TrainingSet(EmbeddingIndex index, Function<int[], Optional<byte[]>> pixels) {}
