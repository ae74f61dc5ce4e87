package dev.lookbook.train;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Source;
import dev.lookbook.dataset.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/** Pictures to train on in tests. */
final class Pictures {
    static final Path DATA = Path.of(System.getProperty("lookbook.home"), "data");

    private Pictures() {}

    /** Bars and squares at random places: three classes that a network tells apart within some steps. */
    static LabelledImages drawn(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] pixels = new byte[count * 28 * 28];
        int[] labels = new int[count];
        for (int n = 0; n < count; n++) {
            labels[n] = n % 3;
            int width = labels[n] == 0 ? 4 : labels[n] == 1 ? 18 : 11;
            int height = labels[n] == 0 ? 18 : labels[n] == 1 ? 4 : 11;
            int left = random.nextInt(28 - width);
            int top = random.nextInt(28 - height);
            for (int y = top; y < top + height; y++) {
                for (int x = left; x < left + width; x++) {
                    pixels[(n * 28 + y) * 28 + x] = (byte) (120 + random.nextInt(120));
                }
            }
        }
        return LabelledImages.of(28, 28, pixels, labels, List.of("upright", "lying", "square"));
    }

    /** The first pictures of the real training set. */
    static LabelledImages real(int count) throws IOException {
        LabelledImages all = Source.of("fashion-mnist", Optional.of(DATA)).read(Source.TRAIN);
        return all.subset(java.util.stream.IntStream.range(0, count).toArray());
    }

    /** All 10,000 of the real test set. */
    static LabelledImages test() throws IOException {
        return Source.of("fashion-mnist", Optional.of(DATA)).read(Source.TEST);
    }

    /** A row per picture, its label first. */
    static void writeCsv(Path file, LabelledImages images) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int n = 0; n < images.count(); n++) {
            text.append(images.label(n));
            for (byte pixel : images.pixels(n)) {
                text.append(',').append(pixel & 0xff);
            }
            text.append('\n');
        }
        WholeFile.write(file, text.toString());
    }
}
