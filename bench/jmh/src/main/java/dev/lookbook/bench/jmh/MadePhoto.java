package dev.lookbook.bench.jmh;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.ImageIO;

/** A photo of a made-up shirt on a wooden floor: always the same, as noisy as a camera's, and free to ship. */
final class MadePhoto {
    private static final int WIDTH = 900;
    private static final int HEIGHT = 1200;

    private MadePhoto() {}

    /** Its bytes as a file of this kind: {@code jpg} or {@code png}. */
    static byte[] file(String format) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image(), format, bytes);
        return bytes.toByteArray();
    }

    private static BufferedImage image() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int x = 0; x < WIDTH; x += 90) {
            graphics.setColor(new Color(150 + x % 40, 110 + x % 25, 70 + x % 15));
            graphics.fillRect(x, 0, 90, HEIGHT);
        }
        graphics.setColor(new Color(40, 70, 130));
        graphics.fillRect(270, 250, 360, 700);
        graphics.fillPolygon(new int[] {270, 90, 150, 270}, new int[] {250, 560, 620, 430}, 4);
        graphics.fillPolygon(new int[] {630, 810, 750, 630}, new int[] {250, 560, 620, 430}, 4);
        graphics.dispose();
        addNoise(image);
        return image;
    }

    private static void addNoise(BufferedImage image) {
        Random random = new Random(1);
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int noise = (int) Math.round(6 * random.nextGaussian());
                Color colour = new Color(image.getRGB(x, y));
                image.setRGB(
                        x,
                        y,
                        new Color(
                                        clamp(colour.getRed() + noise),
                                        clamp(colour.getGreen() + noise),
                                        clamp(colour.getBlue() + noise))
                                .getRGB());
            }
        }
    }

    private static int clamp(int channel) {
        return Math.max(0, Math.min(255, channel));
    }
}
