package dev.lookbook.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.UUID;

/** Writes pictures as PNG. A file appears whole or not at all: it is written under another name and renamed. */
public final class Png {

    private Png() {}

    /** Writes an image, replacing a file of that name. */
    public static void write(Path file, BufferedImage image) throws IOException {
        write(file, bytes(image));
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        // A name that no other writer of the same picture has, and without the file's own, which may be long already.
        Path temporary = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
        try {
            Files.write(temporary, bytes);
            Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Writes a picture, replacing a file of that name. */
    public static void write(Path file, Picture picture) throws IOException {
        write(file, bytes(picture));
    }

    /** Writes grey pixels, {@code [height][width]}, 0 black to 255 white, replacing a file of that name. */
    public static void writeGrey(Path file, int width, int height, byte[] pixels) throws IOException {
        write(file, Picture.grey(width, height, pixels));
    }

    /** The bytes of a PNG file of this picture. */
    public static byte[] bytes(Picture picture) {
        return PngEncoder.encode(picture);
    }

    /** The bytes of a PNG file of this image, with its transparency laid over white. */
    public static byte[] bytes(BufferedImage image) {
        return bytes(Picture.of(image));
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
