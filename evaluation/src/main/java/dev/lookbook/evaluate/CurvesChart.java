package dev.lookbook.evaluate;

import dev.lookbook.run.EpochResult;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Loss and accuracy by epoch, side by side. */
final class CurvesChart {
    private static final int WIDTH = 520;
    private static final int HEIGHT = 380;
    private static final int MOST_MARKED = 30; // epochs; with more the markers hide the line

    private final List<EpochResult> epochs;
    private final Look look;

    private CurvesChart(List<EpochResult> epochs, Look look) {
        this.epochs = epochs;
        this.look = look;
    }

    static BufferedImage draw(List<EpochResult> epochs, Look look) {
        Sheet sheet = new Sheet(2 * WIDTH, HEIGHT, look);
        CurvesChart curves = new CurvesChart(epochs, look);
        curves.panel("Loss", "cross-entropy", Double.MAX_VALUE, EpochResult::trainLoss, EpochResult::validationLoss)
                .paint(sheet, 0, 0);
        LineChart accuracy = curves.panel(
                "Accuracy",
                "% right",
                100,
                epoch -> 100 * epoch.trainAccuracy(),
                epoch -> epoch.validationAccuracy().isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(100 * epoch.validationAccuracy().getAsDouble()));
        accuracy.paint(sheet, WIDTH, 0);
        return sheet.finish();
    }

    private LineChart panel(
            String title,
            String yTitle,
            double highest,
            ToDoubleFunction<EpochResult> training,
            Function<EpochResult, OptionalDouble> heldOut) {
        LineChart chart = new LineChart(WIDTH, HEIGHT, title, "epoch", yTitle, look);
        boolean marked = epochs.size() <= MOST_MARKED;
        Marker circle = marked ? SeriesMarkers.CIRCLE : SeriesMarkers.NONE;
        Marker diamond = marked ? SeriesMarkers.DIAMOND : SeriesMarkers.NONE;
        chart.line("training", x(epochs), epochs.stream().mapToDouble(training).toArray(), look.right, circle);
        List<EpochResult> measured = epochs.stream()
                .filter(epoch -> heldOut.apply(epoch).isPresent())
                .toList();
        if (!measured.isEmpty()) {
            double[] y = measured.stream()
                    .mapToDouble(epoch -> heldOut.apply(epoch).getAsDouble())
                    .toArray();
            chart.line("held out", x(measured), y, look.wrong, diamond);
        }
        double last = epochs.get(epochs.size() - 1).epoch();
        // From 0, which has no value: XChart counts its ticks from there and takes the first step whose labels differ.
        chart.xAxis(0, last + Math.max(0.4, last / 40), x -> tick(x, last));
        chart.yAxis(0, highest);
        return chart;
    }

    private static double[] x(List<EpochResult> epochs) {
        return epochs.stream().mapToDouble(EpochResult::epoch).toArray();
    }

    private static String tick(double epoch, double last) {
        return String.format(Locale.ROOT, last > 4 || epoch == Math.rint(epoch) ? "%.0f" : "%.1f", epoch);
    }
}
