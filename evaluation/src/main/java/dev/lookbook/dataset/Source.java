package dev.lookbook.dataset;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where labelled images come from: {@code fashion-mnist}, IDX files, CSV files or folders of pictures, with the splits
 * {@code train}, {@code val} and {@code test} as far as they are there.
 *
 * <p>A source that does not come in splits (one CSV file, a folder with a folder per class) is read whole as
 * {@code all}; as {@code train} and {@code test} it gives four fifths and one fifth of each class, always the same
 * ones.
 */
public final class Source {
    public static final String TRAIN = "train";
    public static final String VAL = "val";
    public static final String TEST = "test";

    /** All images of a source that does not come in splits. */
    public static final String ALL = "all";

    /** Fixed, so that the test images stay the same whatever seed a training run has. */
    private static final long SPLIT_SEED = 1;
    /** One of so many images is kept for test. */
    private static final int ONE_IN = 5;

    /** Reads one split. */
    @FunctionalInterface
    interface Part {
        LabelledImages read() throws DatasetException;
    }

    private final String name;
    private final Map<String, Part> parts;
    private LabelledImages all; // of a source without splits, once it was read

    private Source(String name, Map<String, Part> parts) {
        this.name = name;
        this.parts = parts;
    }

    /**
     * Finds data. Nothing but names and first bytes is read yet.
     *
     * @param text {@code fashion-mnist}, or the path of a file or folder
     * @param dataDir the folder in which to look for {@code fashion-mnist}; empty: in the usual places. Given for other
     *     data it is refused: whoever gives it expects something else than would happen
     */
    public static Source of(String text, Optional<Path> dataDir) throws DatasetException {
        return of(text, dataDir, true);
    }

    /** The same, but {@code fashion-mnist} is not compared with the published files: for who knows the images anyway. */
    public static Source unchecked(String text, Optional<Path> dataDir) throws DatasetException {
        return of(text, dataDir, false);
    }

    private static Source of(String text, Optional<Path> dataDir, boolean checked) throws DatasetException {
        if (text.equals(FashionMnist.NAME)) {
            return new Source(text, IdxFolder.parts(FashionMnist.find(dataDir), checked));
        }
        if (dataDir.isPresent()) {
            throw new DatasetException("the folder " + dataDir.get() + " was given to look for " + FashionMnist.NAME
                    + ", but the data are " + text + ": leave --data-dir out");
        }
        Path path = path(text);
        if (Files.isRegularFile(path)) {
            return new Source(text, Map.of(ALL, file(path)));
        }
        if (!Files.isDirectory(path)) {
            throw new DatasetException("there is no data at " + text + ". Give " + FashionMnist.NAME
                    + ", a folder of IDX files, a CSV file or a folder of pictures");
        }
        Map<String, Part> parts = IdxFolder.parts(path, false);
        if (parts.isEmpty()) {
            parts = CsvFolder.parts(path);
        }
        if (parts.isEmpty()) {
            parts = PictureFolder.parts(path);
        }
        if (parts.isEmpty()) {
            throw new DatasetException(text + " holds no data: neither IDX files (train-images-idx3-ubyte), nor "
                    + "train.csv, nor a folder of pictures per class. Check that it is the right folder");
        }
        if (parts.size() > 1) {
            parts.remove(ALL); // where there are splits they decide
        }
        return new Source(text, parts);
    }

    private static Path path(String text) throws DatasetException {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new DatasetException("\"" + text + "\" cannot be a path: " + e.getReason(), e);
        }
    }

    private static Part file(Path file) throws DatasetException {
        try (InputStream in = Packed.open(file)) {
            byte[] first = in.readNBytes(4);
            boolean idx = first.length > 1 && first[0] == 0 && first[1] == 0;
            return idx ? () -> IdxPair.read(file, false) : () -> CsvFile.read(file);
        } catch (IOException e) {
            throw DatasetException.reading(file, e);
        }
    }

    /** What the user wrote. */
    public String name() {
        return name;
    }

    /** The splits that are there: of {@code train}, {@code val}, {@code test}; or {@code all} alone. */
    public List<String> splits() {
        return parts.keySet().stream().toList();
    }

    /** Whether the data come in splits; if not, {@code train} and {@code test} are cut from them here. */
    public boolean isSplit() {
        return !parts.containsKey(ALL);
    }

    /** What users should be told when they train on or test with this source, if anything. */
    public Optional<String> note() {
        return isSplit()
                ? Optional.empty()
                : Optional.of(name + " does not come in train and test: a fifth of each class, always the same images, "
                        + "is kept for test");
    }

    /** Reads a split: {@code train}, {@code val} or {@code test}; {@code all} of a source without splits. */
    public LabelledImages read(String split) throws DatasetException {
        LabelledImages images = parts.containsKey(split) ? parts.get(split).read() : cut(split);
        if (split.equals(TRAIN)) {
            requireTwoClasses(images);
        }
        return images;
    }

    private LabelledImages cut(String split) throws DatasetException {
        if (isSplit() || !split.equals(TRAIN) && !split.equals(TEST)) {
            throw new DatasetException(name + " has no split \"" + split + "\". It has: "
                    + String.join(", ", isSplit() ? splits() : List.of(TRAIN, TEST, ALL)));
        }
        if (all == null) {
            all = parts.get(ALL).read();
        }
        if (all.count() < ONE_IN) {
            throw new DatasetException(
                    name + " has " + all.count() + " images and does not come in train and test: of fewer than "
                            + ONE_IN + " none can be kept for test. Add images");
        }
        Split cut = all.split(all.count() / ONE_IN, SPLIT_SEED);
        return split.equals(TRAIN) ? cut.training() : cut.heldOut();
    }

    private void requireTwoClasses(LabelledImages images) throws DatasetException {
        int[] counts = images.countOfEachLabel();
        int used = 0;
        String last = "";
        for (int c = 0; c < counts.length; c++) {
            if (counts[c] > 0) {
                used++;
                last = images.labels().get(c);
            }
        }
        if (used < 2) {
            throw new DatasetException(name + " has one class only (\"" + last
                    + "\"): there is nothing to tell apart. Add images of another class");
        }
    }
}
