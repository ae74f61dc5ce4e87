package dev.lookbook.evaluate;

import dev.lookbook.evaluate.Sheet.Align;
import dev.lookbook.explain.ColourScale;
import java.awt.Color;
import java.awt.Font;
import java.util.Locale;

/**
 * Which number a colour stands for.
 *
 * @param reach the number at the right end; at the left end stands zero, or the negative of it on a signed scale
 */
record Legend(ColourScale scale, double reach) {
    /** How high it is drawn, with its numbers. */
    static final int HEIGHT = 24;

    private static final Font NUMBER = Look.plain(12);
    private static final int BAR = 8;
    private static final int STEPS = 64;

    void draw(Sheet sheet, double x, double y, double width) {
        boolean isSigned = scale == ColourScale.DIVERGING;
        for (int i = 0; i < STEPS; i++) {
            double share = (i + 0.5) / STEPS;
            double value = isSigned ? 2 * share - 1 : share;
            Color colour = new Color(scale.rgb(value * reach, reach));
            sheet.fill(x + i * width / STEPS, y, width / STEPS + 0.5, BAR, colour);
        }
        double below = y + BAR + 9;
        sheet.text(isSigned ? number(-reach) : "0", x, below, Align.LEFT, NUMBER, sheet.look.faint);
        if (isSigned) {
            sheet.text("0", x + width / 2, below, Align.CENTRE, NUMBER, sheet.look.faint);
        }
        sheet.text((isSigned ? "+" : "") + number(reach), x + width, below, Align.RIGHT, NUMBER, sheet.look.faint);
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
