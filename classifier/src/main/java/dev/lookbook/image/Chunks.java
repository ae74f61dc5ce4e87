package dev.lookbook.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** The chunks that PNG and WebP files are made of: a name of four letters, a length, and the data. */
final class Chunks {

    private Chunks() {}

    /** The data of a PNG file's first whole chunk of that name, or null (PNG specification, section 5). */
    static ByteBuffer inPng(byte[] file, String name) {
        ByteBuffer png = ByteBuffer.wrap(file);
        for (long at = 8; at + 12 <= file.length; ) {
            int start = (int) at;
            long length = png.getInt(start) & 0xFFFFFFFFL;
            at += 12 + length; // the length itself, the name and a checksum
            if (at <= file.length && text(png, start + 4).equals(name)) {
                return png.slice(start + 8, (int) length);
            }
        }
        return null;
    }

    /** The data of a WebP file's first whole chunk of that name, or null (RFC 9649, section 2.3). */
    static ByteBuffer inWebP(byte[] file, String name) {
        ByteBuffer riff = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        for (long at = 12; at + 8 <= file.length; ) {
            int start = (int) at;
            long length = riff.getInt(start + 4) & 0xFFFFFFFFL;
            at += 8 + length;
            if (at <= file.length && text(riff, start).equals(name)) {
                return riff.slice(start + 8, (int) length);
            }
            at += length % 2;
        }
        return null;
    }

    /** Whether a PNG or WebP file ends before its own mark or length says so. Decoders do not all notice. */
    static boolean isCutOff(byte[] file, PictureFormat format) {
        return switch (format) {
            case PNG -> inPng(file, "IEND") == null;
            case WEBP ->
                file.length
                        < 8
                                + (ByteBuffer.wrap(file)
                                                .order(ByteOrder.LITTLE_ENDIAN)
                                                .getInt(4)
                                        & 0xFFFFFFFFL);
            case JPEG, GIF, BMP -> false;
        };
    }

    private static String text(ByteBuffer from, int at) {
        byte[] bytes = new byte[4];
        from.get(at, bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
