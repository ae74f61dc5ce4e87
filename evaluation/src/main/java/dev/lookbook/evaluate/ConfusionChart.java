package dev.lookbook.evaluate;

import dev.lookbook.evaluate.Sheet.Align;
import java.awt.Color;
import java.awt.Font;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;

/** A confusion matrix: right answers in blue, wrong ones in orange, both shaded by their share of the row. */
final class ConfusionChart {
    private static final Font TEXT = Look.plain(13);
    private static final Font TITLE = Look.bold(15);
    private static final double LONGEST_ROW = 240;
    private static final double LONGEST_COLUMN = 150;
    private static final double SLOPE = Math.sqrt(0.5); // of the columns' names, at 45 degrees

    private final Report report;
    private final boolean normalized;
    private final Look look;
    private final List<String> rows;
    private final Font rowName; // smaller where the cells are low
    private final Font columnName; // slanted names lie closer together than the columns
    private final double cell;
    private final double left;
    private final double top;
    private final double slanted; // how wide and high the columns' names are at most

    private ConfusionChart(Report report, boolean normalized, Look look) {
        this.report = report;
        this.normalized = normalized;
        this.look = look;
        rows = report.classes().stream().map(Report.ClassScore::label).toList();
        int most = Math.max(rows.size(), report.labels().size());
        cell = Math.max(12, Math.min(58, 900.0 / most));
        rowName = Look.plain((int) Math.max(8, Math.min(13, cell * 0.8)));
        columnName = Look.plain((int) Math.max(7, Math.min(13, cell * 0.6)));
        left = 44 + Math.min(LONGEST_ROW, Sheet.widest(rows, rowName)) + 10;
        slanted = Math.min(LONGEST_COLUMN, Sheet.widest(report.labels(), columnName)) * SLOPE;
        top = 62 + slanted + 24;
    }

    static BufferedImage draw(Report report, boolean normalized, Look look) {
        return new ConfusionChart(report, normalized, look).draw();
    }

    private BufferedImage draw() {
        int columns = report.labels().size();
        double right = left + columns * cell;
        double bottom = top + rows.size() * cell;
        String title = normalized ? "Confusion, % of the pictures of each class" : "Confusion, number of pictures";
        // The slanted name of the last column reaches beyond the matrix.
        double width = Math.max(right - cell / 2 + slanted + 24, 40 + Sheet.widest(List.of(title), TITLE));
        Sheet sheet = new Sheet(Math.max(width, right + 24), bottom + 52, look);
        sheet.text(title, 20, 26, Align.LEFT, TITLE, look.ink);
        sheet.text("label given by the model", left, 52, Align.LEFT, TEXT, look.faint);
        sheet.turned("class of the picture", 22, bottom, 90, Align.LEFT, TEXT, look.faint);
        for (int c = 0; c < columns; c++) {
            String name = sheet.fit(report.labels().get(c), columnName, LONGEST_COLUMN);
            sheet.turned(name, left + (c + 0.5) * cell, top - 12, 45, Align.LEFT, columnName, look.ink);
        }
        for (int r = 0; r < rows.size(); r++) {
            String name = sheet.fit(rows.get(r), rowName, LONGEST_ROW);
            sheet.text(name, left - 10, top + (r + 0.5) * cell, Align.RIGHT, rowName, look.ink);
            for (int c = 0; c < columns; c++) {
                cell(sheet, r, c);
            }
        }
        sheet.frame(left, top, right - left, bottom - top, look.line, 1);
        legend(sheet, left, bottom + 28);
        return sheet.finish();
    }

    private void cell(Sheet sheet, int r, int c) {
        double x = left + c * cell;
        double y = top + r * cell;
        int count = report.confusion().get(r).get(c);
        double share = count / (double) Math.max(1, report.classes().get(r).support());
        boolean accepted = report.classes().get(r).accepts(report.labels().get(c));
        // The square root lets a confusion of 2% be seen beside one of 20%.
        double shade = accepted ? 0.7 * share : Math.sqrt(share);
        Color ground = look.shade(accepted ? look.right : look.wrong, shade);
        sheet.fill(x, y, cell, cell, ground);
        sheet.frame(x, y, cell, cell, look.line, 0.5);
        if (accepted) {
            sheet.frame(x + 1, y + 1, cell - 2, cell - 2, look.right, 1.5);
        }
        if (cell >= 26) {
            String text = normalized ? percent(share) : String.format(Locale.ROOT, "%,d", count);
            Font font = Look.plain((int) Math.min(14, cell / 3.6));
            Color ink = count == 0 ? look.shade(look.faint, 0.6) : Look.readableOn(ground);
            sheet.text(count == 0 ? "·" : text, x + cell / 2, y + cell / 2, Align.CENTRE, font, ink);
        }
    }

    private static String percent(double share) {
        return share == 1 ? "100" : share >= 0.9995 ? ">99.9" : String.format(Locale.ROOT, "%.1f", 100 * share);
    }

    private void legend(Sheet sheet, double x, double y) {
        sheet.fill(x, y - 7, 14, 14, look.shade(look.right, 0.65));
        sheet.text("right", x + 22, y, Align.LEFT, TEXT, look.ink);
        sheet.fill(x + 82, y - 7, 14, 14, look.shade(look.wrong, 0.55));
        sheet.text("wrong", x + 104, y, Align.LEFT, TEXT, look.ink);
    }
}
