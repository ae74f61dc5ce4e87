package dev.lookbook.evaluate;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Line2D;
import java.awt.geom.Rectangle2D;
import java.awt.image.BufferedImage;

/** A picture that is being drawn, usually at twice its size in pixels so that it stays sharp on dense screens. */
final class Sheet {
    static final int SCALE = 2;

    /** Where a text lies relative to the given point. */
    enum Align {
        LEFT,
        CENTRE,
        RIGHT
    }

    final Graphics2D graphics;
    final Look look;
    private final BufferedImage image;

    Sheet(double width, double height, Look look) {
        this(width, height, look, SCALE);
    }

    /** @param scale pixels along one unit of width and height */
    Sheet(double width, double height, Look look, int scale) {
        this.look = look;
        image = new BufferedImage(
                (int) Math.ceil(width * scale), (int) Math.ceil(height * scale), BufferedImage.TYPE_INT_RGB);
        graphics = image.createGraphics();
        graphics.scale(scale, scale);
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        graphics.setRenderingHint(RenderingHints.KEY_FRACTIONALMETRICS, RenderingHints.VALUE_FRACTIONALMETRICS_ON);
        fill(0, 0, width + 1, height + 1, look.ground); // no half-covered pixels at the edges
    }

    BufferedImage finish() {
        graphics.dispose();
        return image;
    }

    void fill(double x, double y, double width, double height, Color colour) {
        graphics.setColor(colour);
        graphics.fill(new Rectangle2D.Double(x, y, width, height));
    }

    void frame(double x, double y, double width, double height, Color colour, double thickness) {
        graphics.setColor(colour);
        graphics.setStroke(new BasicStroke((float) thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER));
        graphics.draw(new Rectangle2D.Double(x, y, width, height));
    }

    void line(double x1, double y1, double x2, double y2, Color colour, float thickness, float... dash) {
        graphics.setColor(colour);
        graphics.setStroke(new BasicStroke(
                thickness, BasicStroke.CAP_BUTT, BasicStroke.JOIN_MITER, 10, dash.length == 0 ? null : dash, 0));
        graphics.draw(new Line2D.Double(x1, y1, x2, y2));
    }

    /** Writes one line; {@code y} is the middle of its capitals' height. */
    void text(String text, double x, double y, Align align, Font font, Color colour) {
        graphics.setFont(font);
        graphics.setColor(colour);
        double width = graphics.getFontMetrics().getStringBounds(text, graphics).getWidth();
        double left = switch (align) {
            case LEFT -> x;
            case CENTRE -> x - width / 2;
            case RIGHT -> x - width;
        };
        graphics.drawString(text, (float) left, (float) (y + font.getSize2D() * 0.36));
    }

    /** Writes upwards, turned by {@code degrees} anticlockwise about its left end. */
    void turned(String text, double x, double y, double degrees, Align align, Font font, Color colour) {
        AffineTransform before = graphics.getTransform();
        graphics.translate(x, y);
        graphics.rotate(Math.toRadians(-degrees));
        text(text, 0, 0, align, font, colour);
        graphics.setTransform(before);
    }

    double width(String text, Font font) {
        return graphics.getFontMetrics(font).getStringBounds(text, graphics).getWidth();
    }

    /** The text, cut and ended with an ellipsis if it is wider than {@code most}. */
    String fit(String text, Font font, double most) {
        if (width(text, font) <= most) {
            return text;
        }
        int length = text.length();
        while (length > 1 && width(text.substring(0, length) + "…", font) > most) {
            length--;
        }
        return text.substring(0, length).stripTrailing() + "…";
    }

    /** Measures text before there is a sheet. */
    static double widest(Iterable<String> texts, Font font) {
        Graphics2D graphics = new BufferedImage(1, 1, BufferedImage.TYPE_INT_RGB).createGraphics();
        FontMetrics metrics = graphics.getFontMetrics(font);
        double widest = 0;
        for (String text : texts) {
            widest = Math.max(widest, metrics.getStringBounds(text, graphics).getWidth());
        }
        graphics.dispose();
        return widest;
    }
}
