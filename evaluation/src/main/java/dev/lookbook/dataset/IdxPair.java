package dev.lookbook.dataset;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An IDX file of images and the file of labels that lies beside it. */
final class IdxPair {
    private IdxPair() {}

    /** @param checked whether both must be Fashion-MNIST's, byte for byte */
    static LabelledImages read(Path imageFile, boolean checked) throws DatasetException {
        Path labelFile = labelFileOf(imageFile);
        IdxFile.Content images = IdxFile.read(imageFile, IdxStream.IMAGES, checked);
        IdxFile.Content labels = IdxFile.read(labelFile, IdxStream.LABELS, checked);
        if (images.count() != labels.count()) {
            throw new DatasetException(labelFile + " has " + labels.count() + " labels for the " + images.count()
                    + " images of " + imageFile.getFileName() + ". Take both from the same place");
        }
        if (checked) {
            check(imageFile, images);
            check(labelFile, labels);
        }
        List<String> names = LabelNames.beside(imageFile);
        int[] indices = new int[labels.count()];
        for (int i = 0; i < indices.length; i++) {
            indices[i] = labels.values()[i] & 0xff;
            if (indices[i] >= names.size()) {
                throw LabelNames.unknown(labelFile + " row " + i, Integer.toString(indices[i]), names);
            }
        }
        return LabelledImages.of(images.height(), images.width(), images.values(), indices, names);
    }

    /** {@code X-images-idx3-ubyte} has its labels in {@code X-labels-idx1-ubyte}; either may be packed. */
    private static Path labelFileOf(Path imageFile) throws DatasetException {
        String images = imageFile.getFileName().toString();
        String labels = images.replace("images", "labels").replace("idx3", "idx1");
        String plain = unpackedName(labels);
        if (!labels.equals(images)) {
            for (String name : List.of(labels, plain, plain + ".gz")) {
                if (Files.isRegularFile(imageFile.resolveSibling(name))) {
                    return imageFile.resolveSibling(name);
                }
            }
        }
        throw new DatasetException(imageFile + " has no labels: " + imageFile.resolveSibling(labels)
                + " is missing. Put it there; without labels, images can only be classified");
    }

    private static void check(Path file, IdxFile.Content content) throws DatasetException {
        String expected = FashionMnist.SHA256.get(
                unpackedName(file.getFileName().toString()).replace(".idx", "-idx"));
        if (!content.sha256().equals(expected)) {
            throw new DatasetException(file + " is not the published Fashion-MNIST file: its SHA-256 is "
                    + content.sha256()
                    + ". Remove it and run: lookbook data fetch " + FashionMnist.NAME
                    + "; to use other data of this form, give the folder as the source");
        }
    }

    private static String unpackedName(String name) {
        return name.endsWith(".gz") ? name.substring(0, name.length() - 3) : name;
    }
}
