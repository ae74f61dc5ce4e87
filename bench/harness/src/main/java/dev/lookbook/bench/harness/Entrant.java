package dev.lookbook.bench.harness;

import java.nio.file.Path;

/** A library that can train a network and answer with it, used as its documentation says. */
public interface Entrant {
    /** The property by which {@code lookbook} is told in what to train; without it, it chooses. */
    String PRECISION = "lookbook.bench.precision";

    /**
     * Trains a network from scratch on all 60,000 training images, reading them included, and saves it.
     *
     * @param data the folder of Fashion-MNIST's four IDX files
     * @param model where to save; the parent folder exists, the path does not
     * @param pace to be told after each optimiser step
     * @return what it computed in, such as {@code fp32}
     */
    String train(Task task, Path data, Path model, Pace pace) throws Exception;

    /** Opens what {@link #train} saved. */
    TrainedModel open(Path model, int threads) throws Exception;

    /**
     * A training run to be done.
     *
     * @param network such as {@code classic}
     * @param epochs passes over the training images, in parts of one too
     * @param threads how many threads may compute
     */
    record Task(String network, double epochs, long seed, int threads) {

        /** Optimiser steps of so many images. */
        public long steps(int batch) {
            return (long) Math.ceil(epochs * Idx.TRAINING_IMAGES / batch);
        }
    }

    /** A network that answers. */
    interface TrainedModel extends AutoCloseable {

        /**
         * The most likely class of each image, from 0.
         *
         * @param pixels {@code [count][28][28]}, 0 black to 255 white
         */
        int[] classify(byte[] pixels, int count) throws Exception;

        /** How many numbers training chose. */
        long parameters();
    }
}
