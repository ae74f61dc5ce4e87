package dev.lookbook.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Scores;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Locale;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Is the occlusion map right about what matters? A picture's garment pixels (those above 0) are blacked out a twentieth at
 * a time, in the order of the map, and the answer's probability is watched; the mean over the way, from all pixels to
 * none, is the score (deletion, Petsiuk, Das and Saenko, RISE, BMVC 2018). The lower, the better the map. Against it stand
 * random garment pixels and the brightest ones first: covering anything hurts, and bright pixels most.
 */
@Tag("slow")
class DeletionSlowTest {
    private static final int IMAGES = 1000;
    private static final int IMAGES_TO_CHOOSE_ON = 300;
    private static final int STEPS = 20;
    private static final int RESAMPLES = 2000;
    private static final long SEED = 1;
    private static final String[] ORDERS = {"occlusion map", "random garment pixels", "brightest first"};

    @ParameterizedTest
    @ValueSource(strings = {"small", "classic"})
    void whatTheMapCallsImportantMattersMoreThanRandomOrBrightPixels(String model) throws Exception {
        byte[] pixels = TestImages.pixels("t10k", IMAGES);
        Random random = new Random(SEED);
        double[][] scores = new double[ORDERS.length][IMAGES];
        try (Classifier classifier = Classifier.open(TestImages.model(model))) {
            Occlusion occlusion = Occlusion.usual();
            for (int i = 0; i < IMAGES; i++) {
                byte[] image = TestImages.image(pixels, i);
                Scores answer = classifier.score(image, 1);
                int label = answer.best(0);
                float[] map = occlusion
                        .maps(classifier, image, label, label == 0 ? 1 : 0)
                        .label()
                        .values();
                double[] chance = random.doubles(image.length).toArray();
                scores[0][i] = deletion(classifier, image, label, p -> map[p]);
                scores[1][i] = deletion(classifier, image, label, p -> chance[p]);
                scores[2][i] = deletion(classifier, image, label, p -> (image[p] & 0xFF) + chance[p] / 2);
            }
            System.out.printf(
                    "%s, %d test images, window %d, stride %d, fill %d, seed %d%n",
                    model, IMAGES, occlusion.window(), occlusion.stride(), occlusion.fill(), SEED);
        }
        double[] map = interval(scores[0], new double[IMAGES], random);
        print(ORDERS[0] + ": mean probability", scores[0], map);
        for (int other = 1; other < ORDERS.length; other++) {
            print(
                    ORDERS[other] + ": mean probability",
                    scores[other],
                    interval(scores[other], new double[IMAGES], random));
            double[] gain = interval(scores[other], scores[0], random);
            System.out.printf(Locale.ROOT, "  above the map's by %.3f to %.3f%n", gain[0], gain[1]);
            assertThat(gain[0])
                    .as("lower end of the gain over " + ORDERS[other])
                    .isPositive();
        }
    }

    /** Window and stride were chosen here, on training images; the test above reads the test images for the figure only. */
    @ParameterizedTest
    @ValueSource(strings = {"small", "classic"})
    void theUsualWindowIsAboutTheBestOnTrainingImages(String model) throws Exception {
        byte[] pixels = TestImages.pixels("train", IMAGES_TO_CHOOSE_ON);
        double usual = Double.NaN;
        double best = 1;
        try (Classifier classifier = Classifier.open(TestImages.model(model))) {
            for (int[] choice : new int[][] {{3, 1}, {4, 2}, {5, 1}, {5, 2}, {6, 1}, {6, 2}, {6, 3}, {8, 2}}) {
                Occlusion occlusion = new Occlusion(choice[0], choice[1], 0);
                double mean = meanDeletion(classifier, occlusion, pixels);
                System.out.printf(
                        Locale.ROOT, "%s, %d training images, %s: %.3f%n", model, IMAGES_TO_CHOOSE_ON, occlusion, mean);
                best = Math.min(best, mean);
                usual = occlusion.equals(Occlusion.usual()) ? mean : usual;
            }
        }
        assertThat(usual).isLessThan(best + 0.02);
    }

    private static double meanDeletion(Classifier classifier, Occlusion occlusion, byte[] pixels) {
        double sum = 0;
        for (int i = 0; i < IMAGES_TO_CHOOSE_ON; i++) {
            byte[] image = TestImages.image(pixels, i);
            int label = classifier.score(image, 1).best(0);
            float[] map = occlusion
                    .maps(classifier, image, label, label == 0 ? 1 : 0)
                    .label()
                    .values();
            sum += deletion(classifier, image, label, p -> map[p]);
        }
        return sum / IMAGES_TO_CHOOSE_ON;
    }

    private static double deletion(Classifier classifier, byte[] image, int label, IntToDoubleFunction importance) {
        int[] order = IntStream.range(0, image.length)
                .filter(p -> image[p] != 0)
                .boxed()
                .sorted(Comparator.comparingDouble(p -> -importance.applyAsDouble(p)))
                .mapToInt(Integer::intValue)
                .toArray();
        byte[] left = image.clone();
        byte[] steps = new byte[(STEPS + 1) * image.length];
        int done = 0;
        for (int step = 0; step <= STEPS; step++) {
            for (; done < order.length * step / STEPS; done++) {
                left[order[done]] = 0;
            }
            System.arraycopy(left, 0, steps, step * image.length, image.length);
        }
        Scores scores = classifier.score(steps, STEPS + 1);
        double sum = 0;
        for (int step = 0; step <= STEPS; step++) {
            double weight = step == 0 || step == STEPS ? 0.5 : 1; // the trapezoidal rule
            sum += weight * scores.probabilities()[step * scores.classes() + label];
        }
        return sum / STEPS;
    }

    /** The middle 95% of the mean difference, resampling the images. */
    private static double[] interval(double[] a, double[] b, Random random) {
        double[] means = new double[RESAMPLES];
        for (int r = 0; r < RESAMPLES; r++) {
            for (int i = 0; i < a.length; i++) {
                int drawn = random.nextInt(a.length);
                means[r] += (a[drawn] - b[drawn]) / a.length;
            }
        }
        Arrays.sort(means);
        return new double[] {means[RESAMPLES / 40], means[RESAMPLES - 1 - RESAMPLES / 40]};
    }

    private static void print(String what, double[] scores, double[] interval) {
        System.out.printf(
                Locale.ROOT,
                "  %s %.3f (%.3f to %.3f)%n",
                what,
                Arrays.stream(scores).average().orElseThrow(),
                interval[0],
                interval[1]);
    }
}
