package dev.lookbook.serve;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Something like photos. */
final class MadePhoto {
    private MadePhoto() {}

    /** No garment: a bicycle, seen from the side. */
    static byte[] bicycle() throws IOException {
        BufferedImage photo = new BufferedImage(400, 400, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = photo.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        pen.setColor(Color.WHITE);
        pen.fillRect(0, 0, 400, 400);
        pen.setColor(new Color(0x222222));
        pen.setStroke(new BasicStroke(10));
        pen.drawOval(40, 190, 140, 140);
        pen.drawOval(220, 190, 140, 140);
        pen.drawPolyline(
                new int[] {110, 180, 270, 290, 270, 200, 180, 200, 110},
                new int[] {260, 150, 150, 260, 150, 260, 150, 260, 260},
                9);
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(photo, "png", bytes);
        return bytes.toByteArray();
    }

    /** A red dress on a light ground. */
    static byte[] jpeg(int width, int height) throws IOException {
        BufferedImage photo = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = photo.createGraphics();
        pen.setColor(new Color(0xF2EFE9));
        pen.fillRect(0, 0, width, height);
        pen.setColor(new Color(0xB02030));
        pen.fillPolygon(
                new int[] {width * 2 / 5, width * 3 / 5, width * 4 / 5, width / 5},
                new int[] {height / 10, height / 10, height * 9 / 10, height * 9 / 10},
                4);
        pen.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(photo, "jpg", bytes);
        return bytes.toByteArray();
    }
}
