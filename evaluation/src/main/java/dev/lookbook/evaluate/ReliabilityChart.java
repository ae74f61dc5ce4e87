package dev.lookbook.evaluate;

import dev.lookbook.evaluate.Sheet.Align;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.Locale;

/** Accuracy against confidence, bin by bin, and below it how many answers each bin has. */
final class ReliabilityChart {
    private static final Font TEXT = Look.plain(12);
    private static final Font SMALL = Look.plain(11);
    private static final double LEFT = 64;
    private static final double TOP = 92;
    private static final double BIN = 40;
    private static final double WIDTH = BIN * Reliability.BINS;
    private static final double HEIGHT = 300;
    private static final double COUNTS = 70; // height of the counts' bars

    private final Report report;
    private final Look look;
    private final Sheet sheet;

    private ReliabilityChart(Report report, Look look) {
        this.report = report;
        this.look = look;
        sheet = new Sheet(LEFT + WIDTH + 24, TOP + HEIGHT + COUNTS + 96, look);
    }

    static BufferedImage draw(Report report, Look look) {
        return new ReliabilityChart(report, look).draw();
    }

    private BufferedImage draw() {
        sheet.text(
                "Reliability: how often answers of a confidence are right",
                20,
                24,
                Align.LEFT,
                Look.bold(15),
                look.ink);
        sheet.text(summary(), 20, 46, Align.LEFT, TEXT, look.faint);
        legend(74);
        axes();
        for (int b = 0; b < report.reliability().size(); b++) {
            if (report.reliability().get(b).images() > 0) {
                bin(report.reliability().get(b), LEFT + b * BIN);
            }
        }
        sheet.line(LEFT, TOP + HEIGHT, LEFT + WIDTH, TOP, look.faint, 1.2f, 5, 4);
        sheet.frame(LEFT, TOP, WIDTH, HEIGHT, look.line, 1);
        counts(TOP + HEIGHT + 46);
        return sheet.finish();
    }

    private String summary() {
        return String.format(
                Locale.ROOT,
                "calibration error %.4f, 95%% interval %.4f to %.4f; a perfectly calibrated model would show %.4f",
                report.ece(),
                report.eceInterval().low(),
                report.eceInterval().high(),
                report.eceIfPerfect().mean());
    }

    private void legend(double y) {
        sheet.fill(LEFT, y - 6, 18, 12, look.shade(look.right, 0.45));
        sheet.text("accuracy, with 95% interval", LEFT + 26, y, Align.LEFT, TEXT, look.ink);
        sheet.fill(LEFT + 222, y - 2, 18, 4, look.wrong);
        sheet.text("mean confidence", LEFT + 248, y, Align.LEFT, TEXT, look.ink);
        sheet.line(LEFT + 384, y, LEFT + 408, y, look.faint, 1.2f, 5, 4);
        sheet.text("perfect agreement", LEFT + 416, y, Align.LEFT, TEXT, look.ink);
    }

    private void axes() {
        for (int tick = 0; tick <= 5; tick++) {
            double y = TOP + HEIGHT * (1 - tick / 5.0);
            sheet.line(LEFT, y, LEFT + WIDTH, y, look.line, 0.7f);
            sheet.text(tick * 20 + "%", LEFT - 8, y, Align.RIGHT, TEXT, look.faint);
            double x = LEFT + WIDTH * tick / 5.0;
            sheet.line(x, TOP + HEIGHT, x, TOP + HEIGHT + 4, look.line, 1);
            sheet.text(tick * 20 + "%", x, TOP + HEIGHT + 14, Align.CENTRE, TEXT, look.faint);
        }
        sheet.turned("right answers", 18, TOP + HEIGHT / 2, 90, Align.CENTRE, TEXT, look.ink);
        sheet.text("confidence", LEFT + WIDTH / 2, TOP + HEIGHT + 32, Align.CENTRE, TEXT, look.ink);
    }

    private void bin(Report.Bin bin, double x) {
        double accuracy = y(bin.accuracy());
        sheet.fill(x + 1, accuracy, BIN - 2, TOP + HEIGHT - accuracy, look.shade(look.right, 0.45));
        sheet.fill(x + 1, accuracy - 1, BIN - 2, 2, look.right);
        Interval interval = Interval.wilson(Math.round(bin.accuracy() * bin.images()), bin.images());
        double middle = x + BIN / 2;
        sheet.line(middle, y(interval.low()), middle, y(interval.high()), look.right, 1.5f);
        sheet.line(middle - 5, y(interval.low()), middle + 5, y(interval.low()), look.right, 1.5f);
        sheet.line(middle - 5, y(interval.high()), middle + 5, y(interval.high()), look.right, 1.5f);
        sheet.fill(x + 5, y(bin.confidence()) - 2, BIN - 10, 4, look.wrong);
    }

    private static double y(double share) {
        return TOP + HEIGHT * (1 - share);
    }

    private void counts(double top) {
        double most =
                report.reliability().stream().mapToInt(Report.Bin::images).max().orElse(1);
        for (int b = 0; b < report.reliability().size(); b++) {
            int images = report.reliability().get(b).images();
            double high = (COUNTS - 16) * images / most;
            double x = LEFT + b * BIN;
            sheet.fill(x + 1, top + COUNTS - high, BIN - 2, high, look.shade(look.faint, 0.6));
            sheet.text(count(images), x + BIN / 2, top + COUNTS - high - 9, Align.CENTRE, SMALL, look.ink);
        }
        sheet.line(LEFT, top + COUNTS, LEFT + WIDTH, top + COUNTS, look.line, 1);
        sheet.text("number of answers in each bin", LEFT + WIDTH / 2, top + COUNTS + 18, Align.CENTRE, TEXT, look.ink);
    }

    private static String count(int images) {
        return images < 100_000
                ? String.format(Locale.ROOT, "%,d", images)
                : String.format(Locale.ROOT, "%,dk", Math.round(images / 1000.0));
    }
}
