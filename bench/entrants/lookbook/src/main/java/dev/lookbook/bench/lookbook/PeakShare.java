package dev.lookbook.bench.lookbook;

import static org.bytedeco.pytorch.global.torch.MemoryFormat.ChannelsLast;

import dev.lookbook.model.Layer;
import dev.lookbook.train.TrainRequest;
import dev.lookbook.train.TrainSettings;
import dev.lookbook.train.Training;
import dev.lookbook.train.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.openblas.presets.openblas_nolapack;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * How much of what this processor can do in bf16 a training step does. The peak is the best rate of single 3x3 convolutions,
 * measured before and after the training. {@code bench/peak-share [NETWORK[:EPOCHS]...]} starts it: the recipe, batches
 * included, is that of runs of so many epochs, 20 where nothing is said.
 */
public final class PeakShare {
    private static final int PEAK_BATCH = 256;
    private static final double EPOCHS = 20;
    private static final int STEPS = 150;
    private static final int WARM_UP = 30;
    private static final int TRIES = 15;
    /** Channels and size of the pictures. */
    private static final int[][] SHAPES = {{64, 28}, {128, 28}, {64, 14}, {128, 14}, {256, 14}, {128, 7}, {256, 7}};

    private static final long[] ONE = {1, 1};

    private PeakShare() {}

    public static void main(String[] args) throws Exception {
        Path data = Path.of(args[0]);
        List<String> networks = args.length > 1 ? List.of(args).subList(1, args.length) : List.of("base");
        int threads = Runtime.getRuntime().availableProcessors();
        openblas_nolapack.blas_set_num_threads(1);
        torch.set_num_threads(threads);
        double before = peak();
        List<String> lines = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        for (String argument : networks) {
            Pace pace = pace(argument, data, threads);
            rates.add(pace.flopsPerSecond() / 1e9);
            lines.add(String.format(
                    Locale.ROOT,
                    "%s of %s epochs, batches of %d, sharpness-aware radius %s: %.0f images/s, %.1f MFLOP each, %.0f GFLOP/s",
                    pace.settings().model(),
                    pace.epochs(),
                    pace.settings().batch(),
                    pace.settings().samRadius(),
                    pace.imagesPerSecond(),
                    pace.flopsPerImage() / 1e6,
                    rates.get(rates.size() - 1)));
        }
        double after = peak();
        double peak = Math.max(before, after);
        System.out.printf(Locale.ROOT, "peak: %.0f GFLOP/s before, %.0f after%n", before, after);
        for (int i = 0; i < lines.size(); i++) {
            System.out.printf(Locale.ROOT, "%s, %.1f%% of the peak%n", lines.get(i), 100 * rates.get(i) / peak);
        }
    }

    /** The best of all shapes, in GFLOP/s; each shape's median. */
    private static double peak() {
        double best = 0;
        try (NoGradGuard noGrad = new NoGradGuard()) {
            for (int[] shape : SHAPES) {
                best = Math.max(best, rate(shape[0], shape[1]));
            }
        }
        return best;
    }

    private static double rate(int channels, int size) {
        try (PointerScope scope = new PointerScope()) {
            Tensor x = torch.randn(PEAK_BATCH, channels, size, size)
                    .to(torch.ScalarType.BFloat16)
                    .contiguous(ChannelsLast);
            Tensor kernels = torch.randn(channels, channels, 3, 3)
                    .to(torch.ScalarType.BFloat16)
                    .contiguous(ChannelsLast);
            List<Double> seconds = new ArrayList<>();
            for (int i = 0; i < TRIES; i++) {
                try (PointerScope step = new PointerScope()) {
                    long start = System.nanoTime();
                    torch.conv2d(x, kernels, new TensorOptional(), ONE, ONE, ONE, 1);
                    seconds.add((System.nanoTime() - start) / 1e9);
                }
            }
            double flops = 2.0 * PEAK_BATCH * size * size * channels * channels * 9;
            return flops / median(seconds) / 1e9;
        }
    }

    /** How fast a recipe trains. */
    private record Pace(TrainSettings settings, double epochs, double secondsPerStep, double flopsPerPass) {
        double imagesPerSecond() {
            return settings.batch() / secondsPerStep;
        }

        /** A sharpness-aware step takes a part of its pictures twice. */
        double flopsPerImage() {
            return flopsPerPass * (settings.samRadius() == 0 ? 1 : 1 + settings.samShare());
        }

        double flopsPerSecond() {
            return imagesPerSecond() * flopsPerImage();
        }
    }

    /** Ends a run of which enough has been seen. */
    private static final class EnoughSeen extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private static final class Timing implements TrainingProgress {
        private final List<Double> seconds = new ArrayList<>();
        private TrainSettings settings;
        private long last;

        @Override
        public void started(Path run, TrainSettings decided, double stepsPerEpoch, long firstStep) {
            if (decided.steps() < STEPS) {
                throw new IllegalArgumentException("a run of " + decided.steps()
                        + " steps is too short to tell a pace; give more epochs, for " + STEPS + " steps");
            }
            settings = decided;
        }

        @Override
        public void step(Step step) {
            long now = System.nanoTime();
            if (step.step() > WARM_UP) {
                seconds.add((now - last) / 1e9);
            }
            last = now;
            if (step.step() == STEPS) {
                throw new EnoughSeen();
            }
        }
    }

    private static Pace pace(String argument, Path data, int threads) throws IOException, InterruptedException {
        String network = argument.replaceFirst(":.*", "");
        double epochs = argument.contains(":") ? Double.parseDouble(argument.replaceFirst(".*:", "")) : EPOCHS;
        Path folder = Files.createTempDirectory("peak-share");
        Timing timing = new Timing();
        TrainRequest request = new TrainRequest(
                Map.of("model", network, "threads", threads, "precision", "bf16", "holdout", 0),
                OptionalDouble.of(epochs),
                Optional.empty(),
                Optional.empty(),
                Optional.of(data),
                Optional.of(folder.resolve("run")));
        try {
            Training.start(request, timing);
        } catch (EnoughSeen enough) {
            return new Pace(timing.settings, epochs, median(timing.seconds), flopsPerPass(network));
        } finally {
            delete(folder);
        }
        throw new IllegalStateException("the run ended by itself");
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /**
     * What training on one image takes: forward, gradients of the weights, gradients of the inputs, each as many operations.
     * The first trained layer's input needs no gradient, nor does anything before it.
     */
    private static double flopsPerPass(String network) throws IOException {
        double flops = 0;
        boolean isBehindTrained = false;
        for (Layer layer : Training.untrained(network).layers()) {
            boolean isTrained = layer.parameters() > 0 && !layer.name().equals("stem");
            int passes = !isTrained ? 1 : isBehindTrained ? 3 : 2;
            flops += (double) passes * layer.flops();
            isBehindTrained |= isTrained;
        }
        return flops;
    }

    private static double median(List<Double> values) {
        List<Double> sorted = new ArrayList<>(values);
        Collections.sort(sorted);
        return sorted.get(sorted.size() / 2);
    }
}
