package dev.lookbook.dataset;

import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;

/** One IDX file, read whole and checked. */
final class IdxFile {
    private static final int CHUNK = 1 << 20;

    /** @param values [count][height][width]; labels have height and width 1 */
    record Content(int count, int height, int width, byte[] values, byte[] header) {
        /** SHA-256 (hex) of the unpacked file. */
        String sha256() {
            MessageDigest digest = Checksum.sha256();
            digest.update(header);
            digest.update(values);
            return HexFormat.of().formatHex(digest.digest());
        }
    }

    private IdxFile() {}

    /** @param magic {@link IdxStream#IMAGES} or {@link IdxStream#LABELS} */
    static Content read(Path file, int magic) throws DatasetException {
        try (IdxStream in = IdxStream.open(file, magic)) {
            long total = in.count() * in.height() * in.width();
            if (total > Integer.MAX_VALUE - 8) {
                throw new DatasetException(file + " has " + in.count() + " images, too many for memory. Cut it into "
                        + "files of at most " + (Integer.MAX_VALUE - 8L) / in.height() / in.width());
            }
            byte[] values = new byte[(int) total];
            for (int done = 0; done < values.length; done += CHUNK) {
                in.read(values, done, Math.min(CHUNK, values.length - done), done);
            }
            in.requireEnd();
            return new Content((int) in.count(), in.height(), in.width(), values, in.header());
        } catch (IOException e) {
            throw DatasetException.reading(file, e);
        }
    }
}
