package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** The networks by name. To add one: a method here, a preset in {@code presets.yaml}. */
final class Networks {
    private Networks() {}

    /** Whether a network has stages, of {@code widths} and {@code blocks}. */
    static boolean isResidual(String model) {
        return !model.equals("mlp") && !model.equals("classic");
    }

    static Network create(TrainSettings settings, LabelledImages training) {
        var random = new java.util.SplittableRandom(settings.seed());
        int height = training.height();
        int width = training.width();
        int classes = training.labels().size();
        float pixelScale = pixelScale(training);
        List<Layer> layers = switch (settings.model()) {
            case "mlp" -> mlp(height, width, classes, random);
            case "classic" -> classic(height, width, classes, settings.dropout(), random);
            default -> residual(settings, training, pixelScale, random);
        };
        return new Network(settings.model(), layers, height, width, pixelScale);
    }

    /** 784-128-10: neurons without convolution, the baseline of every course. */
    private static List<Layer> mlp(int height, int width, int classes, RandomGenerator random) {
        return List.of(
                new Layer.Flatten("flatten"),
                DenseLayer.neurons("dense1", height * width, 128, true, random),
                DenseLayer.neurons("dense2", 128, classes, false, random));
    }

    /** The textbook's convolutional network. */
    private static List<Layer> classic(int height, int width, int classes, double dropout, RandomGenerator random) {
        return List.of(
                ConvolutionLayer.of("conv1", 1, 32, random),
                new Layer.MaxPool("pool1"),
                ConvolutionLayer.of("conv2", 32, 64, random),
                new Layer.MaxPool("pool2"),
                new Layer.Flatten("flatten"),
                DenseLayer.neurons("dense1", 64 * (height / 4) * (width / 4), 128, true, random),
                new Layer.Dropout(dropout),
                DenseLayer.neurons("dense2", 128, classes, false, random));
    }

    /**
     * A whitening stem, then stages at 28x28 (if the stem keeps the size), 14x14, 7x7 and 3x3: each a convolution to the
     * stage's width and its residual blocks, with max-pooling between; the strongest response per channel, and a linear
     * head.
     */
    private static List<Layer> residual(
            TrainSettings settings, LabelledImages training, float pixelScale, RandomGenerator random) {
        List<Layer> layers = new ArrayList<>();
        StemLayer stem = StemLayer.of("stem", training, pixelScale, settings.stemStride());
        layers.add(stem);
        int channels = stem.filters();
        for (int s = 0; s < settings.widths().size(); s++) {
            String stage = "stage" + (s + 1);
            if (s > 0) {
                layers.add(new Layer.MaxPool(stage + ".pool"));
            }
            int width = settings.widths().get(s);
            layers.add(BlockLayer.of(stage + ".conv", channels, width, false, random));
            channels = width;
            for (int b = 0; b < settings.blocks().get(s); b++) {
                layers.add(BlockLayer.of(stage + ".block" + (b + 1), channels, channels, true, random));
            }
        }
        layers.add(new Layer.GlobalMaxPool("features"));
        layers.add(DenseLayer.head("head", channels, training.labels().size(), random));
        return layers;
    }

    /** One over the pixels' standard deviation, to three digits: networks start best on inputs of unit variance. */
    private static float pixelScale(LabelledImages training) {
        byte[] pixels = training.pixels();
        double sum = 0;
        double squares = 0;
        // Every third pixel tells the deviation to four digits.
        int counted = 0;
        for (int i = 0; i < pixels.length; i += 3) {
            int value = pixels[i] & 0xff;
            sum += value;
            squares += (double) value * value;
            counted++;
        }
        double mean = sum / counted;
        double deviation = Math.sqrt(Math.max(1, squares / counted - mean * mean));
        return (float) (1 / (Math.rint(deviation * 10) / 10));
    }
}
