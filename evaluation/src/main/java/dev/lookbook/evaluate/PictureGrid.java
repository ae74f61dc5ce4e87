package dev.lookbook.evaluate;

import dev.lookbook.evaluate.Sheet.Align;
import java.awt.Color;
import java.awt.Font;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.List;

/** Pictures in rows and columns, with up to two lines of text below each. */
final class PictureGrid {
    private static final Font FIRST = Look.plain(12);
    private static final Font SECOND = Look.bold(12);
    private static final int SIDE = 84; // 28 pixels three times as large
    private static final int GAP = 18;

    /**
     * A picture and what to write below it.
     *
     * @param second empty: only one line
     * @param right false frames the picture and writes the second line in the colour of errors
     */
    record Cell(BufferedImage picture, String first, String second, boolean right) {}

    private PictureGrid() {}

    static BufferedImage draw(String title, String note, List<Cell> cells, int columns, Look look) {
        boolean twoLines = cells.stream().anyMatch(cell -> !cell.second().isEmpty());
        double wide = Math.max(
                SIDE,
                Math.max(
                        Sheet.widest(cells.stream().map(Cell::first).toList(), FIRST),
                        Sheet.widest(cells.stream().map(Cell::second).toList(), SECOND)));
        double cellWidth = Math.min(wide, 150) + GAP;
        double cellHeight = SIDE + (twoLines ? 40 : 24) + GAP;
        int rows = (cells.size() + columns - 1) / columns;
        double width = Math.max(20 + columns * cellWidth + 20 - GAP, 24 + Sheet.widest(List.of(note), FIRST) + 20);
        Sheet sheet = new Sheet(width, 66 + rows * cellHeight, look);
        sheet.text(title, 20, 24, Align.LEFT, Look.bold(15), look.ink);
        sheet.text(note, 20, 45, Align.LEFT, FIRST, look.faint);
        for (int i = 0; i < cells.size(); i++) {
            double x = 20 + i % columns * cellWidth;
            double y = 66 + i / columns * cellHeight;
            draw(sheet, cells.get(i), x, y, cellWidth - GAP);
        }
        return sheet.finish();
    }

    private static void draw(Sheet sheet, Cell cell, double x, double y, double width) {
        double scale = SIDE
                / (double) Math.max(cell.picture().getWidth(), cell.picture().getHeight());
        int wide = (int) Math.round(cell.picture().getWidth() * scale);
        int high = (int) Math.round(cell.picture().getHeight() * scale);
        sheet.graphics.setRenderingHint(
                RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_NEAREST_NEIGHBOR);
        sheet.graphics.drawImage(cell.picture(), (int) x, (int) y, wide, high, null);
        Look look = sheet.look;
        sheet.frame(
                (int) x - 0.5,
                (int) y - 0.5,
                wide + 1,
                high + 1,
                cell.right() ? look.line : look.wrong,
                cell.right() ? 1 : 2);
        Color ink = cell.right() ? look.ink : look.wrong;
        sheet.text(sheet.fit(cell.first(), FIRST, width), x, y + SIDE + 14, Align.LEFT, FIRST, look.ink);
        sheet.text(sheet.fit(cell.second(), SECOND, width), x, y + SIDE + 30, Align.LEFT, SECOND, ink);
    }

    /** Grey pixels as an image. */
    static BufferedImage picture(byte[] pixels, int height, int width) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
        image.getRaster().setDataElements(0, 0, width, height, pixels);
        return image;
    }
}
