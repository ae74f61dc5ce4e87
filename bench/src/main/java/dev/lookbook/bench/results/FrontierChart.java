package dev.lookbook.bench.results;

import dev.lookbook.bench.harness.Contestant;
import dev.lookbook.bench.harness.Ladder;
import dev.lookbook.image.Png;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.AnnotationText;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.Styler;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/**
 * Test accuracy over what it costs, on a logarithmic axis.
 *
 * @param xTitle what it costs
 */
record FrontierChart(String title, String xTitle, List<Line> lines) {
    private static final int WIDTH = 760;
    private static final int HEIGHT = 460;
    private static final double ROOM_FOR_LABELS = 0.6; // percentage points
    private static final double LABEL_DISTANCE = 0.25; // percentage points
    /** As a difference of natural logarithms: about the width of a label. */
    private static final double CLOSE = 0.4;

    private static final int PIXELS_PER_UNIT = 2; // sharp on dense screens

    /** Okabe and Ito's hues, which stay apart for colour-blind readers. */
    private static final List<Color> HUES = List.of(
            new Color(0x0072B2),
            new Color(0xD55E00),
            new Color(0x009E73),
            new Color(0xCC79A7),
            new Color(0xE69F00),
            new Color(0x56B4E9),
            new Color(0x000000));

    private static final List<Marker> MARKERS = List.of(
            SeriesMarkers.CIRCLE,
            SeriesMarkers.DIAMOND,
            SeriesMarkers.SQUARE,
            SeriesMarkers.TRIANGLE_UP,
            SeriesMarkers.TRIANGLE_DOWN,
            SeriesMarkers.CROSS);

    /** Points of one kind; {@code joined} where one leads to the next. */
    record Line(String name, boolean joined, List<Point> points) {}

    /** {@code accuracy} from 0 to 1; {@code label} may be empty. */
    record Point(double cost, double accuracy, String label) {}

    static FrontierChart bySeconds(Evidence evidence) {
        List<Line> lines = new ArrayList<>();
        add(
                lines,
                "shipped models",
                false,
                evidence.cards().stream()
                        .map(card -> new Point(card.number("train_seconds"), card.number("accuracy"), card.name()))
                        .toList());
        add(
                lines,
                "by budget",
                true,
                evidence.runs().stream()
                        .map(group -> new Point(
                                group.seconds().mean(), group.accuracy().mean(), group.name()))
                        .toList());
        for (Contestant contestant : evidence.peers().contestants()) {
            add(lines, contestant.toString(), true, schedules(evidence.peers(), contestant));
        }
        return new FrontierChart("Test accuracy by seconds of training", "seconds of training", lines);
    }

    private static List<Point> schedules(PeerFigures peers, Contestant contestant) {
        return peers.ladder().results(peers.schedules(contestant)).stream()
                .filter(result -> !Double.isNaN(result.meanAccuracy()))
                .map(result -> new Point(result.meanSeconds(), result.meanAccuracy(), ""))
                .toList();
    }

    static FrontierChart byParameters(Evidence evidence) {
        List<Line> lines = new ArrayList<>();
        add(
                lines,
                "shipped models",
                false,
                evidence.cards().stream()
                        .map(card -> new Point(card.number("parameters"), card.number("accuracy"), card.name()))
                        .toList());
        add(
                lines,
                "published by others",
                false,
                evidence.published().stream()
                        .filter(figure -> figure.parameters().isPresent())
                        .map(figure -> new Point(figure.parameters().getAsDouble(), figure.accuracy(), ""))
                        .toList());
        evidence.peers().contestants().stream()
                .filter(contestant -> !PeerFigures.isOurs(contestant))
                .forEach(contestant -> add(lines, contestant.toString(), false, best(evidence.peers(), contestant)));
        return new FrontierChart("Test accuracy by number of weights", "weights", lines);
    }

    private static List<Point> best(PeerFigures peers, Contestant contestant) {
        return peers.speed(contestant).stream()
                .limit(1)
                .flatMap(row -> peers.ladder().results(peers.schedules(contestant)).stream()
                        .filter(result -> !Double.isNaN(result.meanAccuracy()))
                        .max(java.util.Comparator.comparingDouble(Ladder.Result::meanAccuracy))
                        .map(result -> new Point(row.parameters(), result.meanAccuracy(), ""))
                        .stream())
                .toList();
    }

    private static void add(List<Line> lines, String name, boolean joined, List<Point> points) {
        if (!points.isEmpty()) {
            lines.add(new Line(name, joined, points));
        }
    }

    /** What is drawn, as text: equal charts have equal text, whatever fonts draw them. */
    String drawn() {
        StringBuilder text = new StringBuilder(title + "\n");
        for (Line line : lines) {
            for (Point point : line.points()) {
                text.append(String.format(
                        Locale.ROOT, "%s,%s,%.4f,%.5f\n", line.name(), point.label(), point.cost(), point.accuracy()));
            }
        }
        return text.toString();
    }

    /** The chart as PNG, stamped with what it was drawn from. */
    byte[] png() throws IOException {
        return PngStamp.add(Png.bytes(draw()), drawn());
    }

    private BufferedImage draw() {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(xTitle)
                .yAxisTitle("% of the test images right")
                .build();
        style(chart.getStyler());
        for (int i = 0; i < lines.size(); i++) {
            add(chart, lines.get(i), i);
        }
        BufferedImage image =
                new BufferedImage(WIDTH * PIXELS_PER_UNIT, HEIGHT * PIXELS_PER_UNIT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.scale(PIXELS_PER_UNIT, PIXELS_PER_UNIT);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        chart.paint(graphics, WIDTH, HEIGHT);
        graphics.dispose();
        return image;
    }

    private void style(XYStyler style) {
        style.setLocale(Locale.ROOT);
        style.setXAxisLogarithmic(true);
        style.setXAxisTickLabelsFormattingFunction(Markdown::whole);
        style.setYAxisDecimalPattern("0.0");
        style.setYAxisMax(100 * highest() + ROOM_FOR_LABELS);
        style.setChartBackgroundColor(Color.WHITE);
        style.setPlotBackgroundColor(Color.WHITE);
        style.setPlotBorderColor(new Color(0xD8DEE4));
        style.setPlotGridLinesColor(new Color(0xD8DEE4));
        style.setPlotGridLinesStroke(new BasicStroke(0.7f));
        style.setChartTitleBoxVisible(false);
        style.setChartTitleFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
        style.setAxisTitleFont(new Font(Font.SANS_SERIF, Font.PLAIN, 13));
        style.setAxisTickLabelsFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        style.setLegendFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        style.setLegendPosition(Styler.LegendPosition.OutsideS);
        style.setLegendLayout(Styler.LegendLayout.Horizontal);
        style.setLegendSeriesLineLength(16); // or five lines and more have no room
        style.setLegendBorderColor(Color.WHITE);
        style.setAnnotationTextFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        style.setMarkerSize(8);
        style.setChartPadding(14);
    }

    private double highest() {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .mapToDouble(Point::accuracy)
                .max()
                .orElse(1);
    }

    private void add(XYChart chart, Line line, int index) {
        Color hue = HUES.get(index % HUES.size());
        double[] x = line.points().stream().mapToDouble(Point::cost).toArray();
        double[] y = line.points().stream()
                .mapToDouble(point -> 100 * point.accuracy())
                .toArray();
        XYSeries series = chart.addSeries(line.name(), x, y);
        series.setLineColor(hue);
        series.setLineStyle(line.joined() ? new BasicStroke(1.5f) : SeriesLines.NONE);
        series.setMarker(MARKERS.get(index % MARKERS.size()));
        series.setMarkerColor(hue);
        for (Point point : line.points()) {
            if (!point.label().isEmpty()) {
                double distance = isCrowdedFromAbove(point) ? -LABEL_DISTANCE : LABEL_DISTANCE;
                chart.addAnnotation(
                        new AnnotationText(point.label(), point.cost(), 100 * point.accuracy() + distance, false));
            }
        }
    }

    /** Whether the label of another point lies where this one's would. */
    private boolean isCrowdedFromAbove(Point point) {
        return lines.stream().flatMap(line -> line.points().stream()).anyMatch(other -> {
            double above = 100 * (other.accuracy() - point.accuracy());
            return !other.label().isEmpty()
                    && above > 0
                    && above < 2 * LABEL_DISTANCE
                    && Math.abs(Math.log(other.cost() / point.cost())) < CLOSE;
        });
    }
}
