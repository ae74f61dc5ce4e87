package dev.lookbook.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Takes a file from disk into memory, unless it is none, or no picture. */
final class PictureFile {

    /** 50 million pixels of four 16-bit channels without compression, and room to spare. */
    static final int MAX_BYTES = 512 << 20;

    private PictureFile() {}

    static byte[] bytes(Path file) throws PictureException {
        String name = file.toString();
        if (Files.isDirectory(file)) {
            throw new PictureException(name, "this is a folder, not a picture", "Name a file in it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            // The first bytes alone first: a film or an archive of gigabytes is refused without being read.
            byte[] head = in.readNBytes(PictureFormat.HEAD_BYTES);
            PictureFormat.of(head, name);
            return append(head, in.readNBytes(MAX_BYTES), name);
        } catch (PictureException e) {
            throw e;
        } catch (NoSuchFileException e) {
            throw new PictureException(name, "there is no such file", "Check the path", e);
        } catch (AccessDeniedException e) {
            throw new PictureException(name, "this file may not be read", "Check its permissions", e);
        } catch (IOException e) {
            throw new PictureException(name, "reading failed: " + e.getMessage(), "Check the disk and the path", e);
        }
    }

    private static byte[] append(byte[] head, byte[] rest, String name) throws PictureException {
        if (rest.length == MAX_BYTES) {
            throw new PictureException(
                    name, "the file has more than " + (MAX_BYTES >> 20) + " MiB", "Save the picture smaller");
        }
        byte[] bytes = new byte[head.length + rest.length];
        System.arraycopy(head, 0, bytes, 0, head.length);
        System.arraycopy(rest, 0, bytes, head.length, rest.length);
        return bytes;
    }
}
