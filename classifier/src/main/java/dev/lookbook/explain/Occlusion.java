package dev.lookbook.explain;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Scores;
import java.util.Arrays;
import java.util.function.IntToDoubleFunction;

/**
 * Which pixels an answer hangs on: parts of the picture are covered, one after the other, and the network is asked again
 * (Zeiler and Fergus, Visualizing and Understanding Convolutional Networks, ECCV 2014). It needs nothing but answers, so
 * it works for every network.
 *
 * <p>A pixel's value is the mean, over all windows that cover it, of what the network loses: of how much the logarithm of
 * the class's probability falls, before the temperature. 0.7 halves the probability; below 0 the class gains.
 *
 * @param window side of the square that is covered, in pixels
 * @param stride pixels from one square to the next; squares may hang over the edge, so that pixels there
 *     are covered as often as others; all are covered equally often if the stride divides the window
 * @param fill the grey that covers, 0 to 255; 0 is the ground, so covering means that no cloth is there
 */
public record Occlusion(int window, int stride, int fill) {
    public Occlusion {
        if (window < 1 || stride < 1 || stride > window || fill < 0 || fill > 255) {
            throw new IllegalArgumentException("an occlusion needs a window of at least 1, a stride of 1 to the window"
                    + " and a fill of 0 to 255, but got " + window + ", " + stride + " and " + fill);
        }
    }

    /**
     * Windows of 3 pixels over the ground's black, in steps of 1: coarser ones miss what networks see that begin at the
     * picture's full size, and save a twentieth of a second (docs/results.md).
     */
    public static Occlusion usual() {
        return new Occlusion(3, 1, 0);
    }

    /**
     * What covering does to one class, and to it compared with another.
     *
     * @param label map of the fall of the logarithm of the class's probability
     * @param rather the same of the class's probability divided by the other's: positive where the pixels speak for the
     *     class, negative where they speak for the other
     */
    public record Maps(PixelMap label, PixelMap rather) {}

    /**
     * @param pixels {@code [height][width]}, grey, as the network gets them
     * @param label an index of the model's labels, and {@code other} another
     */
    public Maps maps(Classifier classifier, byte[] pixels, int label, int other) {
        int height = classifier.model().height();
        int width = classifier.model().width();
        Covered covered = cover(pixels, height, width);
        Scores scores = classifier.score(covered.pixels(), covered.count());
        double whole = logProbability(scores, 0, label);
        double wholeMargin = margin(scores, 0, label, other);
        return new Maps(
                mean(covered, height, width, i -> whole - logProbability(scores, i, label)),
                mean(covered, height, width, i -> wholeMargin - margin(scores, i, label, other)));
    }

    /**
     * The picture itself, then the picture with each window covered that changes it.
     *
     * @param image {@code [windows]}: which of the images has this window covered; 0 if nothing changed
     */
    private record Covered(byte[] pixels, int count, int[] image, int rows, int columns) {}

    private Covered cover(byte[] pixels, int height, int width) {
        int rows = (height + window - 2) / stride + 1;
        int columns = (width + window - 2) / stride + 1;
        byte[] all = Arrays.copyOf(pixels, (rows * columns + 1) * pixels.length);
        int[] image = new int[rows * columns];
        int count = 1;
        for (int i = 0; i < image.length; i++) {
            int from = count * pixels.length;
            System.arraycopy(pixels, 0, all, from, pixels.length);
            boolean changed = false;
            for (int y = top(i / columns); y < bottom(i / columns, height); y++) {
                for (int x = top(i % columns); x < bottom(i % columns, width); x++) {
                    changed |= all[from + y * width + x] != (byte) fill;
                    all[from + y * width + x] = (byte) fill;
                }
            }
            image[i] = changed ? count++ : 0;
        }
        return new Covered(Arrays.copyOf(all, count * pixels.length), count, image, rows, columns);
    }

    private PixelMap mean(Covered covered, int height, int width, IntToDoubleFunction loss) {
        double[] sums = new double[height * width];
        int[] counts = new int[height * width];
        for (int i = 0; i < covered.image().length; i++) {
            int row = i / covered.columns();
            int column = i % covered.columns();
            double lost = covered.image()[i] == 0 ? 0 : loss.applyAsDouble(covered.image()[i]);
            for (int y = top(row); y < bottom(row, height); y++) {
                for (int x = top(column); x < bottom(column, width); x++) {
                    sums[y * width + x] += lost;
                    counts[y * width + x]++;
                }
            }
        }
        float[] means = new float[sums.length];
        for (int i = 0; i < means.length; i++) {
            means[i] = (float) (sums[i] / counts[i]);
        }
        return new PixelMap(height, width, means);
    }

    private int top(int row) {
        return Math.max(0, row * stride - window + 1);
    }

    private int bottom(int row, int length) {
        return Math.min(length, row * stride + 1);
    }

    private static double margin(Scores scores, int image, int label, int other) {
        int first = image * scores.classes();
        return (double) scores.logits()[first + label] - scores.logits()[first + other];
    }

    private static double logProbability(Scores scores, int image, int label) {
        int first = image * scores.classes();
        double most = Double.NEGATIVE_INFINITY;
        for (int k = 0; k < scores.classes(); k++) {
            most = Math.max(most, scores.logits()[first + k]);
        }
        double sum = 0;
        for (int k = 0; k < scores.classes(); k++) {
            sum += Math.exp(scores.logits()[first + k] - most);
        }
        return scores.logits()[first + label] - most - Math.log(sum);
    }
}
