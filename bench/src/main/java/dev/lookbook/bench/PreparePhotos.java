package dev.lookbook.bench;

import dev.lookbook.image.Picture;
import dev.lookbook.image.Preparation;
import dev.lookbook.image.Prepared;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How long a photo takes on one thread until a network can read it: {@code PreparePhotos FOLDER-OR-PHOTO...}. Each photo is
 * decoded and prepared {@value #TIMES} times after a warm-up; its median counts.
 */
public final class PreparePhotos {
    private static final int TIMES = 5;
    private static final long WARM_UP_NANOS = 5_000_000_000L;
    private static final Set<String> EXTENSIONS = Set.of("jpg", "jpeg", "png", "webp", "gif", "bmp");

    private PreparePhotos() {}

    public static void main(String[] args) throws IOException {
        List<Path> photos = photos(args);
        if (photos.isEmpty()) {
            throw new IllegalArgumentException("no photos there. Name photos or folders of photos");
        }
        warmUp(photos);
        double[] decoding = new double[photos.size()];
        double[] preparing = new double[photos.size()];
        double[] megapixels = new double[photos.size()];
        for (int i = 0; i < photos.size(); i++) {
            byte[] file = Files.readAllBytes(photos.get(i));
            double[] decode = new double[TIMES];
            double[] prepare = new double[TIMES];
            for (int t = 0; t < TIMES; t++) {
                long start = System.nanoTime();
                Picture picture = Picture.read(file, "photo");
                long decoded = System.nanoTime();
                Prepared prepared = Preparation.FASHION_MNIST_1.prepare(picture);
                prepare[t] = (System.nanoTime() - decoded) / 1e6;
                decode[t] = (decoded - start) / 1e6;
                megapixels[i] = prepared.side() > 0 ? picture.width() * picture.height() / 1e6 : 0;
            }
            decoding[i] = quantile(decode, 0.5);
            preparing[i] = quantile(prepare, 0.5);
        }
        System.out.printf(
                Locale.ROOT,
                "%d photos, median %.2f megapixels, ms per photo on one thread: median (10%% to 90%% of photos)%n",
                photos.size(),
                quantile(megapixels, 0.5));
        tell("decoding", decoding);
        tell("preparing", preparing);
    }

    private static List<Path> photos(String... args) throws IOException {
        List<Path> photos = new ArrayList<>();
        for (String arg : args) {
            try (Stream<Path> files = Files.walk(Path.of(arg))) {
                files.filter(file -> EXTENSIONS.contains(extension(file)))
                        .sorted()
                        .forEach(photos::add);
            }
        }
        return photos;
    }

    private static String extension(Path file) {
        String name = file.getFileName().toString();
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    private static void warmUp(List<Path> photos) throws IOException {
        long start = System.nanoTime();
        for (int i = 0; System.nanoTime() - start < WARM_UP_NANOS; i = (i + 1) % photos.size()) {
            Preparation.FASHION_MNIST_1.prepare(Picture.read(photos.get(i)));
        }
    }

    private static void tell(String what, double[] millis) {
        System.out.printf(
                Locale.ROOT,
                "%-10s %6.1f (%.1f to %.1f)%n",
                what,
                quantile(millis, 0.5),
                quantile(millis, 0.1),
                quantile(millis, 0.9));
    }

    private static double quantile(double[] values, double share) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.round(share * (sorted.length - 1))];
    }
}
