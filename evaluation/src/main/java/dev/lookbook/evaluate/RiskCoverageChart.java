package dev.lookbook.evaluate;

import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.style.markers.SeriesMarkers;

/** Accuracy by the share of pictures that are answered, the most confident first. */
final class RiskCoverageChart {
    private static final int FEWEST = 30; // answers; the accuracy of fewer jumps about

    private RiskCoverageChart() {}

    static BufferedImage draw(List<Report.Coverage> curve, Report report, Look look) {
        int sureImages = report.sure().map(Report.Sure::images).orElse(FEWEST);
        List<Report.Coverage> shown = shown(curve, Math.min(FEWEST, sureImages));
        LineChart chart = new LineChart(
                680,
                400,
                "Accuracy if only the most confident answers are given",
                "% of the pictures answered",
                "% right",
                look);
        double[] x = shown.stream().mapToDouble(point -> 100 * point.share()).toArray();
        double[] y = shown.stream().mapToDouble(point -> 100 * point.accuracy()).toArray();
        chart.line("answers of this confidence and above", x, y, look.right, SeriesMarkers.NONE);
        report.sure().filter(sure -> sure.images() > 0).ifPresent(sure -> {
            String name = String.format(Locale.ROOT, "sure (confidence %.4f and above)", sure.at());
            chart.point(name, 100 * sure.share(), 100 * sure.accuracy(), look.wrong);
        });
        chart.xAxis(0, 102, share -> share <= 100 ? String.format(Locale.ROOT, "%.0f", share) : "");
        chart.yAxis(0, 100.3); // a line at 100% is to be seen whole
        Sheet sheet = new Sheet(680, 400, look);
        chart.paint(sheet, 0, 0);
        return sheet.finish();
    }

    /** At most a thousand points, which is more than the picture can show, and always the last one. */
    private static List<Report.Coverage> shown(List<Report.Coverage> curve, int fewest) {
        List<Report.Coverage> shown = new ArrayList<>();
        Report.Coverage all = curve.get(curve.size() - 1);
        double next = 0;
        for (Report.Coverage point : curve) {
            if (point.images() >= fewest && point.share() >= next || point == all) {
                shown.add(point);
                next = point.share() + 0.001;
            }
        }
        return shown;
    }
}
