package dev.lookbook.classify;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/** A native library as it lies in ONNX Runtime's jar, of which the jar knows size and checksum. */
record PackedLibrary(String file, URL url, long size, long crc) {
    private static final String TEMPORARY = ".tmp";

    static PackedLibrary find(String platform, String name) throws IOException {
        String file = System.mapLibraryName(name).replace("jnilib", "dylib");
        URL url = OrtEnvironment.class.getResource("/ai/onnxruntime/native/" + platform + "/" + file);
        URLConnection connection = url == null ? null : url.openConnection();
        if (connection instanceof JarURLConnection jar) {
            ZipEntry entry = jar.getJarEntry();
            return new PackedLibrary(file, url, entry.getSize(), entry.getCrc());
        }
        throw new IOException(file + " is in no jar");
    }

    /** Whether the file is what the jar holds. Takes some milliseconds; a better hash would take longer than unpacking. */
    boolean isIntact(Path unpacked) throws IOException {
        if (!Files.isRegularFile(unpacked, LinkOption.NOFOLLOW_LINKS) || Files.size(unpacked) != size) {
            return false;
        }
        CRC32 sum = new CRC32();
        try (FileChannel channel = FileChannel.open(unpacked, StandardOpenOption.READ)) {
            sum.update(channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
        }
        return sum.getValue() == crc;
    }

    /** Unpacks under a name of its own first, so that no other process ever loads half a library. */
    void unpack(Path target) throws IOException {
        deleteLeftovers(target.getParent());
        Path temporary = target.resolveSibling("." + UUID.randomUUID() + TEMPORARY);
        try {
            copy(temporary);
            if (!isIntact(temporary)) {
                throw new IOException(file + " could not be unpacked");
            }
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            if (!isIntact(target)) { // Windows does not replace a library in use, and need not
                throw e;
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Files of processes that were killed while unpacking; an hour later nobody is at it any more. */
    private static void deleteLeftovers(Path folder) throws IOException {
        long hourAgo = System.currentTimeMillis() - 3_600_000;
        try (DirectoryStream<Path> leftovers = Files.newDirectoryStream(folder, "*" + TEMPORARY)) {
            for (Path leftover : leftovers) {
                long modified = leftover.toFile().lastModified(); // 0 if its process was just done with it
                if (modified > 0 && modified < hourAgo) {
                    Files.deleteIfExists(leftover);
                }
            }
        }
    }

    private void copy(Path target) throws IOException {
        try (InputStream in = url.openStream();
                FileChannel out = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            byte[] buffer = new byte[1 << 16];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                ByteBuffer rest = ByteBuffer.wrap(buffer, 0, n);
                while (rest.hasRemaining()) {
                    out.write(rest);
                }
            }
            out.force(true); // or a power cut could leave the name without the content
        }
        if (!target.toFile().setExecutable(true, true)) {
            throw new IOException(target + " cannot be made executable");
        }
    }
}
