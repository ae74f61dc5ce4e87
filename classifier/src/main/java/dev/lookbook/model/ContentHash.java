package dev.lookbook.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The last bytes of a model file: one metadata entry with the SHA-256 of all the bytes before it. It has a fixed length
 * and is compared byte by byte, so a change of any bit of a file shows, those of the entry itself included.
 */
final class ContentHash {
    private static final int HEX_DIGITS = 64;
    private static final int LENGTH = entry("0".repeat(HEX_DIGITS)).length;

    private ContentHash() {}

    static byte[] append(byte[] content) {
        byte[] entry = entry(sha256(content, content.length));
        byte[] file = Arrays.copyOf(content, content.length + entry.length);
        System.arraycopy(entry, 0, file, content.length, entry.length);
        return file;
    }

    /** Whether the file ends with an entry that looks like ours, right or wrong. */
    static boolean isPresent(byte[] file) {
        if (file.length <= LENGTH) {
            return false;
        }
        byte[] entry = entry("");
        int start = file.length - LENGTH;
        int digits = file.length - HEX_DIGITS;
        // All but the two lengths, which differ from those of an entry without a hash.
        return file[start] == entry[0] && Arrays.equals(file, start + 2, digits - 1, entry, 2, entry.length - 1);
    }

    static boolean isRight(byte[] file) {
        int start = file.length - LENGTH;
        return start > 0 && Arrays.equals(file, start, file.length, entry(sha256(file, start)), 0, LENGTH);
    }

    /** The hash that a file with the right entry says it has. */
    static String read(byte[] file) {
        return new String(file, file.length - HEX_DIGITS, HEX_DIGITS, StandardCharsets.US_ASCII);
    }

    private static byte[] entry(String hash) {
        return new ProtoWriter()
                .message(Onnx.Model.METADATA_PROPS, OnnxWriter.entry(Metadata.CONTENT_SHA256, hash))
                .toByteArray();
    }

    private static String sha256(byte[] bytes, int length) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, length);
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
