package dev.lookbook.image;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Writes pictures as PNG. A file appears whole or not at all: it is written under another name and renamed. */
public final class Png {

    private Png() {}

    /** Writes an image, replacing a file of that name. */
    public static void write(Path file, BufferedImage image) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".part");
        try {
            Files.write(temporary, bytes(image));
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Writes a picture, replacing a file of that name. */
    public static void write(Path file, Picture picture) throws IOException {
        write(file, picture.toImage());
    }

    /** Writes grey pixels, {@code [height][width]}, 0 black to 255 white, replacing a file of that name. */
    public static void writeGrey(Path file, int width, int height, byte[] pixels) throws IOException {
        write(file, Picture.grey(width, height, pixels));
    }

    /** The bytes of a PNG file of this image. */
    public static byte[] bytes(BufferedImage image) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("png").next();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(stream);
            writer.write(Palette.reduced(image));
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /**
     * Lays pictures out in rows, left to right, each enlarged by a whole factor and with a gap around it. All must
     * have the size of the first.
     *
     * @param gap in pixels of the result
     * @param ground the grey of gaps and empty places, 0 to 255
     */
    public static Picture grid(List<Picture> pictures, int columns, int factor, int gap, int ground) {
        return Grid.of(pictures, columns, factor, gap, ground);
    }
}
