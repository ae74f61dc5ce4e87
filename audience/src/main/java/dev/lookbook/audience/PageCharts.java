package dev.lookbook.audience;

import static dev.lookbook.evaluate.Html.number;

import dev.lookbook.evaluate.Html;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Charts drawn into the page itself, in its own colours, light and dark. */
final class PageCharts {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 260;
    private static final int LEFT = 64;
    private static final int BOTTOM = 34;
    private static final int TOP = 10;

    private PageCharts() {}

    static Html histogram(List<Manifest.Bin> bins) {
        double most = bins.stream().mapToLong(Manifest.Bin::eligible).max().orElse(1);
        double width = (WIDTH - LEFT - 10.0) / bins.size();
        List<Html> marks = new ArrayList<>();
        for (int i = 0; i < bins.size(); i++) {
            Manifest.Bin bin = bins.get(i);
            double x = LEFT + i * width;
            double all = height(bin.eligible() / most);
            double chosen = bin.eligible() == 0 ? 0 : all * bin.chosen() / bin.eligible();
            marks.add(Html.of(
                    "<g><title>{}</title>{}{}</g>",
                    number(
                            "score %.3f to %.3f: %,d eligible, %,d of them chosen",
                            bin.from(), bin.to(), bin.eligible(), bin.chosen()),
                    rectangle("other", x, all, width),
                    rectangle("chosen", x, chosen, width)));
        }
        double last = bins.isEmpty() ? 1 : bins.get(bins.size() - 1).to();
        for (int tick = 0; tick <= 4; tick++) {
            marks.add(tick(tick, number("%.2f", last * tick / 4)));
        }
        for (double share : new double[] {1, 0.25, 0.04}) {
            double y = HEIGHT - BOTTOM - height(share);
            marks.add(grid(y));
            marks.add(label(LEFT - 6, y + 4, "end", number("%,.0f", most * share)));
        }
        return svg("How many customers have which score", marks);
    }

    private static double height(double share) {
        return (HEIGHT - BOTTOM - TOP) * Math.sqrt(share);
    }

    private static Html rectangle(String kind, double x, double height, double width) {
        return Html.of(
                "<rect class=\"{}\" x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\"/>",
                kind,
                number("%.1f", x),
                number("%.1f", HEIGHT - BOTTOM - height),
                number("%.1f", Math.max(1, width - 1)),
                number("%.1f", height));
    }

    private static Html grid(double y) {
        return Html.of(
                "<line class=\"grid\" x1=\"{}\" x2=\"{}\" y1=\"{}\" y2=\"{}\"/>",
                LEFT,
                WIDTH - 10,
                number("%.1f", y),
                number("%.1f", y));
    }

    /** Below the chart, at so many quarters of its width; the last one ends where the chart does. */
    private static Html tick(int quarters, String text) {
        double x = LEFT + quarters / 4.0 * (WIDTH - LEFT - 10);
        return label(x, HEIGHT - 10, quarters == 4 ? "end" : "middle", text);
    }

    private static Html label(double x, double y, String anchor, String text) {
        return Html.of(
                "<text x=\"{}\" y=\"{}\" text-anchor=\"{}\">{}</text>",
                number("%.1f", x),
                number("%.1f", y),
                anchor,
                text);
    }

    private static Html svg(String title, List<Html> marks) {
        return Html.of(
                "<svg viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"{}\">\n{}\n</svg>",
                WIDTH,
                HEIGHT,
                title,
                Html.each(marks, mark -> mark));
    }

    /**
     * Curves from (0, 0) to (1, 1); the first is drawn thick.
     *
     * @param curves by name, each with its heights at equal steps, the first at 0
     */
    static Html gains(Map<String, List<Double>> curves, String title) {
        List<Html> marks = new ArrayList<>();
        for (int tick = 0; tick <= 4; tick++) {
            double y = HEIGHT - BOTTOM - tick / 4.0 * (HEIGHT - BOTTOM - TOP);
            marks.add(grid(y));
            marks.add(label(LEFT - 6, y + 4, "end", number("%d%%", 25 * tick)));
            marks.add(tick(tick, number("%d%%", 25 * tick)));
        }
        marks.add(Html.of(
                "<line class=\"grid\" x1=\"{}\" y1=\"{}\" x2=\"{}\" y2=\"{}\"><title>chance</title></line>",
                LEFT,
                HEIGHT - BOTTOM,
                WIDTH - 10,
                TOP));
        int i = 0;
        for (Map.Entry<String, List<Double>> curve : curves.entrySet()) {
            List<Double> heights = curve.getValue();
            StringBuilder points = new StringBuilder();
            for (int p = 0; p < heights.size(); p++) {
                points.append(number(
                        "%.1f,%.1f ",
                        LEFT + p / (heights.size() - 1.0) * (WIDTH - LEFT - 10),
                        HEIGHT - BOTTOM - heights.get(p) * (HEIGHT - BOTTOM - TOP)));
            }
            marks.add(Html.of(
                    "<polyline class=\"curve c{}\" points=\"{}\"><title>{}</title></polyline>",
                    i++,
                    points.toString().strip(),
                    curve.getKey()));
        }
        return svg(title, marks);
    }
}
