package dev.lookbook.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The forms that labelled images are written in. Each can be read again as a {@link Source}, without loss. */
public enum DataFormat {
    /** {@code train-images-idx3-ubyte}, {@code train-labels-idx1-ubyte}, {@code t10k-...}. */
    IDX {
        @Override
        void write(LabelledImages images, String split, Path folder) throws IOException {
            IdxWriter.write(images, split, folder);
        }
    },
    /** {@code train.csv}, {@code test.csv}: {@code label,pixel1,...,pixel784}. */
    CSV {
        @Override
        void write(LabelledImages images, String split, Path folder) throws IOException {
            CsvWriter.write(images, folder.resolve(split + ".csv"));
        }
    },
    /** A folder per class with PNG files in it, in {@code train} and {@code test}. */
    FOLDER {
        @Override
        void write(LabelledImages images, String split, Path folder) throws IOException {
            PictureWriter.write(images, split.equals(Source.ALL) ? folder : folder.resolve(split));
        }
    };

    /** The format of that name, in any case. */
    public static DataFormat of(String name) throws DatasetException {
        for (DataFormat format : values()) {
            if (format.name().equalsIgnoreCase(name)) {
                return format;
            }
        }
        throw new DatasetException("unknown data format \"" + name + "\". Known: "
                + Arrays.stream(values())
                        .map(f -> f.name().toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", ")));
    }

    abstract void write(LabelledImages images, String split, Path folder) throws IOException;

    /**
     * Writes splits of a source as this format, all or nothing.
     *
     * @param splits of {@link Source#splits()}
     * @param out a folder, which must not exist; for CSV and one split also the name of a file that ends in .csv
     */
    public void convert(Source source, List<String> splits, Path out) throws DatasetException {
        if (Files.exists(out)) {
            throw new DatasetException(out + " exists already, and nothing is ever overwritten. Name another place");
        }
        boolean oneFile = this == CSV && splits.size() == 1 && out.toString().endsWith(".csv");
        Path temporary = WholeFile.temporaryBeside(out.toAbsolutePath());
        try {
            Files.createDirectories(temporary);
            List<String> labels = List.of();
            for (String split : splits) {
                LabelledImages images = source.read(split);
                requireReadable(images, source);
                write(images, split, temporary);
                labels = images.labels();
            }
            if (oneFile) {
                moveFile(temporary.resolve(splits.get(0) + ".csv"), labels, out);
            } else {
                if (this == FOLDER || !labels.equals(FashionMnist.LABELS)) {
                    WholeFile.write(temporary.resolve(LabelNames.FILE), String.join("\n", labels) + "\n");
                }
                Files.move(temporary, out);
            }
        } catch (IOException e) {
            throw DatasetException.writing(out, e);
        } finally {
            remove(temporary);
        }
    }

    private void requireReadable(LabelledImages images, Source source) throws DatasetException {
        if (this != IDX && (images.height() != CsvForm.SIDE || images.width() != CsvForm.SIDE)) {
            throw new DatasetException(source.name() + " has images of " + images.width() + "x" + images.height()
                    + ", which only idx can keep. Convert to idx, or use images of 28x28");
        }
        if (this == FOLDER) { // in lower case: file systems of macOS and Windows take Hat and hat for one
            LabelNames.requireDistinct(
                    source.name(),
                    images.labels(),
                    label -> LabelNames.folderOf(label).toLowerCase(Locale.ROOT));
        }
    }

    private static void moveFile(Path written, List<String> labels, Path out) throws IOException {
        if (!labels.equals(LabelNames.beside(out))) {
            Path names = out.resolveSibling(LabelNames.FILE);
            if (Files.exists(names)) {
                throw new DatasetException(
                        names + " lists other labels. Write " + out.getFileName() + " into a folder of its own");
            }
            requireNoOtherData(names.toAbsolutePath().getParent(), out);
            WholeFile.write(names, String.join("\n", labels) + "\n");
        }
        Files.move(written, out);
    }

    /** The list of labels that is written beside a file would be taken for theirs, too. */
    private static void requireNoOtherData(Path folder, Path out) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            Optional<Path> other = files.filter(
                            file -> file.getFileName().toString().matches("(?i).*(-ubyte|\\.csv)(\\.gz)?"))
                    .findFirst();
            if (other.isPresent()) {
                throw new DatasetException(
                        folder + " holds other data, " + other.get().getFileName()
                                + ", whose labels would be taken for those of " + out.getFileName()
                                + ". Write it into a folder of its own");
            }
        }
    }

    private static void remove(Path folder) throws DatasetException {
        if (Files.notExists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw DatasetException.writing(folder, e);
        }
    }
}
