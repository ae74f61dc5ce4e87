package dev.lookbook.evaluate;

import dev.lookbook.evaluate.Sheet.Align;
import dev.lookbook.explain.ColourScale;
import dev.lookbook.image.Picture;
import java.awt.Color;
import java.awt.Font;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.OptionalDouble;

/** Some pictures side by side, each with its name, a note, and a legend if its colours stand for signed numbers. */
final class Panels {
    private static final Font TITLE = Look.bold(15);
    private static final Font NAME = Look.bold(13);
    private static final Font NOTE = Look.plain(12);
    private static final int GAP = 24;
    private static final int TOP = 52;
    private static final int TEXT = 44;
    private static final int LEGEND = Legend.HEIGHT + 10;

    /**
     * @param reach of the signed numbers that the colours stand for; empty for a picture as it is
     * @param written what to write into each pixel; empty for nothing
     */
    record Panel(Picture picture, String name, String note, OptionalDouble reach, List<String> written) {
        Panel(Picture picture, String name, String note, OptionalDouble reach) {
            this(picture, name, note, reach, List.of());
        }

        private double factor(int side) {
            double factor = side / (double) Math.max(picture.width(), picture.height());
            return factor >= 1 ? Math.floor(factor) : factor; // whole factors keep pixels square and sharp
        }

        private int wide(int side) {
            return (int) Math.max(1, Math.round(picture.width() * factor(side)));
        }

        private int high(int side) {
            return (int) Math.max(1, Math.round(picture.height() * factor(side)));
        }

        private double column(int side) {
            double text = Math.max(Sheet.widest(List.of(name), NAME), Sheet.widest(List.of(note), NOTE));
            return Math.max(wide(side), text) + GAP;
        }
    }

    private Panels() {}

    /** @param side the most that a picture is wide or high; smaller ones are enlarged by a whole factor */
    static BufferedImage draw(String title, List<Panel> panels, int side, Look look) {
        double width = GAP;
        int height = 0;
        for (Panel panel : panels) {
            width += panel.column(side);
            height = Math.max(height, panel.high(side));
        }
        boolean legends = panels.stream().anyMatch(panel -> panel.reach().isPresent());
        double least = Sheet.widest(List.of(title), TITLE) + 2 * GAP;
        Sheet sheet = new Sheet(Math.max(width, least), TOP + height + TEXT + (legends ? LEGEND : 0), look);
        sheet.text(title, GAP, 26, Align.LEFT, TITLE, look.ink);
        double x = GAP;
        for (Panel panel : panels) {
            draw(sheet, panel, (int) x, height, side);
            x += panel.column(side);
        }
        return sheet.finish();
    }

    private static void draw(Sheet sheet, Panel panel, int x, int height, int side) {
        int wide = panel.wide(side);
        int high = panel.high(side);
        boolean enlarged = wide >= panel.picture().width();
        Picture picture = enlarged ? panel.picture() : PageMaps.shrunk(panel.picture(), Sheet.SCALE * side);
        sheet.graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION,
                enlarged
                        ? RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR
                        : RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        sheet.graphics.drawImage(picture.toImage(), x, TOP, wide, high, null);
        sheet.frame(x - 0.5, TOP - 0.5, wide + 1, high + 1, sheet.look.line, 1);
        write(sheet, panel, x, (double) wide / panel.picture().width());
        double below = TOP + height + 16;
        sheet.text(panel.name(), x, below, Align.LEFT, NAME, sheet.look.ink);
        sheet.text(panel.note(), x, below + 18, Align.LEFT, NOTE, sheet.look.faint);
        panel.reach().ifPresent(reach -> new Legend(ColourScale.DIVERGING, reach).draw(sheet, x, below + 32, wide));
    }

    private static void write(Sheet sheet, Panel panel, int x, double cell) {
        for (int i = 0; i < panel.written().size(); i++) {
            int column = i % panel.picture().width();
            int row = i / panel.picture().width();
            Color ink = Look.readableOn(new Color(panel.picture().rgb(column, row)));
            double middle = x + (column + 0.5) * cell;
            sheet.text(panel.written().get(i), middle, TOP + (row + 0.5) * cell, Align.CENTRE, TITLE, ink);
        }
    }
}
