package dev.lookbook.dataset;

import dev.lookbook.image.Picture;
import dev.lookbook.image.Png;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;

/** Writes images as PNG files, a folder per class; the files' names are their numbers, so that the order is kept. */
final class PictureWriter {
    private PictureWriter() {}

    static void write(LabelledImages images, Path folder) throws IOException {
        for (int label = 0; label < images.labels().size(); label++) {
            if (images.countOfEachLabel()[label] > 0) {
                Files.createDirectories(folder(images, label, folder));
            }
        }
        int digits = Math.max(5, Integer.toString(images.count() - 1).length());
        try {
            IntStream.range(0, images.count()).parallel().forEach(i -> {
                Path classFolder = folder(images, images.label(i), folder);
                write(images, i, classFolder.resolve(String.format(Locale.ROOT, "%0" + digits + "d.png", i)));
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Straight to its name: the folder as a whole has a temporary one. */
    private static void write(LabelledImages images, int i, Path file) {
        try {
            Picture picture = Picture.grey(images.width(), images.height(), images.pixels(i));
            Files.write(file, Png.bytes(picture));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder(LabelledImages images, int label, Path folder) {
        return folder.resolve(LabelNames.folderOf(images.labels().get(label)));
    }
}
