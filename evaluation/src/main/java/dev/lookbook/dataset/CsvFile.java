package dev.lookbook.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A CSV file of images, row by row or whole. */
final class CsvFile implements Closeable {
    private final Lines lines;
    private final CsvForm form;
    private boolean atFirst; // the line that the form was read from is the first row

    private CsvFile(Lines lines, CsvForm form) {
        this.lines = lines;
        this.form = form;
        this.atFirst = !form.header();
    }

    static CsvFile open(Path file) throws DatasetException {
        List<String> labels = LabelNames.beside(file);
        try {
            Lines lines = Lines.open(file);
            try {
                if (!lines.next()) {
                    throw new DatasetException(file + " is empty. Copy or download it again");
                }
                return new CsvFile(lines, CsvForm.of(file, lines.text(), labels));
            } catch (IOException e) {
                lines.close();
                throw e;
            }
        } catch (IOException e) {
            throw DatasetException.reading(file, e);
        }
    }

    CsvForm form() {
        return form;
    }

    /** Goes to the next row. */
    boolean next() throws DatasetException {
        boolean is = atFirst || lines.next();
        atFirst = false;
        return is;
    }

    /** The row, still to be parsed by {@link #form()}. */
    byte[] row() {
        return lines.bytes(CsvForm.COMMAS_BEHIND);
    }

    long lineNumber() {
        return lines.number();
    }

    @Override
    public void close() throws IOException {
        lines.close();
    }

    static LabelledImages read(Path file) throws DatasetException {
        try (CsvFile csv = open(file)) {
            if (!csv.form.labelled()) {
                throw new DatasetException(file + " has no label column: its rows can only be classified. To train or "
                        + "to evaluate, put a column \"label\" before the pixels");
            }
            return csv.readAll(file);
        } catch (IOException e) {
            throw DatasetException.reading(file, e);
        }
    }

    private LabelledImages readAll(Path file) throws DatasetException {
        byte[] pixels = new byte[1024 * CsvForm.PIXELS];
        int[] labels = new int[1024];
        int count = 0;
        for (; next(); count++) {
            if (count == labels.length) {
                if (count > Integer.MAX_VALUE / CsvForm.PIXELS / 2) {
                    throw new DatasetException(
                            file + " has more than " + count + " rows, too many for memory. Cut it into several files");
                }
                labels = Arrays.copyOf(labels, 2 * count);
                pixels = Arrays.copyOf(pixels, 2 * count * CsvForm.PIXELS);
            }
            labels[count] = form.parse(row(), lineNumber(), pixels, count * CsvForm.PIXELS);
        }
        if (count == 0) {
            throw new DatasetException(file + " has column names but no rows. Check how it was made");
        }
        return LabelledImages.of(
                CsvForm.SIDE,
                CsvForm.SIDE,
                Arrays.copyOf(pixels, count * CsvForm.PIXELS),
                Arrays.copyOf(labels, count),
                form.labels());
    }
}
