package dev.lookbook.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** CSV files that name their split: {@code train.csv}, {@code fashion-mnist_test.csv}, {@code val.csv.gz}. */
final class CsvFolder {
    private CsvFolder() {}

    static Map<String, Source.Part> parts(Path folder) throws DatasetException {
        Map<String, Source.Part> parts = new LinkedHashMap<>();
        List<Path> files = files(folder);
        for (String split : List.of(Source.TRAIN, Source.VAL, Source.TEST, Source.ALL)) {
            List<Path> ofSplit =
                    files.stream().filter(file -> isOf(split, file)).toList();
            if (ofSplit.size() > 1) {
                throw new DatasetException(folder + " has two CSV files for " + split + ": "
                        + ofSplit.get(0).getFileName() + " and "
                        + ofSplit.get(1).getFileName() + ". Remove one");
            }
            for (Path file : ofSplit) {
                parts.put(split, () -> CsvFile.read(file));
            }
        }
        return parts;
    }

    private static List<Path> files(Path folder) throws DatasetException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw DatasetException.reading(folder, e);
        }
    }

    private static boolean isOf(String split, Path file) {
        String name = split.equals(Source.VAL) ? "val(idation)?" : split;
        return file.getFileName().toString().toLowerCase(Locale.ROOT).matches("(.*[_-])?" + name + "\\.csv(\\.gz)?");
    }
}
