package dev.lookbook.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The simplest entrant: each class by the mean of its training images, an image by the nearest mean. */
final class MeanImages implements Entrant {
    private static final int BATCH = 1_000;

    /** How to start it; a file with the class path is written to {@code folder}. */
    static EntrantProcess process(Path folder) {
        try {
            Path classPath = Files.writeString(folder.resolve("classpath"), System.getProperty("java.class.path"));
            return new EntrantProcess("toy", classPath, MeanImages.class.getName(), List.of("-Xmx1g"), Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static void main(String[] args) throws Exception {
        if (args[0].equals("fail")) {
            throw new IllegalStateException("no luck today");
        }
        if (args[0].equals("sleep")) {
            Thread.sleep(60_000);
        }
        System.out.println("talk that is no answer");
        Child.run(new MeanImages(), args);
    }

    @Override
    public String train(Task task, Path data, Path model, Pace pace) throws Exception {
        Idx images = Idx.training(data);
        double[] sums = new double[Idx.CLASSES * Idx.PIXELS];
        int[] counts = new int[Idx.CLASSES];
        for (int step = 0; step < task.steps(BATCH); step++) {
            for (int i = step * BATCH; i < (step + 1) * BATCH; i++) {
                counts[images.labels()[i]]++;
                for (int p = 0; p < Idx.PIXELS; p++) {
                    sums[images.labels()[i] * Idx.PIXELS + p] += images.pixels()[i * Idx.PIXELS + p] & 0xff;
                }
            }
            pace.stepDone(BATCH);
        }
        ByteBuffer means = ByteBuffer.allocate(8 * sums.length);
        for (int i = 0; i < sums.length; i++) {
            means.putDouble(sums[i] / counts[i / Idx.PIXELS]);
        }
        Files.write(model, means.array());
        return "fp64";
    }

    @Override
    public TrainedModel open(Path model, int threads) throws Exception {
        double[] means = new double[Idx.CLASSES * Idx.PIXELS];
        ByteBuffer.wrap(Files.readAllBytes(model)).asDoubleBuffer().get(means);
        return new TrainedModel() {
            @Override
            public int[] classify(byte[] pixels, int count) {
                int[] classes = new int[count];
                for (int i = 0; i < count; i++) {
                    classes[i] = nearest(means, pixels, i * Idx.PIXELS);
                }
                return classes;
            }

            @Override
            public long parameters() {
                return means.length;
            }

            @Override
            public void close() {}
        };
    }

    private static int nearest(double[] means, byte[] pixels, int at) {
        int best = 0;
        double least = Double.POSITIVE_INFINITY;
        for (int k = 0; k < Idx.CLASSES; k++) {
            double distance = 0;
            for (int p = 0; p < Idx.PIXELS; p++) {
                double difference = (pixels[at + p] & 0xff) - means[k * Idx.PIXELS + p];
                distance += difference * difference;
            }
            if (distance < least) {
                least = distance;
                best = k;
            }
        }
        return best;
    }
}
