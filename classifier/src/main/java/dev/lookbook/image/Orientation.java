package dev.lookbook.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * How a stored picture must be turned to stand upright, as cameras note it in the Exif tag "Orientation" (Exif 2.32,
 * section 4.6.4; values 1 to 8).
 */
enum Orientation {
    UPRIGHT(false, false, false),
    MIRRORED(false, true, false),
    UPSIDE_DOWN(false, true, true),
    UPSIDE_DOWN_MIRRORED(false, false, true),
    TRANSPOSED(true, false, false),
    TURNED_LEFT(true, true, false),
    TRANSVERSED(true, true, true),
    TURNED_RIGHT(true, false, true);

    private static final int TAG_ORIENTATION = 0x0112;

    private final boolean swapsAxes;
    private final boolean flipsColumns;
    private final boolean flipsRows;

    /** Where a pixel of the upright picture comes from: first the axes are swapped, then the flips done. */
    Orientation(boolean swapsAxes, boolean flipsColumns, boolean flipsRows) {
        this.swapsAxes = swapsAxes;
        this.flipsColumns = flipsColumns;
        this.flipsRows = flipsRows;
    }

    boolean swapsAxes() {
        return swapsAxes;
    }

    /** The index in the upright picture of a stored picture's pixel. */
    int target(int x, int y, int storedWidth, int storedHeight) {
        int width = swapsAxes ? storedHeight : storedWidth;
        int height = swapsAxes ? storedWidth : storedHeight;
        int column = swapsAxes ? y : x;
        int row = swapsAxes ? x : y;
        return (flipsRows ? height - 1 - row : row) * width + (flipsColumns ? width - 1 - column : column);
    }

    /** The orientation noted in a file; upright if there is no note, or none that makes sense. */
    static Orientation of(byte[] file, PictureFormat format) {
        try {
            ByteBuffer exif = exif(ByteBuffer.wrap(file), format);
            return exif == null ? UPRIGHT : ofTiff(exif);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            return UPRIGHT;
        }
    }

    private static ByteBuffer exif(ByteBuffer file, PictureFormat format) {
        return switch (format) {
            case JPEG -> inJpeg(file);
            case WEBP -> inChunks(file.order(ByteOrder.LITTLE_ENDIAN), 12, "EXIF");
            case PNG -> inPng(file);
            case GIF, BMP -> null;
        };
    }

    private static ByteBuffer inJpeg(ByteBuffer file) {
        int at = 2;
        while (file.get(at) == (byte) 0xFF) {
            int marker = file.get(at + 1) & 0xFF;
            int length = file.getShort(at + 2) & 0xFFFF;
            if (marker == 0xE1 && text(file, at + 4, 6).equals("Exif\0\0")) {
                return file.slice(at + 10, length - 8);
            }
            if (marker == 0xDA) {
                return null;   // the picture itself begins
            }
            at += 2 + length;
        }
        return null;
    }

    private static ByteBuffer inPng(ByteBuffer file) {
        for (int at = 8; ; at += 12 + file.getInt(at)) {
            String chunk = text(file, at + 4, 4);
            if (chunk.equals("eXIf")) {
                return file.slice(at + 8, file.getInt(at));
            }
            if (chunk.equals("IEND")) {
                return null;
            }
        }
    }

    private static ByteBuffer inChunks(ByteBuffer riff, int from, String wanted) {
        for (int at = from; at + 8 <= riff.limit(); at += 8 + (riff.getInt(at + 4) + 1 & ~1)) {
            if (text(riff, at, 4).equals(wanted)) {
                ByteBuffer exif = riff.slice(at + 8, riff.getInt(at + 4));
                return text(exif, 0, 4).equals("Exif") ? exif.slice(6, exif.limit() - 6) : exif;
            }
        }
        return null;
    }

    /** Reads the first directory of a TIFF block, the form that Exif data has. */
    private static Orientation ofTiff(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + 12 * i;
            if (tiff.getShort(entry) == TAG_ORIENTATION) {
                int value = tiff.getShort(entry + 8);
                return value >= 1 && value <= 8 ? values()[value - 1] : UPRIGHT;
            }
        }
        return UPRIGHT;
    }

    private static String text(ByteBuffer from, int at, int length) {
        byte[] bytes = new byte[length];
        from.get(at, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
