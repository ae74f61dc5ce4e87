package dev.lookbook.cli;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** A place for a command's result: nothing is ever overwritten, and that is found out before the work begins. */
final class NewFile {

    private NewFile() {}

    /** Fails if something is there already. */
    static void requireAbsent(Path path) throws FileAlreadyExistsException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(path.toString());
        }
    }

    /** Gives the path back if nothing is there yet and its folder is. */
    static Path require(Path path) throws IOException {
        requireAbsent(path);
        Path folder = path.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw new NoSuchFileException(folder.toString());
        }
        return path;
    }
}
