package dev.lookbook.dataset;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.GZIPInputStream;

/** Opens a file that may be packed with gzip; its first bytes tell, not its name. */
final class Packed {
    private static final int BUFFER = 1 << 16;

    private Packed() {}

    /** The unpacked content. The file is not empty; the content may still be. */
    static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new DatasetException(file + " is a folder where a file is needed");
        }
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        try {
            raw.mark(2);
            int first = raw.read();
            int second = raw.read();
            raw.reset();
            if (first < 0) {
                throw new DatasetException(file + " is empty. Copy or download it again");
            }
            return isPacked(first, second) ? new BufferedInputStream(new GZIPInputStream(raw, BUFFER), BUFFER) : raw;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    private static boolean isPacked(int first, int second) {
        return first == 0x1f && second == 0x8b;
    }

    /** How long the content of a file is that is not packed; of a packed one only reading tells. */
    static OptionalLong plainSize(Path file) throws IOException {
        try (InputStream raw = Files.newInputStream(file)) {
            return isPacked(raw.read(), raw.read()) ? OptionalLong.empty() : OptionalLong.of(Files.size(file));
        }
    }

    /** No file can unpack to more: deflate packs at most 1032 bytes into one. */
    static long largestContent(Path file) throws IOException {
        return Math.multiplyExact(Files.size(file), 1032L);
    }
}
