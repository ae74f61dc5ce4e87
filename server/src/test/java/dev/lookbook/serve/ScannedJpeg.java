package dev.lookbook.serve;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Progressive JPEGs whose last scan comes again and again, which decoders take. */
final class ScannedJpeg {
    private ScannedJpeg() {}

    static byte[] withScans(int times) throws IOException {
        byte[] jpeg = progressive(64);
        int scan = lastScan(jpeg);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.write(jpeg, 0, jpeg.length - 2);
        for (int i = 1; i < times; i++) {
            all.write(jpeg, scan, jpeg.length - 2 - scan);
        }
        all.write(jpeg, jpeg.length - 2, 2);
        return all.toByteArray();
    }

    private static byte[] progressive(int side) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            ImageWriteParam how = writer.getDefaultWriteParam();
            how.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(out);
            writer.write(
                    null, new IIOImage(new BufferedImage(side, side, BufferedImage.TYPE_BYTE_GRAY), null, null), how);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    private static int lastScan(byte[] jpeg) {
        byte[] marker = {(byte) 0xFF, (byte) 0xDA};
        int at = jpeg.length - 2;
        while (!Arrays.equals(jpeg, at, at + 2, marker, 0, 2)) {
            at--;
        }
        return at;
    }
}
