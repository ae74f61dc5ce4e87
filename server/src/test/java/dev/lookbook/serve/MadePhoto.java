package dev.lookbook.serve;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Something like a photo: a red dress on a light ground. */
final class MadePhoto {
    private MadePhoto() {}

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
