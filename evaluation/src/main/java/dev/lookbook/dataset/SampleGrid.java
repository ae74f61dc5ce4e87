package dev.lookbook.dataset;

import java.awt.Color;
import java.awt.Font;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** A picture of some images of every class: a row per class, with its name and how many there are. */
public final class SampleGrid {
    private static final int ENLARGED = 2;
    private static final int GAP = 4;
    private static final int NAMES = 170;

    private SampleGrid() {}

    /**
     * Draws the grid. Classes without images are left out.
     *
     * @param perClass how many images of each class at most
     * @param seed chooses the images
     */
    public static BufferedImage draw(LabelledImages images, int perClass, long seed) {
        int[] counts = images.countOfEachLabel();
        List<Integer> classes = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] > 0) {
                classes.add(c);
            }
        }
        int cellWidth = images.width() * ENLARGED + GAP;
        int cellHeight = images.height() * ENLARGED + GAP;
        BufferedImage grid = new BufferedImage(
                NAMES + perClass * cellWidth + GAP,
                Math.max(1, classes.size()) * cellHeight + GAP,
                BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = pen(grid);
        Random random = new Random(seed);
        for (int row = 0; row < classes.size(); row++) {
            int top = GAP + row * cellHeight;
            int label = classes.get(row);
            drawName(pen, images.labels().get(label), counts[label], top + cellHeight / 2);
            List<Integer> chosen = choose(images, label, perClass, random);
            for (int column = 0; column < chosen.size(); column++) {
                pen.drawImage(
                        image(images, chosen.get(column)),
                        NAMES + column * cellWidth,
                        top,
                        images.width() * ENLARGED,
                        images.height() * ENLARGED,
                        null);
            }
        }
        pen.dispose();
        return grid;
    }

    private static Graphics2D pen(BufferedImage grid) {
        Graphics2D pen = grid.createGraphics();
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, grid.getWidth(), grid.getHeight());
        pen.setRenderingHint(RenderingHints.KEY_TEXT_ANTIALIASING, RenderingHints.VALUE_TEXT_ANTIALIAS_ON);
        return pen;
    }

    private static void drawName(Graphics2D pen, String name, int count, int middle) {
        pen.setColor(Color.BLACK);
        pen.setFont(new Font(Font.SANS_SERIF, Font.BOLD, 15));
        String shown = name;
        while (shown.length() > 2 && pen.getFontMetrics().stringWidth(shown) > NAMES - 3 * GAP) {
            shown = shown.substring(0, shown.length() - 2) + "\u2026";
        }
        pen.drawString(shown, 2 * GAP, middle - 2);
        pen.setColor(Color.DARK_GRAY);
        pen.setFont(new Font(Font.SANS_SERIF, Font.PLAIN, 12));
        String counted = String.format(Locale.ROOT, count == 1 ? "%,d image" : "%,d images", count);
        pen.drawString(counted, 2 * GAP, middle + 14);
    }

    private static List<Integer> choose(LabelledImages images, int label, int most, Random random) {
        List<Integer> ofClass = new ArrayList<>();
        for (int i = 0; i < images.count(); i++) {
            if (images.label(i) == label) {
                ofClass.add(i);
            }
        }
        Collections.shuffle(ofClass, random);
        return ofClass.subList(0, Math.min(most, ofClass.size()));
    }

    private static BufferedImage image(LabelledImages images, int i) {
        BufferedImage image = new BufferedImage(images.width(), images.height(), BufferedImage.TYPE_BYTE_GRAY);
        byte[] pixels = images.pixels(i);
        System.arraycopy(pixels, 0, ((DataBufferByte) image.getRaster().getDataBuffer()).getData(), 0, pixels.length);
        return image;
    }
}
