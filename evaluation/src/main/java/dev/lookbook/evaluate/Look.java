package dev.lookbook.evaluate;

import java.awt.Color;
import java.awt.Font;

/**
 * The colours and fonts of charts. The hues are Okabe and Ito's, which stay apart for colour-blind readers: blue is
 * right, orange is wrong.
 */
enum Look {
    LIGHT(0xFFFFFF, 0x1F2328, 0x59636E, 0xD8DEE4, 0x0072B2, 0xD55E00),
    DARK(0x16191D, 0xE6EAEF, 0x9AA4AF, 0x343B43, 0x56B4E9, 0xF09A3E);

    final Color ground;
    final Color ink;
    final Color faint;
    final Color line;
    final Color right;
    final Color wrong;

    Look(int ground, int ink, int faint, int line, int right, int wrong) {
        this.ground = new Color(ground);
        this.ink = new Color(ink);
        this.faint = new Color(faint);
        this.line = new Color(line);
        this.right = new Color(right);
        this.wrong = new Color(wrong);
    }

    static Font plain(int size) {
        return new Font(Font.SANS_SERIF, Font.PLAIN, size);
    }

    static Font bold(int size) {
        return new Font(Font.SANS_SERIF, Font.BOLD, size);
    }

    /** From the ground's colour (0) to {@code full} (1). */
    Color shade(Color full, double amount) {
        return new Color(
                mix(ground.getRed(), full.getRed(), amount),
                mix(ground.getGreen(), full.getGreen(), amount),
                mix(ground.getBlue(), full.getBlue(), amount));
    }

    private static int mix(int from, int to, double amount) {
        return (int) Math.round(from + (to - from) * Math.max(0, Math.min(1, amount)));
    }

    /** Black or white, whichever is easier to read on {@code ground} (relative luminance of WCAG 2). */
    static Color readableOn(Color ground) {
        double luminance = 0.2126 * linear(ground.getRed())
                + 0.7152 * linear(ground.getGreen())
                + 0.0722 * linear(ground.getBlue());
        return luminance > 0.179 ? new Color(0x101418) : Color.WHITE;
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }
}
