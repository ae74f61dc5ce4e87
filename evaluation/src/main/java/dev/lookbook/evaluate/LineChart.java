package dev.lookbook.evaluate;

import dev.lookbook.evaluate.Sheet.Align;
import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.XYSeries;
import org.knowm.xchart.style.XYStyler;
import org.knowm.xchart.style.lines.SeriesLines;
import org.knowm.xchart.style.markers.Marker;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Lines over two axes: XChart's plot in the colours of a {@link Look}, with title and legend above it. */
final class LineChart {
    private static final int HEAD = 64;
    private static final Font TEXT = Look.plain(13);

    private final XYChart plot;
    private final String title;
    private final List<Line> lines = new ArrayList<>();

    private record Line(String name, double[] y, Color colour, Marker marker) {}

    LineChart(int width, int height, String title, String xTitle, String yTitle, Look look) {
        this.title = title;
        plot = new XYChartBuilder()
                .width(width)
                .height(height - HEAD)
                .xAxisTitle(xTitle)
                .yAxisTitle(yTitle)
                .build();
        XYStyler style = plot.getStyler();
        style.setLocale(Locale.ROOT);
        style.setChartBackgroundColor(look.ground);
        style.setPlotBackgroundColor(look.ground);
        style.setPlotBorderColor(look.line);
        style.setPlotMargin(0);
        style.setPlotGridLinesColor(look.line);
        style.setPlotGridLinesStroke(new BasicStroke(0.7f));
        style.setPlotGridVerticalLinesVisible(false);
        style.setPlotContentSize(1);
        style.setChartFontColor(look.ink);
        style.setAxisTickLabelsColor(look.faint);
        style.setAxisTickMarksColor(look.line);
        style.setAxisTitleFont(TEXT);
        style.setAxisTickLabelsFont(Look.plain(12));
        style.setLegendVisible(false); // XChart's squeezes its entries together
        style.setChartTitleVisible(false);
        style.setChartPadding(16);
    }

    void line(String name, double[] x, double[] y, Color colour, Marker marker) {
        XYSeries series = plot.addSeries(name, x, y);
        series.setLineColor(colour);
        series.setLineStyle(new BasicStroke(2, BasicStroke.CAP_ROUND, BasicStroke.JOIN_ROUND));
        series.setMarker(x.length == 1 && marker == SeriesMarkers.NONE ? SeriesMarkers.CIRCLE : marker);
        series.setMarkerColor(colour);
        lines.add(new Line(name, y, colour, marker));
    }

    void point(String name, double x, double y, Color colour) {
        XYSeries series = plot.addSeries(name, new double[] {x}, new double[] {y});
        series.setLineStyle(SeriesLines.NONE);
        series.setMarker(SeriesMarkers.DIAMOND);
        series.setMarkerColor(colour);
        lines.add(new Line(name, new double[] {y}, colour, SeriesMarkers.DIAMOND));
    }

    void xAxis(double from, double to, Function<Double, String> tick) {
        plot.getStyler().setXAxisMin(from);
        plot.getStyler().setXAxisMax(to);
        plot.getStyler().setXAxisTickLabelsFormattingFunction(tick);
    }

    /** Fits the axis around the lines, with air above and below, but not beyond {@code lowest} and {@code highest}. */
    void yAxis(double lowest, double highest) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        for (Line line : lines) {
            for (double y : line.y()) {
                least = Math.min(least, y);
                most = Math.max(most, y);
            }
        }
        double air = Math.max(0.06 * (most - least), 0.01 * Math.abs(most) + 1e-3);
        plot.getStyler().setYAxisMin(Math.max(lowest, least - air));
        plot.getStyler().setYAxisMax(Math.min(highest, most + air));
    }

    void paint(Sheet sheet, int x, int y) {
        Graphics2D graphics = (Graphics2D) sheet.graphics.create();
        graphics.translate(x, y + HEAD);
        plot.paint(graphics, plot.getWidth(), plot.getHeight());
        graphics.dispose();
        sheet.text(title, x + 20, y + 24, Align.LEFT, Look.bold(15), sheet.look.ink);
        double left = x + 20;
        for (Line line : lines) {
            left = legend(sheet, line, left, y + 52) + 28;
        }
    }

    private static double legend(Sheet sheet, Line line, double x, double y) {
        if (line.y().length > 1) {
            sheet.line(x, y, x + 26, y, line.colour(), 2);
        }
        Graphics2D graphics = (Graphics2D) sheet.graphics.create();
        graphics.setColor(line.colour());
        line.marker().paint(graphics, x + 13, y, 8);
        graphics.dispose();
        sheet.text(line.name(), x + 34, y, Align.LEFT, TEXT, sheet.look.ink);
        return x + 34 + sheet.width(line.name(), TEXT);
    }
}
