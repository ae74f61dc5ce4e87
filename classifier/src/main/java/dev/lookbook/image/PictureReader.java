package dev.lookbook.image;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import javax.imageio.ImageReader;

/** The bytes of a picture file become a {@link Picture}. Nothing is written to disk on the way. */
final class PictureReader {

    private PictureReader() {}

    static Picture read(byte[] bytes, String name, int mostPixels) throws PictureException {
        PictureFormat format =
                PictureFormat.of(Arrays.copyOf(bytes, Math.min(bytes.length, PictureFormat.HEAD_BYTES)), name);
        try {
            BufferedImage image = decode(bytes, format, name, mostPixels);
            if (Chunks.isCutOff(bytes, format)) {
                throw damaged(name, "its end is missing", null);
            }
            return Flattening.flatten(image, Orientation.of(bytes, format));
        } catch (PictureException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            // Decoders meet damaged files with exceptions of every kind.
            throw damaged(name, e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), e);
        } catch (OutOfMemoryError e) {
            throw PictureException.tooLarge(
                    name,
                    "memory does not suffice to decode this picture",
                    "Save it smaller, or give Java more memory with -Xmx",
                    e);
        }
    }

    private static BufferedImage decode(byte[] bytes, PictureFormat format, String name, int mostPixels)
            throws IOException {
        HiddenWork.refuse(bytes, format, name, mostPixels);
        ImageReader reader = format.reader();
        try (MemoryStream stream = new MemoryStream(bytes)) {
            reader.setInput(stream, true, true);
            refuseTooLarge(reader.getWidth(0), reader.getHeight(0), name, mostPixels);

            AtomicReference<String> damage = new AtomicReference<>();
            reader.addIIOReadWarningListener((source, text) -> {
                if (tellsOfMissingData(text)) {
                    damage.compareAndSet(null, text);
                }
            });
            BufferedImage image = reader.read(0);
            if (damage.get() != null) {
                throw damaged(name, damage.get(), null);
            }
            return image;
        } finally {
            reader.dispose();
        }
    }

    /**
     * A JPEG decoder that runs out of data fills up with grey and only mentions it, among harmless remarks: a missing
     * colour profile, or needless bytes between two segments.
     */
    private static boolean tellsOfMissingData(String warning) {
        return warning.startsWith("Truncated File")
                || warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous bytes");
    }

    static void refuseTooLarge(int width, int height, String name, int mostPixels) throws PictureException {
        if ((long) width * height > mostPixels) {
            String most =
                    mostPixels % 1_000_000 == 0 ? mostPixels / 1_000_000 + " million" : String.valueOf(mostPixels);
            throw PictureException.tooLarge(
                    name,
                    "%d x %d pixels are more than the %s that are read".formatted(width, height, most),
                    "Save it smaller",
                    null);
        }
    }

    private static PictureException damaged(String name, String how, Throwable cause) {
        return new PictureException(
                name, "the picture is cut off or damaged (" + how + ")", "Copy or download it again", cause);
    }
}
