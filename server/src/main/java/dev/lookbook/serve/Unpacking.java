package dev.lookbook.serve;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/** The ways in which bodies come packed (RFC 9110, section 8.4.1). */
enum Unpacking {
    NONE {
        @Override
        InputStream of(byte[] packed, int length) {
            throw new IllegalStateException("there is nothing to unpack");
        }
    },
    GZIP {
        @Override
        InputStream of(byte[] packed, int length) throws IOException {
            return new GZIPInputStream(new ByteArrayInputStream(packed, 0, length));
        }
    },
    DEFLATE {
        /** By the RFC deflate means zlib's form; some clients leave its two bytes of header out. */
        @Override
        InputStream of(byte[] packed, int length) {
            boolean zlib =
                    length >= 2 && (packed[0] & 0x0F) == 8 && ((packed[0] & 0xFF) << 8 | packed[1] & 0xFF) % 31 == 0;
            Inflater inflater = new Inflater(!zlib);
            return new InflaterInputStream(new ByteArrayInputStream(packed, 0, length), inflater) {
                @Override
                public void close() {
                    inflater.end(); // memory outside the heap
                }
            };
        }
    };

    abstract InputStream of(byte[] packed, int length) throws IOException;

    /** @param contentEncoding a header's value, or null */
    static Unpacking of(String contentEncoding) {
        return switch (contentEncoding == null ? "" : contentEncoding.strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> NONE;
            case "gzip", "x-gzip" -> GZIP;
            case "deflate" -> DEFLATE;
            default ->
                throw Problem.unreadableType(
                        "Content-Encoding is '" + contentEncoding + "', but only gzip and deflate are understood");
        };
    }

    /** Unpacks as it goes, so that a bomb is dropped at the first byte too many. */
    void unpack(Body packed, Body unpacked) {
        try (InputStream in = of(packed.bytes(), packed.length())) {
            int room = unpacked.room();
            for (int n = in.read(unpacked.bytes(), unpacked.length(), room);
                    n >= 0;
                    n = in.read(unpacked.bytes(), unpacked.length(), room)) {
                unpacked.added(n);
                room = unpacked.room();
            }
        } catch (ZipException | EOFException e) {
            throw Problem.badRequest(
                    "the body is not " + name().toLowerCase(Locale.ROOT) + " as Content-Encoding says, or"
                            + " is cut off: " + (e.getMessage() == null ? "it ends too early" : e.getMessage()));
        } catch (IOException e) {
            throw new IllegalStateException("memory can be read", e);
        }
    }
}
