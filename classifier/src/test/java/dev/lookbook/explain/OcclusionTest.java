package dev.lookbook.explain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Scores;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OcclusionTest {
    private static final int SIDE = TestImages.SIDE;
    private static Classifier classifier;
    private static byte[] boot;

    @BeforeAll
    static void open() throws Exception {
        classifier = Classifier.open(TestImages.model("tiny"));
        boot = TestImages.pixels("t10k", 1);
    }

    @AfterAll
    static void close() {
        classifier.close();
    }

    @ParameterizedTest(name = "window {0}, stride {1}, fill {2}")
    @CsvSource({"5, 1, 0", "5, 2, 0", "4, 4, 0", "6, 3, 128", "1, 1, 255"})
    void aPixelsValueIsTheMeanLossOverTheWindowsThatCoverIt(int window, int stride, int fill) {
        Occlusion.Maps maps = new Occlusion(window, stride, fill).maps(classifier, boot, 9, 7);

        double[][] slow = slowly(window, stride, (byte) fill);
        for (int i = 0; i < boot.length; i++) {
            assertThat((double) maps.label().values()[i]).isEqualTo(slow[0][i], within(1e-4));
            assertThat((double) maps.rather().values()[i]).isEqualTo(slow[1][i], within(1e-4));
        }
    }

    @Test
    void whereThereIsNothingToCoverNothingIsLost() {
        Occlusion.Maps maps = new Occlusion(5, 1, 0).maps(classifier, new byte[boot.length], 9, 7);

        assertThat(maps.label().values()).containsOnly(0);
        assertThat(maps.rather().values()).containsOnly(0);
    }

    @Test
    void anOcclusionThatLeavesGapsIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Occlusion(3, 4, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Occlusion(0, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new Occlusion(3, 1, 256));
    }

    /** One window after the other, each scored alone; class 9, and 9 against 7. */
    private static double[][] slowly(int window, int stride, byte fill) {
        double[][] sums = new double[2][boot.length];
        int[] counts = new int[boot.length];
        double[] whole = loss(boot);
        for (int top = 1 - window; top < SIDE; top += stride) {
            for (int left = 1 - window; left < SIDE; left += stride) {
                byte[] covered = boot.clone();
                for (int i = 0; i < boot.length; i++) {
                    covered[i] = isIn(i, top, left, window) ? fill : covered[i];
                }
                double[] without = loss(covered);
                for (int i = 0; i < boot.length; i++) {
                    if (isIn(i, top, left, window)) {
                        sums[0][i] += whole[0] - without[0];
                        sums[1][i] += whole[1] - without[1];
                        counts[i]++;
                    }
                }
            }
        }
        for (int i = 0; i < boot.length; i++) {
            sums[0][i] /= counts[i];
            sums[1][i] /= counts[i];
        }
        return sums;
    }

    private static boolean isIn(int pixel, int top, int left, int window) {
        int y = pixel / SIDE - top;
        int x = pixel % SIDE - left;
        return y >= 0 && y < window && x >= 0 && x < window;
    }

    private static double[] loss(byte[] image) {
        Scores scores = classifier.score(image, 1);
        double sum = 0;
        for (float logit : scores.logits()) {
            sum += Math.exp(logit);
        }
        return new double[] {Math.log(Math.exp(scores.logits()[9]) / sum), scores.logits()[9] - scores.logits()[7]};
    }
}
