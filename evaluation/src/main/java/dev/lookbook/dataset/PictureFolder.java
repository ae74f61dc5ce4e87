package dev.lookbook.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * A folder per class with pictures in it, or such folders in {@code train}, {@code val} and {@code test}.
 *
 * <p>Classes are in the order of a file {@code labels.txt}, or else of their names. Pictures are in the order of their
 * file names, across classes: so a converted data set keeps its order.
 */
final class PictureFolder {
    private static final Set<String> ENDINGS = Set.of("png", "jpg", "jpeg", "jpe", "gif", "bmp", "webp");

    private PictureFolder() {}

    /** The splits that are there; empty if this is no folder of pictures. */
    static Map<String, Source.Part> parts(Path folder) throws DatasetException {
        Map<String, Path> roots = splitFolders(folder);
        if (roots.isEmpty()) {
            if (folders(folder).isEmpty()) {
                refuseLoosePictures(folder);
                return Map.of();
            }
            roots.put(Source.ALL, folder);
        }
        Map<String, Source.Part> parts = new LinkedHashMap<>();
        for (Map.Entry<String, Path> root : roots.entrySet()) {
            parts.put(root.getKey(), () -> read(root.getValue(), labels(folder, roots), isExact(folder)));
        }
        return parts;
    }

    private static Map<String, Path> splitFolders(Path folder) {
        Map<String, Path> roots = new LinkedHashMap<>();
        for (String name : List.of("train", "val", "validation", "test")) {
            if (Files.isDirectory(folder.resolve(name))) {
                roots.putIfAbsent(name.equals("validation") ? Source.VAL : name, folder.resolve(name));
            }
        }
        return roots;
    }

    /** Where a converter left its list of labels, pictures of the networks' size are data, not photos to prepare. */
    private static boolean isExact(Path folder) {
        return Files.exists(folder.resolve(LabelNames.FILE));
    }

    /** What training images are called is known; without any, whatever there is. */
    private static List<String> labels(Path folder, Map<String, Path> roots) throws DatasetException {
        if (isExact(folder)) {
            Path file = folder.resolve(LabelNames.FILE);
            List<String> names = LabelNames.read(file);
            LabelNames.requireDistinct(file.toString(), names, LabelNames::folderOf);
            return names;
        }
        Path train = roots.get(Source.TRAIN);
        Collection<Path> asked = train == null ? roots.values() : List.of(train);
        Set<String> names = new TreeSet<>();
        for (Path root : asked) {
            for (Path classFolder : folders(root)) {
                names.add(LabelNames.ofFolder(classFolder, FashionMnist.LABELS)
                        .orElse(classFolder.getFileName().toString()));
            }
        }
        List<String> labels = List.copyOf(names);
        if (!labels.isEmpty()) {
            LabelNames.requireUsable(folder, labels);
        }
        return labels;
    }

    private static LabelledImages read(Path root, List<String> labels, boolean exact) throws DatasetException {
        List<Photos.Labelled> photos = new ArrayList<>();
        List<Path> classFolders = folders(root);
        if (classFolders.isEmpty()) {
            refuseLoosePictures(root);
            throw new DatasetException(root + " is empty. Put a folder of pictures for each class into it");
        }
        for (Path classFolder : classFolders) {
            int label = labels.indexOf(LabelNames.ofFolder(classFolder, labels).orElse(""));
            if (label < 0) {
                throw new DatasetException(classFolder + ": unknown label \"" + classFolder.getFileName()
                        + "\". Known labels: " + String.join(", ", labels) + ". Rename or remove the folder");
            }
            List<Path> files = pictures(classFolder);
            if (files.isEmpty()) {
                throw new DatasetException(classFolder
                        + " holds no pictures (PNG, JPEG, GIF, BMP or WebP). Put some in or remove the folder");
            }
            files.forEach(file -> photos.add(new Photos.Labelled(file, label)));
        }
        return Photos.read(photos, labels, exact);
    }

    private static void refuseLoosePictures(Path folder) throws DatasetException {
        if (!pictures(folder).isEmpty()) {
            throw new DatasetException(folder + " holds pictures but no folder per class. Put them into folders "
                    + "that are named after their class; to classify them: lookbook classify " + folder);
        }
    }

    private static List<Path> folders(Path folder) throws DatasetException {
        return list(folder, Files::isDirectory);
    }

    private static List<Path> pictures(Path folder) throws DatasetException {
        return list(folder, file -> isPicture(file) && Files.isRegularFile(file));
    }

    private static boolean isPicture(Path file) {
        String name = file.getFileName().toString();
        return ENDINGS.contains(name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    private static List<Path> list(Path folder, Predicate<Path> wanted) throws DatasetException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> !file.getFileName().toString().startsWith("."))
                    .filter(wanted)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw DatasetException.reading(folder, e);
        }
    }
}
