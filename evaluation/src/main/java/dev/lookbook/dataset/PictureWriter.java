package dev.lookbook.dataset;

import dev.lookbook.image.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
        for (int i = 0; i < images.count(); i++) {
            Path file = folder(images, images.label(i), folder).resolve(String.format("%0" + digits + "d.png", i));
            Png.writeGrey(file, images.width(), images.height(), images.pixels(i));
        }
    }

    private static Path folder(LabelledImages images, int label, Path folder) {
        return folder.resolve(LabelNames.folderOf(images.labels().get(label)));
    }
}
