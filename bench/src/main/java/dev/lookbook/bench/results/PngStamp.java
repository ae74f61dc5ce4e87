package dev.lookbook.bench.results;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;

/**
 * A note in a PNG file (a tEXt chunk) that tells by a hash what the picture was drawn from: pixels differ with fonts and
 * versions of Java, this does not.
 */
final class PngStamp {
    private static final String KEY = "Drawn-From";
    /** The file's signature and its first chunk, which must stay first. */
    private static final int HEAD = 8 + 12 + 13;

    private PngStamp() {}

    static byte[] add(byte[] png, String drawnFrom) {
        byte[] chunk = chunk(drawnFrom);
        return ByteBuffer.allocate(png.length + chunk.length)
                .put(png, 0, HEAD)
                .put(chunk)
                .put(png, HEAD, png.length - HEAD)
                .array();
    }

    /** Whether the picture was stamped as drawn from this. */
    static boolean isOn(byte[] png, String drawnFrom) {
        byte[] chunk = chunk(drawnFrom);
        return png.length > HEAD + chunk.length
                && Arrays.equals(png, HEAD, HEAD + chunk.length, chunk, 0, chunk.length);
    }

    private static byte[] chunk(String drawnFrom) {
        byte[] text = ("tEXt" + KEY + '\0' + sha256(drawnFrom)).getBytes(StandardCharsets.ISO_8859_1);
        CRC32 check = new CRC32();
        check.update(text);
        return ByteBuffer.allocate(4 + text.length + 4)
                .putInt(text.length - 4)
                .put(text)
                .putInt((int) check.getValue())
                .array();
    }

    private static String sha256(String text) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
