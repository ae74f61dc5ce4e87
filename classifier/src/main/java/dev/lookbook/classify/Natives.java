package dev.lookbook.classify;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;

/**
 * Unpacks ONNX Runtime's native libraries once per user instead of once per process, which takes a good part of a
 * second off every start. They lie in {@code $XDG_CACHE_HOME/lookbook} or {@code ~/.cache/lookbook} and are checked
 * against the jar each time. If anything at all is in the way, ONNX Runtime does as it always does and unpacks them to a
 * temporary folder.
 */
final class Natives {
    private static final String FOLDER_PROPERTY = "onnxruntime.native.path";
    private static final String[] LIBRARIES = {"onnxruntime", "onnxruntime4j_jni"};

    private Natives() {}

    /** Does nothing if somebody set ONNX Runtime's own property for the folder. */
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
            throw new IOException("there is no home folder");
        }
        return Path.of(home, ".cache", "lookbook");
    }

    /** Gives the folder in which the libraries are. */
    static Path unpackOnce(Path cache) throws IOException {
        String platform = platform(System.getProperty("os.name", ""), System.getProperty("os.arch", ""));
        PackedLibrary[] libraries = new PackedLibrary[LIBRARIES.length];
        StringBuilder name = new StringBuilder("onnxruntime-" + platform);
        for (int i = 0; i < libraries.length; i++) {
            libraries[i] = PackedLibrary.find(platform, LIBRARIES[i]);
            name.append('-').append(Long.toHexString(libraries[i].crc()));
        }
        Path folder = cache.resolve(name.toString()); // another version of a library is another folder
        createPrivate(folder);
        for (PackedLibrary library : libraries) {
            Path file = folder.resolve(library.file());
            if (!library.isIntact(file)) {
                library.unpack(file);
            }
            if (!Files.isExecutable(file)) {
                throw new IOException(file + " lies where nothing may be executed");
            }
        }
        return folder;
    }

    /** The name of the folder in ONNX Runtime's jar. */
    static String platform(String osName, String osArch) throws IOException {
        String os = osName.toLowerCase(Locale.ROOT);
        String system = os.contains("linux") ? "linux" : os.contains("mac") ? "osx" : os.contains("win") ? "win" : null;
        String processor = switch (osArch) {
            case "amd64", "x86_64" -> "x64";
            case "aarch64" -> "aarch64";
            default -> null;
        };
        if (system == null || processor == null) {
            throw new IOException("there are no libraries for " + osName + " " + osArch);
        }
        return system + "-" + processor;
    }

    /** Libraries are code: nobody else may have a hand in their folder. */
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
            } catch (FileAlreadyExistsException e) {
                // Another process was faster.
            }
        }
        if (posix) {
            requirePrivate(folder);
        }
    }

    private static void requirePrivate(Path folder) throws IOException {
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
