package dev.lookbook.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetricsTest {
    private static final Offset<Double> EXACT = within(1e-9);

    /** The expected numbers are those of scikit-learn 1.x and netcal 1.x for the same rows. */
    @Test
    void metricsAreThoseOfOtherLibraries() throws Exception {
        Sample sample = Sample.recorded();
        Answers answers = sample.answers();
        Confusion confusion = new Confusion(answers, sample.map());

        assertThat(answers.accuracy()).isCloseTo(0.6, EXACT);
        assertThat(answers.nll()).isCloseTo(0.9906973645877587, within(1e-6)); // the probabilities are floats
        assertThat(Reliability.error(answers)).isCloseTo(0.21051125, within(1e-6));
        assertThat(Confusion.macroF1(confusion.scores())).hasValueCloseTo(0.5927830751751018, EXACT);
        assertThat(confusion.counts())
                .containsExactly(List.of(13, 6, 3, 1), List.of(1, 16, 3, 2), List.of(4, 2, 8, 2), List.of(2, 3, 3, 11));
        assertThat(confusion.scores().get(1).precision()).hasValueCloseTo(0.59259259, within(1e-8));
        assertThat(confusion.scores().get(1).recall()).isCloseTo(0.72727273, within(1e-8));
        assertThat(confusion.scores().get(1).f1()).hasValueCloseTo(0.65306122, within(1e-8));
        assertThat(confusion.scores().get(1).support()).isEqualTo(22);
    }

    /** The expected numbers are those of statsmodels' proportion_confint. */
    @ParameterizedTest
    @CsvSource({
        "93, 100, 0.862504852609265, 0.9656807389327274",
        "0, 50, 0, 0.07134759913335874",
        "50, 50, 0.9286524008666412, 1",
        "9361, 10000, 0.9311369577078953, 0.9407281189132005",
        "1, 1, 0.2065493143772374, 1"
    })
    void wilsonsIntervalIsThatOfStatsmodels(int right, int count, double low, double high) {
        Interval interval = Interval.wilson(right, count);

        assertThat(interval.low()).isCloseTo(low, EXACT);
        assertThat(interval.high()).isCloseTo(high, EXACT);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theCalibrationErrorIsWhatAPlainLoopOverBinsFinds(long seed) {
        Answers answers = Sample.draw(seed, 700, 6, 0.7).answers();

        double expected = 0;
        for (int bin = 0; bin < 15; bin++) {
            double gap = 0;
            for (int i = 0; i < answers.count(); i++) {
                double confidence = answers.confidence()[i];
                if (confidence > bin / 15.0 && confidence <= (bin + 1) / 15.0) {
                    gap += confidence - (answers.right()[i] ? 1 : 0);
                }
            }
            expected += Math.abs(gap) / answers.count();
        }
        assertThat(Reliability.error(answers)).as("seed %d", seed).isCloseTo(expected, EXACT);
        double fromBins = Reliability.bins(answers).stream()
                .mapToDouble(bin -> bin.images() * Math.abs(bin.confidence() - bin.accuracy()) / answers.count())
                .sum();
        assertThat(fromBins).isCloseTo(expected, EXACT);
    }

    @Test
    void confidencesZeroAndOneHaveABin() {
        assertThat(Reliability.bin(0)).isZero();
        assertThat(Reliability.bin(1)).isEqualTo(14);
        assertThat(Reliability.bin(Math.nextUp(1f))).isEqualTo(14); // a softmax may round up
    }

    @Test
    void aPerfectModelsCalibrationErrorLiesWhereItIsExpected() {
        Answers answers = Sample.draw(4, 4000, 5, 1).answers();

        Report.Expected expected = Reliability.ifPerfect(answers, 1);

        assertThat(expected.mean())
                .isBetween(expected.interval().low(), expected.interval().high());
        assertThat(Reliability.error(answers))
                .isBetween(expected.interval().low(), expected.interval().high());
        assertThat(Reliability.interval(answers, expected, 2).low()).isZero();
    }

    @Test
    void aMiscalibratedModelsIntervalHoldsTheErrorThatManyPicturesShow() {
        double truth = Reliability.error(Sample.draw(100, 300_000, 5, 0.5).answers());
        int held = 0;
        for (int seed = 0; seed < 40; seed++) {
            Answers answers = Sample.draw(seed, 1000, 5, 0.5).answers();
            Interval interval = Reliability.interval(answers, Reliability.ifPerfect(answers, seed), seed);
            held += interval.low() <= truth && truth <= interval.high() ? 1 : 0;
            assertThat(interval.low()).isPositive();
        }

        assertThat(held).isBetween(34, 40);
    }

    @Test
    void equalSeedsGiveEqualIntervals() {
        Answers answers = Sample.draw(1, 500, 5, 0.8).answers();
        Report.Expected perfect = Reliability.ifPerfect(answers, 3);

        assertThat(Reliability.ifPerfect(answers, 3)).isEqualTo(perfect);
        assertThat(Reliability.interval(answers, perfect, 9)).isEqualTo(Reliability.interval(answers, perfect, 9));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theRiskCoverageCurveIsWhatCountingAboveEachConfidenceFinds(long seed) {
        Sample sample = Sample.draw(seed, 300, 4, 1);
        for (int i = 0; i < sample.probabilities.length; i++) {
            sample.probabilities[i] = Math.round(sample.probabilities[i] * 50) / 50f; // makes equal confidences
        }
        Answers answers = sample.answers();

        List<Report.Coverage> curve = RiskCoverage.curve(answers);

        assertThat(curve).hasSize((int) IntStream.range(0, 300)
                .mapToObj(i -> answers.confidence()[i])
                .distinct()
                .count());
        for (Report.Coverage point : curve) {
            int images = 0;
            int right = 0;
            for (int i = 0; i < 300; i++) {
                if (answers.confidence()[i] >= point.confidence()) {
                    images++;
                    right += answers.right()[i] ? 1 : 0;
                }
            }
            assertThat(point.images()).as("seed %d", seed).isEqualTo(images);
            assertThat(point.accuracy()).isCloseTo(right / (double) images, EXACT);
            assertThat(point.share()).isCloseTo(images / 300.0, EXACT);
        }
        assertThat(curve.get(curve.size() - 1).accuracy()).isEqualTo(answers.accuracy());
    }

    @Test
    void theRiskCoverageTableEndsWithAllAnswers() {
        List<Report.Coverage> table =
                RiskCoverage.table(RiskCoverage.curve(Sample.draw(1, 1000, 4, 1).answers()));

        assertThat(table).extracting(Report.Coverage::images).containsExactly(500, 600, 700, 800, 850, 900, 950, 1000);
    }

    @Test
    void aClassWithoutPicturesAndAnswersHasZerosAndDoesNotCountInMacroF1() {
        LabelMap map =
                new LabelMap(List.of("a", "b", "c"), List.of("a", "b", "c"), List.of(Set.of(0), Set.of(1), Set.of(2)));
        Answers answers =
                Answers.of(new float[] {1, 0, 0, 0, 1, 0}, new float[0], new int[] {0, 1}, new int[] {0, 1}, map);

        List<Report.ClassScore> scores = new Confusion(answers, map).scores();

        assertThat(scores.get(2).support()).isZero();
        assertThat(scores.get(2).precision()).hasValue(0);
        assertThat(scores.get(2).f1()).hasValue(0);
        assertThat(Confusion.macroF1(scores)).hasValue(1);
    }

    @Test
    void aRightLabelWithProbabilityZeroLeavesTheLossANumber() {
        LabelMap map = new LabelMap(List.of("a", "b"), List.of("a", "b"), List.of(Set.of(0), Set.of(1)));

        Answers answers = Answers.of(new float[] {0, 1}, new float[0], new int[] {0}, new int[] {0}, map);

        assertThat(answers.nll()).isBetween(80.0, 120.0);
    }

    @Test
    void anIntervalIsTheRightWayRound() {
        assertThatThrownBy(() -> new Interval(0.5, 0.4)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Interval.wilson(3, 2)).hasMessage("3 of 2 is not a share");
    }

    /** Probabilities, and labels drawn from softmax(sharpness * logits): 1 is a perfectly calibrated model. */
    private record Sample(float[] probabilities, int[] labels, int classes) {

        static Sample recorded() throws Exception {
            try (var in = MetricsTest.class.getResourceAsStream("answers.csv")) {
                List<String[]> rows = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                        .lines()
                        .skip(1)
                        .map(line -> line.split(","))
                        .toList();
                float[] probabilities = new float[rows.size() * 4];
                for (int i = 0; i < probabilities.length; i++) {
                    probabilities[i] = Float.parseFloat(rows.get(i / 4)[1 + i % 4]);
                }
                int[] labels =
                        rows.stream().mapToInt(row -> Integer.parseInt(row[0])).toArray();
                return new Sample(probabilities, labels, 4);
            }
        }

        static Sample draw(long seed, int count, int classes, double sharpness) {
            Random random = new Random(seed);
            float[] probabilities = new float[count * classes];
            int[] labels = new int[count];
            for (int i = 0; i < count; i++) {
                float[] logits = new float[classes];
                for (int k = 0; k < classes; k++) {
                    logits[k] = (float) (2 * random.nextGaussian());
                }
                double[] p = new double[classes];
                Softmax.of(logits, 0, sharpness, p);
                double at = random.nextDouble();
                while (labels[i] < classes - 1 && at > p[labels[i]]) {
                    at -= p[labels[i]++];
                }
                Softmax.of(logits, 0, 1, p);
                for (int k = 0; k < classes; k++) {
                    probabilities[i * classes + k] = (float) p[k];
                }
            }
            return new Sample(probabilities, labels, classes);
        }

        LabelMap map() {
            List<String> names =
                    IntStream.range(0, classes).mapToObj(k -> "class " + k).toList();
            return new LabelMap(
                    names, names, IntStream.range(0, classes).mapToObj(Set::of).toList());
        }

        Answers answers() {
            return Answers.of(
                    probabilities,
                    new float[0],
                    IntStream.range(0, labels.length).toArray(),
                    labels,
                    map());
        }
    }
}
