package dev.lookbook.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

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
    private static final int JPEG_APP1 = 0xE1;
    private static final int JPEG_START_OF_SCAN = 0xDA;
    private static final byte[] EXIF_HEADER = {'E', 'x', 'i', 'f', 0, 0};

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
            ByteBuffer exif = switch (format) {
                case JPEG -> inJpeg(ByteBuffer.wrap(file));
                case WEBP -> withoutHeader(Chunks.inWebP(file, "EXIF"));
                case PNG -> Chunks.inPng(file, "eXIf");
                case GIF, BMP -> null;
            };
            return exif == null ? UPRIGHT : ofTiff(exif);
        } catch (IndexOutOfBoundsException e) {
            return UPRIGHT; // the note is cut off or points nowhere: it is not worth refusing the picture
        }
    }

    private static ByteBuffer inJpeg(ByteBuffer file) {
        for (int at = 2; file.get(at) == (byte) 0xFF; at += 2 + (file.getShort(at + 2) & 0xFFFF)) {
            int marker = file.get(at + 1) & 0xFF;
            if (marker == JPEG_APP1 && isExifHeader(file, at + 4)) {
                return file.slice(at + 10, (file.getShort(at + 2) & 0xFFFF) - 8);
            }
            if (marker == JPEG_START_OF_SCAN) {
                return null;
            }
        }
        return null;
    }

    /** Some programs put JPEG's header before the data in WebP files too. */
    private static ByteBuffer withoutHeader(ByteBuffer exif) {
        boolean hasHeader = exif != null && isExifHeader(exif, 0);
        return hasHeader ? exif.slice(EXIF_HEADER.length, exif.limit() - EXIF_HEADER.length) : exif;
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

    private static boolean isExifHeader(ByteBuffer from, int at) {
        byte[] bytes = new byte[EXIF_HEADER.length];
        from.get(at, bytes);
        return Arrays.equals(bytes, EXIF_HEADER);
    }
}
