package dev.lookbook.dataset;

import dev.lookbook.image.Picture;
import dev.lookbook.image.Preparation;
import dev.lookbook.image.Prepared;
import java.io.IOException;
import java.nio.file.Path;

/** The rows of a CSV file. They are cut into lines here; numbers are read from them by whoever prepares them. */
final class CsvTable implements Rows.Table {
    private final CsvFile csv;

    private CsvTable(CsvFile csv) {
        this.csv = csv;
    }

    static CsvTable open(Path file) throws DatasetException {
        return new CsvTable(CsvFile.open(file));
    }

    @Override
    public Rows.Row next(String name) throws DatasetException {
        return csv.next() ? new Line(name, csv.row(), csv.lineNumber(), csv.form()) : null;
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }

    private record Line(String name, byte[] line, long number, CsvForm form) implements Rows.Row {
        @Override
        public Prepared prepare(Preparation preparation) throws DatasetException {
            return Rows.asItIs(CsvForm.SIDE, pixels());
        }

        @Override
        public Picture picture() throws DatasetException {
            return Picture.grey(CsvForm.SIDE, CsvForm.SIDE, pixels());
        }

        private byte[] pixels() throws DatasetException {
            byte[] pixels = new byte[CsvForm.PIXELS];
            form.parsePixels(line, number, pixels);
            return pixels;
        }
    }
}
