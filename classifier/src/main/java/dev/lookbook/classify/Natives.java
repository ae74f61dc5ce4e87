package dev.lookbook.classify;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.net.JarURLConnection;
import java.net.URL;
import java.net.URLConnection;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;

/**
 * Unpacks ONNX Runtime's native libraries once per user instead of once per process, which saves some 0.2 s of every
 * start. They lie in {@code $XDG_CACHE_HOME/lookbook} or {@code ~/.cache/lookbook} and are checked against the jar each
 * time. If anything at all is in the way, ONNX Runtime does as it always does: unpacks them to a temporary folder.
 */
final class Natives {
    private static final String FOLDER_PROPERTY = "onnxruntime.native.path";
    private static final List<String> LIBRARIES = List.of("onnxruntime", "onnxruntime4j_jni");

    private Natives() {}

    /** A library in the jar. */
    private record Library(String file, URL url, long size, long crc) {}

    static void unpackOnce() {
        if (System.getProperty(FOLDER_PROPERTY) == null) {
            try {
                Path folder = unpackOnce(cache(System.getenv("XDG_CACHE_HOME"), System.getProperty("user.home")));
                System.setProperty(FOLDER_PROPERTY, folder.toString());
            } catch (IOException | InvalidPathException | SecurityException | UnsupportedOperationException e) {
                // Slower, but works: ONNX Runtime unpacks to a temporary folder.
            }
        }
    }

    static Path cache(String xdgCacheHome, String home) throws IOException {
        // The specification of XDG: a relative path is to be ignored.
        if (xdgCacheHome != null && Path.of(xdgCacheHome).isAbsolute()) {
            return Path.of(xdgCacheHome, "lookbook");
        }
        if (home == null || !Path.of(home).isAbsolute()) {
            throw new IOException("no home folder");
        }
        return Path.of(home, ".cache", "lookbook");
    }

    /** Gives the folder in which the libraries are. */
    static Path unpackOnce(Path cache) throws IOException {
        Library[] libraries = new Library[LIBRARIES.size()];
        StringBuilder name = new StringBuilder("onnxruntime-" + platform());
        for (int i = 0; i < libraries.length; i++) {
            libraries[i] = library(LIBRARIES.get(i));
            name.append('-').append(Long.toHexString(libraries[i].crc()));
        }
        Path folder = cache.resolve(name.toString()); // another version of a library is another folder
        createPrivate(folder);
        for (Library library : libraries) {
            Path file = folder.resolve(library.file());
            if (!isIntact(file, library)) {
                unpack(library, file);
            }
            if (!Files.isExecutable(file)) {
                throw new IOException(file + " lies where nothing may be executed");
            }
        }
        return folder;
    }

    private static String platform() throws IOException {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String arch = System.getProperty("os.arch", "");
        String system = os.contains("linux") ? "linux" : os.contains("mac") ? "osx" : os.contains("win") ? "win" : "";
        String processor =
                switch (arch) {
                    case "amd64", "x86_64" -> "x64";
                    case "aarch64" -> arch;
                    default -> "";
                };
        if (system.isEmpty() || processor.isEmpty()) {
            throw new IOException("no library for " + os + " " + arch);
        }
        return system + "-" + processor;
    }

    private static Library library(String name) throws IOException {
        String file = System.mapLibraryName(name).replace("jnilib", "dylib");
        URL url = OrtEnvironment.class.getResource("/ai/onnxruntime/native/" + platform() + "/" + file);
        URLConnection connection = url == null ? null : url.openConnection();
        if (connection instanceof JarURLConnection jar) {
            ZipEntry entry = jar.getJarEntry();
            return new Library(file, url, entry.getSize(), entry.getCrc());
        }
        throw new IOException(file + " is in no jar");
    }

    /** Libraries are code: nobody else may have a hand in the folder. */
    private static void createPrivate(Path folder) throws IOException {
        boolean posix = folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectories(folder.getParent());
            try {
                if (posix) {
                    Files.createDirectory(
                            folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
                } else {
                    Files.createDirectory(folder);
                }
            } catch (java.nio.file.FileAlreadyExistsException e) {
                // Another process was faster.
            }
        }
        if (posix) {
            PosixFileAttributes attributes = Files.getFileAttributeView(
                            folder, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS)
                    .readAttributes();
            String owner = attributes.owner().getName();
            boolean ours = owner.equals(System.getProperty("user.name")) || owner.equals("root");
            boolean shared = attributes.permissions().contains(PosixFilePermission.GROUP_WRITE)
                    || attributes.permissions().contains(PosixFilePermission.OTHERS_WRITE);
            if (!ours || shared || !attributes.isDirectory()) {
                throw new IOException(folder + " belongs to " + owner + " or can be written by others");
            }
        }
    }

    private static boolean isIntact(Path file, Library library) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) != library.size()) {
            return false;
        }
        CRC32 crc = new CRC32(); // some 10 ms for 28 MB; SHA-256 would take longer than unpacking
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            crc.update(channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size()));
        }
        return crc.getValue() == library.crc();
    }

    /** Under a name of its own first, so that no other process ever loads half a library. */
    private static void unpack(Library library, Path file) throws IOException {
        Path temporary = file.resolveSibling("." + UUID.randomUUID() + ".tmp");
        try {
            try (InputStream in = library.url().openStream();
                    FileChannel out =
                            FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
                byte[] buffer = new byte[1 << 16];
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    ByteBuffer rest = ByteBuffer.wrap(buffer, 0, n);
                    while (rest.hasRemaining()) {
                        out.write(rest);
                    }
                }
                out.force(true); // or a power cut could leave the name without the content
            }
            if (!isIntact(temporary, library)) {
                throw new IOException(library.file() + " could not be unpacked");
            }
            temporary.toFile().setExecutable(true, true);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw e;
        } catch (IOException e) {
            if (!isIntact(file, library)) { // on Windows a library in use cannot be replaced, and need not be
                throw e;
            }
        } finally {
            Files.deleteIfExists(temporary);
        }
    }
}
