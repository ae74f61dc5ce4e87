package dev.lookbook.bench.lookbook;

import static org.bytedeco.pytorch.global.torch.MemoryFormat.ChannelsLast;

import dev.lookbook.model.Layer;
import dev.lookbook.train.TrainRequest;
import dev.lookbook.train.Training;
import dev.lookbook.train.TrainingProgress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
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
 * measured before and after the training. {@code bench/peak-share [NETWORK[:BATCH]...]} starts it; batches have 256 pictures
 * where nothing is said.
 */
public final class PeakShare {
    private static final int BATCH = 256;
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
            String network = argument.replaceFirst(":.*", "");
            int batch = argument.contains(":") ? Integer.parseInt(argument.replaceFirst(".*:", "")) : BATCH;
            double imagesPerSecond = imagesPerSecond(network, batch, data, threads);
            rates.add(imagesPerSecond * flopsPerImage(network) / 1e9);
            lines.add(String.format(
                    Locale.ROOT,
                    "%s, batches of %d: %.0f images/s, %.1f MFLOP each, %.0f GFLOP/s",
                    network,
                    batch,
                    imagesPerSecond,
                    flopsPerImage(network) / 1e6,
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
            Tensor x = torch.randn(BATCH, channels, size, size)
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
            double flops = 2.0 * BATCH * size * size * channels * channels * 9;
            return flops / median(seconds) / 1e9;
        }
    }

    private static double imagesPerSecond(String network, int batch, Path data, int threads)
            throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("peak-share");
        List<Double> seconds = new ArrayList<>();
        TrainingProgress timing = new TrainingProgress() {
            private long last;

            @Override
            public void step(Step step) {
                long now = System.nanoTime();
                if (step.step() > WARM_UP) {
                    seconds.add((now - last) / 1e9);
                }
                last = now;
            }
        };
        Map<String, Object> settings = new HashMap<>(Map.of(
                "model", network, "steps", STEPS, "threads", threads, "precision", "bf16", "holdout", 0, "batch", batch));
        settings.put("optimizer", "sgd"); // as runs of four epochs and more have it; so few steps would choose Muon
        settings.put("momentum", 0.85);
        TrainRequest request = new TrainRequest(
                settings,
                OptionalDouble.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(data),
                Optional.of(folder.resolve(network)));
        try {
            Training.start(request, timing);
        } finally {
            delete(folder);
        }
        return batch / median(seconds);
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
    private static double flopsPerImage(String network) throws IOException {
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
