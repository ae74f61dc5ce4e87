package dev.lookbook.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;

/** One IDX file, read whole and checked. */
final class IdxFile {
    private static final int CHUNK = 1 << 22;

    /**
     * @param values [count][height][width]; labels have height and width 1
     * @param sha256 of the unpacked file, in hex; empty unless asked for
     */
    record Content(int count, int height, int width, byte[] values, String sha256) {}

    private IdxFile() {}

    /**
     * Reads a file.
     *
     * @param magic {@link IdxStream#IMAGES} or {@link IdxStream#LABELS}
     * @param hashed whether the SHA-256 is wanted
     */
    static Content read(Path file, int magic, boolean hashed) throws DatasetException {
        try (IdxStream in = IdxStream.open(file, magic)) {
            long total = in.count() * in.height() * in.width();
            if (total > Integer.MAX_VALUE - 8) {
                throw new DatasetException(file + " has " + in.count() + " images, too many for memory. Cut it into "
                        + "files of at most " + (Integer.MAX_VALUE - 8L) / in.height() / in.width());
            }
            in.requireAll();
            byte[] values = new byte[(int) total];
            MessageDigest digest = Checksum.sha256();
            digest.update(in.header());
            // Hashing takes nearly as long as unpacking: it runs beside it, one chunk behind.
            CompletableFuture<Void> hashing = CompletableFuture.completedFuture(null);
            for (long done = 0; done < values.length; done += CHUNK) {
                int from = (int) done;
                int length = Math.min(CHUNK, values.length - from);
                in.read(values, from, length, from);
                if (hashed) {
                    hashing = hashing.thenRunAsync(() -> digest.update(values, from, length));
                }
            }
            in.requireEnd();
            hashing.join();
            String sha256 = hashed ? HexFormat.of().formatHex(digest.digest()) : "";
            return new Content((int) in.count(), in.height(), in.width(), values, sha256);
        } catch (IOException e) {
            throw DatasetException.reading(file, e);
        }
    }
}
