package dev.lookbook.dataset;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.CsvParseException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the rows of a CSV file are to be read: {@code label,pixel1..pixel784} (Kaggle's form) or the pixels alone, with or
 * without a line of column names.
 *
 * <p>Rows of bare numbers, which is nearly all of them, are read from their bytes; everything else (quotes, spaces,
 * labels in words, mistakes) goes through a full CSV parser, which also finds the words for what is wrong.
 */
record CsvForm(Path file, boolean labelled, boolean header, List<String> labels) {
    static final int SIDE = 28;
    static final int PIXELS = SIDE * SIDE;

    /** A row without a label. */
    static final int NO_LABEL = -1;

    /** Reads the form off the file's first line. */
    static CsvForm of(Path file, String firstLine, List<String> labels) throws DatasetException {
        String place = file + " line 1";
        List<String> fields = fields(place, firstLine);
        boolean header = IntStream.range(1, fields.size()).noneMatch(i -> isNumber(fields.get(i)));
        if (fields.size() != PIXELS && fields.size() != PIXELS + 1) {
            String hint = fields.size() == 1 && (firstLine.contains(";") || firstLine.contains("\t"))
                    ? ", separated by commas" : "";
            throw new DatasetException(place + ": " + columns(fields.size())
                    + ", where a row is a label and 784 pixels or 784 pixels alone" + hint + ". Check how it was made");
        }
        boolean labelled = fields.size() == PIXELS + 1;
        if (labelled && header && !fields.get(0).equalsIgnoreCase("label")) {
            throw new DatasetException(place + ": the first column is \"" + fields.get(0)
                    + "\", where \"label\" is expected before the 784 pixels. Rename it, or remove it if it is no label");
        }
        return new CsvForm(file, labelled, header, labels);
    }

    /**
     * Reads one row.
     *
     * @param target gets the pixels
     * @param offset where in target
     * @return the label as an index, or {@link #NO_LABEL}
     */
    int parse(byte[] line, long lineNumber, byte[] target, int offset) throws DatasetException {
        int label = parsePlain(line, target, offset);
        return label >= NO_LABEL ? label : parseFields(line, lineNumber, target, offset);
    }

    /** Reads a row of bare numbers; less than {@link #NO_LABEL}: it is not one. */
    private int parsePlain(byte[] line, byte[] target, int offset) {
        int at = 0;
        int label = NO_LABEL;
        for (int column = labelled ? -1 : 0; column < PIXELS; column++) {
            int value = 0;
            int from = at;
            while (at < line.length && line[at] != ',') {
                int digit = line[at++] - '0';
                if (digit < 0 || digit > 9 || at - from > 3) {
                    return NO_LABEL - 1;
                }
                value = value * 10 + digit;
            }
            boolean last = column == PIXELS - 1;
            if (at == from || value > 255 || last != (at == line.length)) {
                return NO_LABEL - 1;
            }
            at++; // the comma
            if (column >= 0) {
                target[offset + column] = (byte) value;
            } else if (value < labels.size()) {
                label = value;
            } else {
                return NO_LABEL - 1;
            }
        }
        return label;
    }

    private int parseFields(byte[] line, long lineNumber, byte[] target, int offset) throws DatasetException {
        String place = file + " line " + lineNumber;
        List<String> fields = fields(place, new String(line, StandardCharsets.UTF_8));
        int first = labelled ? 1 : 0;
        if (fields.size() != PIXELS + first) {
            throw new DatasetException(place + ": " + columns(fields.size()) + ", where " + (PIXELS + first)
                    + " are expected (" + (labelled ? "a label and 784 pixels" : "784 pixels")
                    + "). Correct or remove the row");
        }
        for (int i = 0; i < PIXELS; i++) {
            target[offset + i] = pixel(place, i + first, fields.get(i + first));
        }
        return labelled ? label(place, fields.get(0)) : NO_LABEL;
    }

    private static byte pixel(String place, int column, String field) throws DatasetException {
        if (!isNumber(field)) {
            throw new DatasetException(place + ", column " + (column + 1) + ": \"" + shortened(field)
                    + "\", where a whole number from 0 to 255 is expected. Correct or remove the row");
        }
        if (field.length() > 9 || Integer.parseInt(field) < 0 || Integer.parseInt(field) > 255) {
            throw new DatasetException(place + ", column " + (column + 1) + ": " + shortened(field)
                    + " is not from 0 to 255. Correct or remove the row");
        }
        return (byte) Integer.parseInt(field);
    }

    private int label(String place, String field) throws DatasetException {
        for (int i = 0; i < labels.size(); i++) {
            if (labels.get(i).equals(field) || Integer.toString(i).equals(field)) {
                return i;
            }
        }
        String written = isNumber(field) ? field : "\"" + shortened(field) + "\"";
        throw LabelNames.unknown(place, shortened(written), labels);
    }

    private static List<String> fields(String place, String line) throws DatasetException {
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(line)) {
            return reader.stream()
                    .flatMap(row -> row.getFields().stream())
                    .map(String::strip)
                    .toList();
        } catch (CsvParseException | java.io.IOException e) {
            throw new DatasetException(place + " is not CSV: " + e.getMessage() + ". Correct or remove the row", e);
        }
    }

    private static boolean isNumber(String field) {
        return field.matches("[+-]?[0-9]+");
    }

    private static String columns(int count) {
        return count == 1 ? "1 column" : count + " columns";
    }

    private static String shortened(String field) {
        return field.length() > 40 ? field.substring(0, 40) + "..." : field;
    }
}
