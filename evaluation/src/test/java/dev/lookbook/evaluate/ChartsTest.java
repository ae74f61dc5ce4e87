package dev.lookbook.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.run.EpochResult;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ChartsTest {

    @Test
    void chartsCanBeDrawnWhereThereAreFonts() {
        assertThat(Charts.problem()).isEmpty();
    }

    /** What is clipped touches the edge, so the outermost pixels of every chart must be empty. */
    @TestFactory
    Stream<DynamicTest> nothingIsClippedAtTheEdges() throws EvaluationException {
        Map<String, BufferedImage> charts = new LinkedHashMap<>();
        for (int classes : new int[] {2, 10, 45}) {
            addCharts(charts, classes == 10 ? Look.DARK : Look.LIGHT, classes);
        }
        for (int epochs : new int[] {1, 3, 40}) {
            charts.put("curves of " + epochs, CurvesChart.draw(epochs(epochs), Look.LIGHT));
        }
        return charts.entrySet().stream()
                .map(chart -> DynamicTest.dynamicTest(chart.getKey(), () -> assertEmptyEdges(chart.getValue())));
    }

    private static void addCharts(Map<String, BufferedImage> charts, Look look, int classes)
            throws EvaluationException {
        List<String> names = IntStream.range(0, classes)
                .mapToObj(i -> i % 3 == 0 ? "a rather long name of a class, number " + i : "class " + i)
                .toList();
        LabelledImages images = Toys.images(120, names, classes);
        Evaluation evaluation = evaluation(images);
        Report report = evaluation.report();
        String name = " of " + classes;
        charts.put("counts" + name, ConfusionChart.draw(report, false, look));
        charts.put("shares" + name, ConfusionChart.draw(report, true, look));
        charts.put("reliability" + name, ReliabilityChart.draw(report, look));
        charts.put("losses" + name, Gallery.topLosses(report, images, look));
        charts.put("labels" + name, LabelsChart.draw(images, look));
        charts.put("risk" + name, RiskCoverageChart.draw(report.riskCoverage(), report, look));
    }

    private static Evaluation evaluation(LabelledImages images) throws EvaluationException {
        int classes = images.labels().size();
        float[] probabilities = new float[images.count() * classes];
        for (int i = 0; i < images.count(); i++) {
            probabilities[i * classes + images.label(i)] = 0.4f + i % 6 / 10f;
            probabilities[i * classes + i * 7 % classes] += 0.1f * (6 - i % 6);
        }
        LabelMap map = LabelMap.sameNames(images.labels(), images.labels());
        int[] all = IntStream.range(0, images.count()).toArray();
        Answers answers = Answers.of(probabilities, new float[0], all, images.labelIndices(), map);
        return Evaluation.of(Toys.model(), images, map, "synthetic data", answers);
    }

    private static List<EpochResult> epochs(int count) {
        List<EpochResult> epochs = new ArrayList<>();
        for (int e = 1; e <= count; e++) {
            OptionalDouble loss = count == 3 ? OptionalDouble.empty() : OptionalDouble.of(1.0 / e);
            OptionalDouble accuracy = count == 3 ? OptionalDouble.empty() : OptionalDouble.of(1 - 0.5 / e);
            epochs.add(new EpochResult(e, e, 0.9 / e, 1 - 0.4 / e, loss, accuracy, 0.1));
        }
        return epochs;
    }

    private static void assertEmptyEdges(BufferedImage image) {
        int ground = image.getRGB(0, 0);
        List<String> touched = new ArrayList<>();
        for (int x = 0; x < image.getWidth(); x++) {
            for (int y : new int[] {0, 1, image.getHeight() - 2, image.getHeight() - 1}) {
                addIfInk(touched, image, x, y, ground);
            }
        }
        for (int y = 0; y < image.getHeight(); y++) {
            for (int x : new int[] {0, 1, image.getWidth() - 2, image.getWidth() - 1}) {
                addIfInk(touched, image, x, y, ground);
            }
        }
        assertThat(touched).as("pixels at the edge that are not empty").isEqualTo(Collections.emptyList());
    }

    private static void addIfInk(List<String> touched, BufferedImage image, int x, int y, int ground) {
        if (image.getRGB(x, y) != ground) {
            touched.add(x + "," + y);
        }
    }
}
