package dev.lookbook.evaluate;

import dev.lookbook.evaluate.Sheet.Align;
import dev.lookbook.image.Picture;
import java.awt.Font;
import java.util.List;
import java.util.Optional;

/** Many small pictures in rows, under a title that says what they are and how their colours are to be read. */
final class TitledGrid {
    private static final Font TITLE = Look.bold(15);
    private static final Font NOTE = Look.plain(12);
    private static final int MARGIN = 8;
    private static final int LEGEND_WIDTH = 160;
    private static final int LINE = 20;

    private TitledGrid() {}

    /** The grid under its title; the grid alone where there are no fonts. */
    static Picture of(Picture grid, String title, String note, Optional<Legend> legend) {
        if (Charts.problem().isPresent()) {
            return grid;
        }
        double text = Math.max(Sheet.widest(List.of(title), TITLE), Sheet.widest(List.of(note), NOTE));
        boolean hasRoom = grid.width() >= text + LEGEND_WIDTH + 4 * MARGIN; // beside the text, else below it
        int top = 2 * MARGIN + 2 * LINE + (legend.isPresent() && !hasRoom ? Legend.HEIGHT : 0);
        int width = (int) Math.ceil(Math.max(grid.width(), text + 2 * MARGIN));
        // As many pixels as the grid has: drawn sharper, hundreds of such files would take seconds longer.
        Sheet sheet = new Sheet(width, top + grid.height(), Look.LIGHT, 1);
        sheet.text(title, MARGIN, MARGIN + LINE / 2.0, Align.LEFT, TITLE, sheet.look.ink);
        sheet.text(note, MARGIN, MARGIN + 1.5 * LINE, Align.LEFT, NOTE, sheet.look.faint);
        legend.ifPresent(l -> l.draw(
                sheet,
                hasRoom ? width - LEGEND_WIDTH - 2.0 * MARGIN : MARGIN,
                hasRoom ? MARGIN + LINE / 2.0 : MARGIN + 2.0 * LINE + 2,
                LEGEND_WIDTH));
        sheet.graphics.drawImage(grid.toImage(), 0, top, null);
        return Picture.of(sheet.finish());
    }
}
