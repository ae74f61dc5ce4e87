package dev.lookbook.cli;

import dev.lookbook.classify.Result;
import dev.lookbook.image.Png;
import dev.lookbook.image.Prepared;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** {@code --show-prepared}: a folder of PNGs of what the network saw, numbered in the order of the inputs from 0. */
final class PreparedFolder {

    private static final int LONGEST_NAME = 80;

    private final Path folder;
    private long number;

    PreparedFolder(Path folder) throws IOException {
        this.folder = Files.createDirectory(NewFile.require(folder));
    }

    void write(Result result) {
        long index = number++;
        if (result.prepared().isEmpty()) {
            return;
        }
        Prepared prepared = result.prepared().get();
        try {
            Png.writeGrey(
                    folder.resolve(fileName(index, result.name()) + ".png"),
                    prepared.side(),
                    prepared.side(),
                    prepared.pixels());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A name for what belongs to an input, without an ending. */
    static String fileName(long index, String input) {
        return String.format(Locale.ROOT, "%06d-%s", index, lastName(input));
    }

    /** The input's file name without folders and ending, fit for any file system. */
    private static String lastName(String input) {
        String name = input.substring(Math.max(input.lastIndexOf('/'), input.lastIndexOf('\\')) + 1);
        String plain = name.replaceFirst("\\.[A-Za-z]+$", "").replaceAll("[^\\p{L}\\p{N}._-]", "_");
        return plain.substring(0, Math.min(LONGEST_NAME, plain.length()));
    }
}
