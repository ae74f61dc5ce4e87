package dev.lookbook.image;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * A picture as PNG (ISO/IEC 15948): grey as grey, up to 256 colours as a palette, more as RGB; nothing is lost. Explanations
 * have hundreds of small pictures, and Java's own writer takes ten times as long for each.
 */
final class PngEncoder {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int GREY = 0;
    private static final int RGB = 2;
    private static final int PALETTE = 3;
    private static final byte AS_THEY_ARE = 0;
    private static final byte LESS_THE_LEFT = 1;

    private static final int MOST_COLOURS = 256;
    private static final int SLOTS = 1024; // a power of two, and enough to find a free one at once

    private final Picture picture;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream(1024);

    private PngEncoder(Picture picture) {
        this.picture = picture;
    }

    static byte[] encode(Picture picture) {
        return new PngEncoder(picture).encode();
    }

    private byte[] encode() {
        out.writeBytes(SIGNATURE);
        byte[] samples = picture.samples();
        byte[] numbers = new byte[picture.width() * picture.height()];
        int[] colours = picture.isGrey() ? new int[0] : colours(samples, numbers);
        if (picture.isGrey()) {
            header(GREY);
            data(rows(samples, 1));
        } else if (colours.length <= MOST_COLOURS) {
            header(PALETTE);
            palette(colours);
            data(rows(numbers, 1));
        } else {
            header(RGB);
            data(rows(samples, 3));
        }
        chunk("IEND", new byte[0], 0);
        return out.toByteArray();
    }

    /**
     * The colours of the picture, as {@code 0xRRGGBB}; one more than {@link #MOST_COLOURS} if there are too many.
     *
     * @param numbers gets the number of each pixel's colour
     */
    private static int[] colours(byte[] rgb, byte[] numbers) {
        int[] colours = new int[MOST_COLOURS + 1];
        int count = 0;
        int[] slots = new int[SLOTS]; // the number of a colour plus one
        for (int i = 0; i < numbers.length && count <= MOST_COLOURS; i++) {
            int colour = (rgb[3 * i] & 0xFF) << 16 | (rgb[3 * i + 1] & 0xFF) << 8 | rgb[3 * i + 2] & 0xFF;
            int slot = colour * 0x9E3779B1 >>> 22;
            while (slots[slot] != 0 && colours[slots[slot] - 1] != colour) {
                slot = slot + 1 & SLOTS - 1;
            }
            if (slots[slot] == 0) {
                colours[count] = colour;
                slots[slot] = ++count;
            }
            numbers[i] = (byte) (slots[slot] - 1);
        }
        return Arrays.copyOf(colours, count);
    }

    private void header(int colourType) {
        byte[] header = ByteBuffer.allocate(13)
                .putInt(picture.width())
                .putInt(picture.height())
                .put((byte) 8) // bits per sample
                .put((byte) colourType)
                .array(); // the rest is 0: deflate, the usual filters, not interlaced
        chunk("IHDR", header, header.length);
    }

    private void palette(int[] colours) {
        byte[] bytes = new byte[3 * colours.length];
        for (int i = 0; i < colours.length; i++) {
            bytes[3 * i] = (byte) (colours[i] >> 16);
            bytes[3 * i + 1] = (byte) (colours[i] >> 8);
            bytes[3 * i + 2] = (byte) colours[i];
        }
        chunk("PLTE", bytes, bytes.length);
    }

    /** Each row with its filter before it. Colours of photos change little from pixel to pixel: the change is kept. */
    private byte[] rows(byte[] samples, int channels) {
        int length = picture.width() * channels;
        byte[] rows = new byte[Math.multiplyExact(picture.height(), length + 1)];
        for (int y = 0; y < picture.height(); y++) {
            int to = y * (length + 1) + 1;
            System.arraycopy(samples, y * length, rows, to, length);
            rows[to - 1] = channels == 1 ? AS_THEY_ARE : LESS_THE_LEFT;
            for (int i = length - 1; channels > 1 && i >= channels; i--) {
                rows[to + i] -= rows[to + i - channels];
            }
        }
        return rows;
    }

    private void data(byte[] rows) {
        Deflater deflater = new Deflater();
        try {
            deflater.setInput(rows);
            deflater.finish();
            byte[] packed = new byte[64 + rows.length / 4];
            int length = 0;
            while (!deflater.finished()) {
                if (length == packed.length) {
                    packed = Arrays.copyOf(packed, 2 * length);
                }
                length += deflater.deflate(packed, length, packed.length - length);
            }
            chunk("IDAT", packed, length);
        } finally {
            deflater.end();
        }
    }

    private void chunk(String type, byte[] content, int length) {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 sum = new CRC32();
        sum.update(name);
        sum.update(content, 0, length);
        number(length);
        out.writeBytes(name);
        out.write(content, 0, length);
        number((int) sum.getValue());
    }

    private void number(int value) {
        out.writeBytes(ByteBuffer.allocate(4).putInt(value).array());
    }
}
