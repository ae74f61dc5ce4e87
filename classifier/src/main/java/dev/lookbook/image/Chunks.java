package dev.lookbook.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The chunks that PNG and WebP files are made of: a name of four letters, a length, and the data. */
final class Chunks {

    /** Pictures have a few, and a film one for each of its frames; they may be as small as eight bytes. */
    static final int MOST = 10_000;

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

    /** A chunk of a WebP file; numbers in its data are little-endian. */
    record Chunk(String name, ByteBuffer data) {}

    /** The data of a WebP file's first whole chunk of that name, or null. */
    static ByteBuffer inWebP(byte[] file, String name) {
        return allInWebP(file).stream()
                .filter(chunk -> chunk.name().equals(name))
                .map(Chunk::data)
                .findFirst()
                .orElse(null);
    }

    /**
     * The whole chunks of a WebP file (RFC 9649, section 2.3), not many more than {@link #MOST}; those of a film's frame are
     * within the frame's.
     */
    static List<Chunk> allInWebP(byte[] file) {
        return after(ByteBuffer.wrap(file), 12);
    }

    /** The whole chunks that follow so many bytes. */
    static List<Chunk> after(ByteBuffer bytes, int header) {
        ByteBuffer riff = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        List<Chunk> chunks = new ArrayList<>();
        for (long at = header; at + 8 <= riff.limit() && chunks.size() <= MOST; ) {
            int start = (int) at;
            long length = riff.getInt(start + 4) & 0xFFFFFFFFL;
            at += 8 + length;
            if (at <= riff.limit()) {
                ByteBuffer data = riff.slice(start + 8, (int) length).order(ByteOrder.LITTLE_ENDIAN);
                chunks.add(new Chunk(text(riff, start), data));
            }
            at += length % 2;
        }
        return chunks;
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
