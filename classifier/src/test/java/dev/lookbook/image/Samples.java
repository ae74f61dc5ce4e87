package dev.lookbook.image;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;

/** Pictures for tests: four rectangles, 48 x 32, red and green above blue and yellow. */
final class Samples {

    static final int RED = 0xDC1E28;
    static final int GREEN = 0x1EA03C;
    static final int BLUE = 0x283CC8;
    static final int YELLOW = 0xF0C81E;

    private Samples() {}

    /** A file that Java cannot write, from src/test/resources/pictures. */
    static byte[] resource(String name) {
        try (InputStream in = Samples.class.getResourceAsStream("/pictures/" + name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static BufferedImage drawn(int type) {
        BufferedImage image = new BufferedImage(48, 32, type);
        Graphics2D graphics = image.createGraphics();
        int[] colours = {RED, GREEN, BLUE, YELLOW};
        for (int i = 0; i < 4; i++) {
            graphics.setColor(new Color(colours[i]));
            graphics.fillRect(i % 2 * 24, i / 2 * 16, 24, 16);
        }
        graphics.dispose();
        return image;
    }

    static byte[] written(BufferedImage image, String format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalArgumentException("no writer of " + format + " for " + image);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static byte[] written(String format) {
        return written(drawn(BufferedImage.TYPE_INT_RGB), format);
    }

    /** A JPEG with an Exif segment that holds nothing but an orientation. */
    static byte[] jpegWithOrientation(int orientation, boolean bigEndian) {
        byte[] jpeg = written("jpg");
        ByteBuffer tiff = ByteBuffer.allocate(26).order(bigEndian ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        tiff.put((bigEndian ? "MM" : "II").getBytes(StandardCharsets.US_ASCII));
        tiff.putShort((short) 42).putInt(8); // the first directory follows
        tiff.putShort((short) 1).putShort((short) 0x0112).putShort((short) 3); // one entry: a short
        tiff.putInt(1).putShort((short) orientation).putShort((short) 0).putInt(0);
        ByteBuffer result = ByteBuffer.allocate(jpeg.length + 10 + tiff.capacity());
        result.put(jpeg, 0, 2).putShort((short) 0xFFE1).putShort((short) (8 + tiff.capacity()));
        result.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII)).put(tiff.array());
        return result.put(jpeg, 2, jpeg.length - 2).array();
    }

    /** A whole and valid PNG header of any size, with next to no data behind it. */
    static byte[] pngThatClaims(int width, int height) {
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(height).put(new byte[] {8, 2, 0, 0, 0});
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        png.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 26, '\n'});
        png.writeBytes(chunk("IHDR", header.array()));
        png.writeBytes(chunk("IDAT", deflated(new byte[100_000])));
        png.writeBytes(chunk("IEND", new byte[0]));
        return png.toByteArray();
    }

    private static byte[] chunk(String name, byte[] data) {
        byte[] named = ByteBuffer.allocate(4 + data.length)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        CRC32 checksum = new CRC32();
        checksum.update(named);
        return ByteBuffer.allocate(8 + named.length)
                .putInt(data.length)
                .put(named)
                .putInt((int) checksum.getValue())
                .array();
    }

    private static byte[] deflated(byte[] data) {
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        byte[] buffer = new byte[data.length];
        int length = deflater.deflate(buffer);
        deflater.end();
        return Arrays.copyOf(buffer, length);
    }
}
