package dev.lookbook.dataset;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.zip.ZipException;

/**
 * An IDX file of unsigned bytes, read from its start: images (three dimensions) or labels (one). The format: two zero
 * bytes, the type (8: unsigned byte), the number of dimensions, each dimension as a big-endian int, then the values.
 */
final class IdxStream implements Closeable {
    static final int IMAGES = 0x0803;
    static final int LABELS = 0x0801;

    private final Path file;
    private final InputStream in;
    private final String unit;
    private final byte[] header;
    private final long count;
    private final int height;
    private final int width;

    private IdxStream(Path file, InputStream in, byte[] header) {
        ByteBuffer numbers = ByteBuffer.wrap(header);
        boolean images = numbers.getInt() == IMAGES;
        this.file = file;
        this.in = in;
        this.header = header;
        this.unit = images ? "images" : "labels";
        this.count = Integer.toUnsignedLong(numbers.getInt());
        this.height = images ? numbers.getInt() : 1;
        this.width = images ? numbers.getInt() : 1;
    }

    /** @param magic {@link #IMAGES} or {@link #LABELS}: what the caller expects the file to hold */
    static IdxStream open(Path file, int magic) throws DatasetException {
        try {
            InputStream in = Packed.open(file);
            try {
                IdxStream stream = new IdxStream(file, in, header(file, in, magic));
                stream.checkSize();
                return stream;
            } catch (IOException e) {
                in.close();
                throw e;
            }
        } catch (IOException e) {
            throw DatasetException.reading(file, e);
        }
    }

    private static byte[] header(Path file, InputStream in, int expected) throws IOException {
        byte[] magicBytes = in.readNBytes(4);
        int magic = magicBytes.length == 4 ? ByteBuffer.wrap(magicBytes).getInt() : -1;
        if (magic != expected) {
            throw new DatasetException(file + " is not an IDX file of " + (expected == IMAGES ? "images" : "labels")
                    + ": it starts with " + hex(magicBytes) + " instead of " + String.format("%08x", expected)
                    + (magic == LABELS ? " (these are labels)" : magic == IMAGES ? " (these are images)" : "")
                    + ". Check which file it is");
        }
        byte[] header = new byte[expected == IMAGES ? 16 : 8];
        System.arraycopy(magicBytes, 0, header, 0, 4);
        if (in.readNBytes(header, 4, header.length - 4) < header.length - 4) {
            throw new EOFException();
        }
        return header;
    }

    private static String hex(byte[] bytes) {
        StringBuilder text = new StringBuilder();
        for (byte b : bytes) {
            text.append(String.format("%02x", b));
        }
        return text.isEmpty() ? "nothing" : text.toString();
    }

    /** Refuses sizes that the file cannot hold before any memory is set aside for them. */
    private void checkSize() throws IOException {
        if (count == 0) {
            throw new DatasetException(file + " holds no " + unit + ". Check which file it is");
        }
        if (height < 1 || width < 1 || height > 4096 || width > 4096) {
            throw new DatasetException(file + " says that its images have " + Integer.toUnsignedString(width) + "x"
                    + Integer.toUnsignedString(height) + " pixels; from 1 to 4096 a side can be read. Is it damaged?");
        }
        if (count * height * width > Packed.largestContent(file)) {
            throw new DatasetException(file + " is cut off: its header promises " + promised()
                    + ", more than it can hold. Copy or download it again");
        }
    }

    /** Refuses a file that is not packed and too short, before memory is set aside for all that its header promises. */
    void requireAll() throws IOException {
        OptionalLong size = Packed.plainSize(file);
        if (size.isPresent() && size.getAsLong() < header.length + count * height * width) {
            throw cutOff(size.getAsLong() - header.length, null);
        }
    }

    private DatasetException cutOff(long values, IOException cause) {
        return new DatasetException(
                file + " is cut off: its header promises " + promised() + ", but only "
                        + values / ((long) height * width) + " are there. Copy or download it again",
                cause);
    }

    long count() {
        return count;
    }

    int height() {
        return height;
    }

    int width() {
        return width;
    }

    /** The file's first bytes, before the values. */
    byte[] header() {
        return header.clone();
    }

    /**
     * Fills a part of {@code target} with the next values.
     *
     * @param before values read so far, to say in an error how many there were
     */
    void read(byte[] target, int offset, int length, long before) throws DatasetException {
        int done = 0;
        try {
            while (done < length) {
                int n = in.read(target, offset + done, length - done);
                if (n < 0) {
                    throw new EOFException();
                }
                done += n;
            }
        } catch (EOFException e) {
            throw cutOff(before + done, e);
        } catch (ZipException e) {
            long row = (before + done) / ((long) height * width);
            throw new DatasetException(
                    file + " is damaged at row " + row + ": its gzip data is corrupt (" + e.getMessage()
                            + "). Copy or download it again",
                    e);
        } catch (IOException e) {
            throw DatasetException.reading(file, e);
        }
    }

    /** Checks that nothing follows the last value, and with it gzip's own checksum. */
    void requireEnd() throws DatasetException {
        try {
            if (in.read() >= 0) {
                throw new DatasetException(file + " goes on after the " + promised()
                        + " that its header promises. Its count is wrong or it is damaged: copy or download it again");
            }
        } catch (IOException e) {
            throw DatasetException.reading(file, e);
        }
    }

    private String promised() {
        return count + " " + unit + (unit.equals("images") ? " of " + width + "x" + height : "");
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
