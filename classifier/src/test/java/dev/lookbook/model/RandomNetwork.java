package dev.lookbook.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A random small network, built as a graph and worked out plainly for some images at the same time. */
final class RandomNetwork {
    private static final int LARGEST_DISTANCE = 60;

    final Graph graph;
    final int height;
    final int width;
    final boolean rgb;
    final int classes;
    final byte[][] images;
    final List<Plain> logits = new ArrayList<>();
    final List<Plain> embedding = new ArrayList<>();
    final List<Plain> probabilities = new ArrayList<>();
    /** Empty if the network does not know. */
    final List<Plain> unfamiliarity = new ArrayList<>();

    private final Random random;
    private int layers;
    private String x;
    private List<Plain> values = new ArrayList<>();

    private interface Step {
        Plain apply(Plain value);
    }

    RandomNetwork(long seed, int count) {
        random = new Random(seed);
        height = 6 + random.nextInt(8);
        width = 6 + random.nextInt(8);
        rgb = random.nextInt(4) == 0;
        classes = 2 + random.nextInt(11);
        graph = new Graph(height, width, rgb ? 3 : 1);
        images = new byte[count][height * width * (rgb ? 3 : 1)];
        for (byte[] image : images) {
            random.nextBytes(image);
        }
        build();
    }

    private void build() {
        float offset = -random.nextFloat();
        x = graph.pixels(1 / 128f, offset);
        for (byte[] image : images) {
            values.add(Plain.pixels(image, height, width, rgb, 1 / 128f, offset));
        }
        for (int i = random.nextInt(5); i >= 0; i--) {
            body();
        }
        if (random.nextBoolean()) {
            step(graph.globalMaxPool(name("gmp"), x), Plain::globalMaxPool);
        } else {
            step(graph.flatten(name("flat"), x), Plain::flatten);
        }
        String embeddingName = x;
        embedding.addAll(values);
        dense(classes);
        if (random.nextBoolean()) {
            views(embeddingName);
        } else {
            outputs(embeddingName);
        }
    }

    private void body() {
        int channels = values.get(0).channels();
        int h = values.get(0).height();
        int w = values.get(0).width();
        switch (random.nextInt(7)) {
            case 0, 1 -> convolution(channels, h, w);
            case 2 -> step(graph.relu(name("relu"), x), Plain::relu);
            case 3 -> {
                int size = 1 + random.nextInt(Math.min(3, Math.min(h, w)));
                int stride = 1 + random.nextInt(2);
                boolean largest = random.nextBoolean();
                String name = name("pool");
                step(
                        largest ? graph.maxPool(name, x, size, stride) : graph.averagePool(name, x, size, stride),
                        value -> value.pool(size, stride, largest));
            }
            case 4 -> step(graph.mirror(name("mirror"), x), Plain::mirror);
            case 5 -> {
                float factor = (float) random.nextGaussian();
                step(graph.scale(name("scale"), x, factor), value -> value.scale(factor));
            }
            default -> shortcut(channels);
        }
    }

    private void convolution(int channels, int h, int w) {
        int pad = random.nextInt(3);
        int kernelHeight = 1 + random.nextInt(Math.min(4, h + 2 * pad));
        int kernelWidth = 1 + random.nextInt(Math.min(4, w + 2 * pad));
        int stride = 1 + random.nextInt(2);
        int out = 1 + random.nextInt(20);
        float[] weights = Models.random(random, out * channels * kernelHeight * kernelWidth);
        float[] bias = random.nextBoolean() ? Models.random(random, out) : null;
        step(
                graph.convolution(
                        name("conv"), x, weights, out, channels, kernelHeight, kernelWidth, bias, stride, pad),
                value -> value.convolution(weights, out, kernelHeight, kernelWidth, bias, stride, pad));
        step(graph.scale(name("scale"), x, 0.1f), value -> value.scale(0.1f));
    }

    private void shortcut(int channels) {
        float[] weights = Models.random(random, channels * channels * 9);
        String branch = graph.convolution(name("conv"), x, weights, channels, channels, 3, 3, null, 1, 1);
        step(
                graph.add(name("sum"), x, branch),
                value -> value.add(value.convolution(weights, channels, 3, 3, null, 1, 1)));
    }

    private void dense(int out) {
        int in = values.get(0).channels();
        float[] weights = Models.random(random, out * in);
        float[] bias = random.nextBoolean() ? Models.random(random, out) : null;
        step(graph.dense(name("dense"), x, weights, out, in, bias), value -> value.dense(weights, out, bias));
        step(graph.scale(name("scale"), x, 1f / in), value -> value.scale(1f / in));
    }

    private void views(String embeddingName) {
        String first = x;
        List<Plain> firstValues = values;
        step(graph.scale(name("scale"), x, -2), value -> value.scale(-2));
        List<Plain> secondValues = values;
        String logitsName = graph.logMeanProbability(name("mean"), List.of(first, x));
        values = new ArrayList<>();
        for (int i = 0; i < images.length; i++) {
            values.add(Plain.logMeanProbability(firstValues.get(i), secondValues.get(i)));
            embedding.set(i, Plain.concatenate(List.of(embedding.get(i), embedding.get(i))));
        }
        x = logitsName;
        outputs(graph.concatenate(name("embeddings"), List.of(embeddingName, embeddingName)));
    }

    private void outputs(String embeddingName) {
        float temperature = 0.5f + random.nextFloat();
        graph.outputs(x, embeddingName, temperature);
        for (Plain value : values) {
            logits.add(value);
            probabilities.add(value.softmax(temperature));
        }
        int size = embedding.get(0).channels();
        if (size <= LARGEST_DISTANCE && random.nextBoolean()) {
            distance(size);
        }
    }

    private void distance(int size) {
        float[] centre = Models.random(random, size);
        float[] curvature = Models.random(random, size * size);
        float[] slopes = Models.random(random, size * classes);
        float[] offsets = Models.random(random, classes);
        RelativeDistance distance = new RelativeDistance(centre, curvature, slopes, offsets, 0.5f, 2);
        graph.unfamiliarity(distance);
        for (Plain value : embedding) {
            unfamiliarity.add(value.relativeDistance(centre, curvature, slopes, offsets, 0.5, 1.5));
        }
    }

    private String name(String kind) {
        return kind + ++layers;
    }

    private void step(String name, Step step) {
        x = name;
        values = new ArrayList<>(values.stream().map(step::apply).toList());
    }
}
