/**
 * Trains a convolutional network on labelled pictures with libtorch and leaves a run directory with the model file.
 *
 * <p>Start reading at {@link dev.lookbook.train.Training}, the front door; {@code Trainer} is the loop, {@code
 * Networks} the layers by name, {@code Presets} the recipe of each network. Everything decided is a field of {@link
 * dev.lookbook.train.TrainSettings}, which is what {@code args.yaml} holds: two runs with equal settings on the same
 * kind of processor end with the same weights, bit for bit.
 *
 * <p>This package must not know the command line, and nothing outside it may know libtorch.
 */
package dev.lookbook.train;
