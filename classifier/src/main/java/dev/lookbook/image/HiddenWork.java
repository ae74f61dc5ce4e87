package dev.lookbook.image;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Refuses files that would have a decoder do many times the work that the size of the picture promises. */
final class HiddenWork {
    /** Programs write a dozen. Each has the decoder go over all pixels again, and takes a few bytes. */
    private static final int MOST_SCANS = 100;

    private static final int BEGIN_OF_SCAN = 0xDA;
    private static final int END_OF_PICTURE = 0xD9;

    private static final int BMP_HEADER = 14;
    private static final int BMP_COMPRESSION = 30;
    private static final List<Integer> BMP_WRAPS = List.of(4, 5); // a JPEG, a PNG

    private static final String FRAME = "ANMF";
    private static final int FRAME_HEADER = 16;

    private HiddenWork() {}

    static void refuse(byte[] bytes, PictureFormat format, String name, int mostPixels) throws PictureException {
        switch (format) {
            case JPEG -> refuseManyScans(bytes, name);
            case BMP -> refuseWrapped(bytes, name);
            case WEBP -> refuseSeveral(Chunks.allInWebP(bytes), name, mostPixels);
            case PNG, GIF -> {} // have their size in front of all pixels, once
        }
    }

    /** Goes from marker to marker as decoders do; what follows the picture's end, such as a phone's film, is not read. */
    private static void refuseManyScans(byte[] bytes, String name) throws PictureException {
        int scans = 0;
        int at = 2; // behind the marker that begins the picture
        while (at + 3 < bytes.length && !isMarker(bytes, at, END_OF_PICTURE)) {
            int marker = bytes[at + 1] & 0xFF;
            boolean hasLength =
                    (bytes[at] & 0xFF) == 0xFF && marker >= 0xC0 && marker != 0xFF && marker >> 3 != 0xD0 >> 3;
            if (isMarker(bytes, at, BEGIN_OF_SCAN)) {
                scans++;
            }
            at += hasLength ? 2 + Math.max(2, (bytes[at + 2] & 0xFF) << 8 | bytes[at + 3] & 0xFF) : 1;
        }
        if (scans > MOST_SCANS) {
            throw new PictureException(
                    name,
                    "this JPEG goes over its pixels " + scans + " times; " + MOST_SCANS + " are read",
                    "Save it again");
        }
    }

    private static boolean isMarker(byte[] bytes, int at, int marker) {
        return (bytes[at] & 0xFF) == 0xFF && (bytes[at + 1] & 0xFF) == marker;
    }

    /** A picture inside has a size of its own, that nobody has looked at. */
    private static void refuseWrapped(byte[] bytes, String name) throws PictureException {
        if (bytes.length < BMP_COMPRESSION + 4) {
            return; // the decoder will tell
        }
        ByteBuffer bmp = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        boolean hasCompression = Integer.compareUnsigned(bmp.getInt(BMP_HEADER), BMP_COMPRESSION + 4 - BMP_HEADER) >= 0;
        if (hasCompression && BMP_WRAPS.contains(bmp.getInt(BMP_COMPRESSION))) {
            throw new PictureException(name, "this BMP wraps a JPEG or a PNG", "Save it as that");
        }
    }

    /** Each picture in a file is decoded, and has a size of its own; a file, or a frame of a film, has one. */
    private static void refuseSeveral(List<Chunks.Chunk> chunks, String name, int mostPixels) throws PictureException {
        if (chunks.size() > Chunks.MOST) {
            throw new PictureException(name, "this WebP has more than " + Chunks.MOST + " parts", "Save it again");
        }
        Map<String, Integer> counts = new HashMap<>();
        for (Chunks.Chunk chunk : chunks) {
            String kind = chunk.name().startsWith("VP8") && !chunk.name().equals("VP8X") ? "picture" : chunk.name();
            int count = counts.merge(kind, 1, Integer::sum);
            if (count > 1 && List.of("picture", "ALPH", "VP8X").contains(kind)) {
                throw new PictureException(
                        name, "this WebP holds several pictures in the place of one", "Save it again");
            }
            refuseTooLarge(chunk, name, mostPixels);
            if (chunk.name().equals(FRAME) && chunk.data().remaining() >= FRAME_HEADER) {
                refuseSeveral(Chunks.after(chunk.data(), FRAME_HEADER), name, mostPixels);
            }
        }
    }

    /** The size that stands with the pixels (RFC 6386, section 9.1, and RFC 9649, section 3.4), not that of the canvas. */
    private static void refuseTooLarge(Chunks.Chunk chunk, String name, int mostPixels) throws PictureException {
        ByteBuffer data = chunk.data();
        if (chunk.name().equals("VP8 ") && data.remaining() >= 10) {
            PictureReader.refuseTooLarge(data.getShort(6) & 0x3FFF, data.getShort(8) & 0x3FFF, name, mostPixels);
        }
        if (chunk.name().equals("VP8L") && data.remaining() >= 5) {
            int size = data.getInt(1);
            PictureReader.refuseTooLarge((size & 0x3FFF) + 1, (size >> 14 & 0x3FFF) + 1, name, mostPixels);
        }
    }
}
