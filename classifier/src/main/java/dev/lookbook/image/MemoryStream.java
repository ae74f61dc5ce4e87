package dev.lookbook.image;

import java.io.IOException;
import java.util.Objects;
import javax.imageio.stream.ImageInputStreamImpl;

/**
 * A file in memory, as decoders like to read it. It loses patience with a decoder that goes on reading beyond the end:
 * the one for WebP takes what is missing for zeros, and can be kept busy for minutes by a few damaged bytes.
 */
final class MemoryStream extends ImageInputStreamImpl {

    /** Decoders look some bytes ahead, and that is all right. */
    private static final int PATIENCE = 64;

    private final byte[] bytes;
    private int readsBeyondEnd;

    MemoryStream(byte[] bytes) {
        this.bytes = bytes;
    }

    @Override
    public int read() throws IOException {
        bitOffset = 0;
        return hasMore() ? bytes[(int) streamPos++] & 0xFF : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, target.length);
        bitOffset = 0;
        if (length == 0) {
            return 0;
        }
        if (!hasMore()) {
            return -1;
        }
        int count = (int) Math.min(length, bytes.length - streamPos);
        System.arraycopy(bytes, (int) streamPos, target, offset, count);
        streamPos += count;
        return count;
    }

    private boolean hasMore() throws IOException {
        if (streamPos < bytes.length) {
            return true;
        }
        if (++readsBeyondEnd > PATIENCE) {
            throw new IOException("the data ends too early");
        }
        return false;
    }

    @Override
    public long length() {
        return bytes.length;
    }
}
