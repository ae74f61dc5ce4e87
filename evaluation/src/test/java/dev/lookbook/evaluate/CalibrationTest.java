package dev.lookbook.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CalibrationTest {
    private static final int CLASSES = 10;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theTemperatureIsTheOneThatAFineSearchFinds(long seed) {
        Sample sample = Sample.draw(seed, 200, 0.3 + seed * 0.4);

        Calibration fitted = Calibration.fit(sample.logits, sample.labels, CLASSES);

        double best = 0;
        double lowest = Double.POSITIVE_INFINITY;
        for (double t = 0.05; t <= 20; t *= 1.003) {
            double nll = sample.slowNll(t);
            if (nll < lowest) {
                lowest = nll;
                best = t;
            }
        }
        assertThat(fitted.temperature()).as("seed %d", seed).isCloseTo(best, within(best * 0.003));
        assertThat(sample.slowNll(fitted.temperature())).isLessThanOrEqualTo(lowest);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 3})
    void theTemperatureThatTheLabelsWereDrawnWithIsFound(double drawnWith) {
        Sample sample = Sample.draw(7, 20_000, drawnWith);

        Calibration fitted = Calibration.fit(sample.logits, sample.labels, CLASSES);

        assertThat(fitted.temperature()).isCloseTo(drawnWith, within(0.05 * drawnWith));
        assertThat(fitted.calibrated()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void sureAtIsWhatTryingEveryConfidenceFinds(long seed) {
        Sample sample = Sample.draw(seed, 1500, 0.5);

        Calibration fitted = Calibration.fit(sample.logits, sample.labels, CLASSES);

        assertThat(fitted.sureAt()).as("seed %d", seed).isEqualTo(sample.slowSureAt(fitted.temperature()));
        assertThat(fitted.sureAt()).isPresent();
    }

    @Test
    void answersThatAreNeverRightNinetyNineTimesInAHundredLeaveSureAtEmpty() {
        Sample sample = Sample.draw(3, 3000, 50);

        assertThat(Calibration.fit(sample.logits, sample.labels, CLASSES).sureAt())
                .isEmpty();
    }

    @Test
    void fewerThanThreeHundredAnswersAreTooFewToBeSure() {
        assertThat(allRight(299).sureAt()).isEmpty();
        assertThat(allRight(300).sureAt()).isPresent();
    }

    @Test
    void answersThatAreAllRightEndAtTheColdestTemperature() {
        Calibration fitted = allRight(500);

        assertThat(fitted.temperature()).isCloseTo(0.05, within(1e-6));
    }

    @Test
    void logitsThatSayNothingEndAtTheHottestTemperature() {
        Sample sample = Sample.draw(5, 1000, 1);
        Arrays.setAll(sample.labels, i -> worst(sample.logits, i)); // always the least likely class

        assertThat(Calibration.fit(sample.logits, sample.labels, CLASSES).temperature())
                .isCloseTo(20, within(1e-4));
    }

    @Test
    void equalLogitsAreNoTrouble() {
        Calibration fitted = Calibration.fit(new float[200 * CLASSES], new int[200], CLASSES);

        assertThat(fitted.temperature()).isBetween(0.05, 20.0);
    }

    @Test
    void hugeLogitsDoNotOverflow() {
        Sample sample = Sample.draw(11, 1000, 1);
        for (int i = 0; i < sample.logits.length; i++) {
            sample.logits[i] *= 5;
            sample.logits[i] += 1e6f;
        }

        Calibration fitted = Calibration.fit(sample.logits, sample.labels, CLASSES);

        assertThat(fitted.temperature()).isCloseTo(5, within(0.6));
    }

    @Test
    void tooFewImagesLeaveTheModelUncalibrated() {
        Sample sample = Sample.draw(1, 99, 0.5);

        assertThat(Calibration.fit(sample.logits, sample.labels, CLASSES)).isEqualTo(Calibration.none());
        assertThat(Calibration.fit(new float[0], new int[0], CLASSES))
                .isEqualTo(new Calibration(false, 1, OptionalDouble.empty()));
    }

    @Test
    void aLogitThatIsNotANumberIsRefused() {
        float[] logits = new float[200 * CLASSES];
        logits[57 * CLASSES + 3] = Float.NaN;

        assertThatThrownBy(() -> Calibration.fit(logits, new int[200], CLASSES))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("logit 3 of row 57 is NaN: the network has diverged");
    }

    @Test
    void sizesThatDisagreeAreRefused() {
        assertThatThrownBy(() -> Calibration.fit(new float[15], new int[2], CLASSES))
                .hasMessage("2 labels of 10 classes need 20 logits, but there are 15");
    }

    private static Calibration allRight(int count) {
        float[] logits = new float[count * CLASSES];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % CLASSES;
            logits[i * CLASSES + labels[i]] = 3;
        }
        return Calibration.fit(logits, labels, CLASSES);
    }

    private static int worst(float[] logits, int row) {
        int worst = 0;
        for (int k = 1; k < CLASSES; k++) {
            if (logits[row * CLASSES + k] < logits[row * CLASSES + worst]) {
                worst = k;
            }
        }
        return worst;
    }

    /** Logits, and labels drawn from softmax(logits / temperature): the best temperature is about that one. */
    private record Sample(float[] logits, int[] labels) {
        static Sample draw(long seed, int count, double temperature) {
            Random random = new Random(seed);
            float[] logits = new float[count * CLASSES];
            int[] labels = new int[count];
            for (int i = 0; i < count; i++) {
                for (int k = 0; k < CLASSES; k++) {
                    logits[i * CLASSES + k] = (float) (random.nextGaussian() * 3);
                }
                double[] p = slowSoftmax(logits, i, temperature);
                double at = random.nextDouble();
                while (labels[i] < CLASSES - 1 && at > p[labels[i]]) {
                    at -= p[labels[i]++];
                }
            }
            return new Sample(logits, labels);
        }

        double slowNll(double temperature) {
            double sum = 0;
            for (int i = 0; i < labels.length; i++) {
                sum -= Math.log(slowSoftmax(logits, i, temperature)[labels[i]]);
            }
            return sum / labels.length;
        }

        OptionalDouble slowSureAt(double temperature) {
            double[] confidences = new double[labels.length];
            boolean[] rights = new boolean[labels.length];
            for (int i = 0; i < labels.length; i++) {
                double[] p = slowSoftmax(logits, i, temperature);
                confidences[i] = Arrays.stream(p).max().orElseThrow();
                rights[i] = p[labels[i]] == confidences[i];
            }
            for (int step = 0; step <= 10_000; step++) {
                int answers = 0;
                int right = 0;
                boolean some = false;
                for (int i = 0; i < labels.length; i++) {
                    if (confidences[i] >= step / 10_000.0) {
                        answers++;
                        right += rights[i] ? 1 : 0;
                        some |= confidences[i] < (step + 1) / 10_000.0;
                    }
                }
                if (some && answers >= 300 && right >= 0.99 * answers) {
                    return OptionalDouble.of(step / 10_000.0);
                }
            }
            return OptionalDouble.empty();
        }
    }

    private static double[] slowSoftmax(float[] logits, int row, double temperature) {
        double[] p = new double[CLASSES];
        double sum = 0;
        for (int k = 0; k < CLASSES; k++) {
            sum += Math.exp(logits[row * CLASSES + k] / temperature);
        }
        for (int k = 0; k < CLASSES; k++) {
            p[k] = Math.exp(logits[row * CLASSES + k] / temperature) / sum;
        }
        return p;
    }
}
