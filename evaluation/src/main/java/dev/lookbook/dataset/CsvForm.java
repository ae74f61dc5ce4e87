package dev.lookbook.dataset;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How the rows of a CSV file are to be read: {@code label,pixel1..pixel784} (Kaggle's form) or the pixels alone, with
 * or without a line of column names, which may be numbers.
 *
 * <p>Rows of bare numbers, which is nearly all of them, are read from their bytes; everything else (quotes, spaces,
 * labels in words, mistakes) goes through a full CSV parser, which also finds the words for what is wrong.
 */
record CsvForm(Path file, boolean labelled, boolean header, List<String> labels) {
    static final int SIDE = 28;
    static final int PIXELS = SIDE * SIDE;

    /** What follows a line in memory, so that reading needs not ask for its end: after a short line no digit comes. */
    static final byte[] COMMAS_BEHIND = {',', ','};

    /** A row without a label. */
    static final int NO_LABEL = -1;

    /** Reads the form off the file's first line. */
    static CsvForm of(Path file, String firstLine, List<String> labels) throws DatasetException {
        String place = file + " line 1";
        List<String> fields = fields(place, firstLine);
        if (fields.size() != PIXELS && fields.size() != PIXELS + 1) {
            String hint = fields.size() == 1 && (firstLine.contains(";") || firstLine.contains("\t"))
                    ? ", separated by commas"
                    : "";
            throw new DatasetException(place + ": " + columns(fields.size())
                    + ", where a row is a label and 784 pixels or 784 pixels alone" + hint + ". Check how it was made");
        }
        boolean labelled = fields.size() == PIXELS + 1;
        boolean numbered = isCount(fields.subList(fields.size() - PIXELS, fields.size()));
        boolean header = numbered || IntStream.range(1, fields.size()).noneMatch(i -> isAnyNumber(fields.get(i)));
        boolean nameless = numbered && isCount(fields); // a label before numbered pixels has a number, too
        if (labelled && header && !nameless && !fields.get(0).equalsIgnoreCase("label")) {
            throw new DatasetException(place + ": the first column is \"" + fields.get(0)
                    + "\", where \"label\" is expected before the 784 pixels. Rename it, or remove what is no label");
        }
        return new CsvForm(file, labelled, header, labels);
    }

    /** Whether columns are called by numbers in turn, as pandas does; no pixel is as bright as the last of them. */
    private static boolean isCount(List<String> fields) {
        int first = fields.get(0).matches("[012]") ? Integer.parseInt(fields.get(0)) : 0;
        return IntStream.range(0, fields.size()).allMatch(i -> fields.get(i).equals(Integer.toString(first + i)));
    }

    /**
     * Reads one row.
     *
     * @param line with {@link #COMMAS_BEHIND} it
     * @param target gets the pixels
     * @param offset where in target
     * @return the label as an index, or {@link #NO_LABEL} if rows have none
     */
    int parse(byte[] line, long lineNumber, byte[] target, int offset) throws DatasetException {
        String place = file + " line " + lineNumber;
        int first = labelled ? indexOfComma(line) + 1 : 0;
        if (parsePlain(line, first, target, offset)) {
            return labelled ? label(place, new String(line, 0, first - 1, StandardCharsets.UTF_8)) : NO_LABEL;
        }
        List<String> fields = parseFields(place, line, target, offset);
        return labelled ? label(place, fields.get(0)) : NO_LABEL;
    }

    /** Reads the pixels of one row, whatever its label is. */
    void parsePixels(byte[] line, long lineNumber, byte[] target) throws DatasetException {
        if (!parsePlain(line, labelled ? indexOfComma(line) + 1 : 0, target, 0)) {
            parseFields(file + " line " + lineNumber, line, target, 0);
        }
    }

    private static int indexOfComma(byte[] line) {
        int at = 0;
        while (line[at] != ',') {
            at++;
        }
        return at;
    }

    /**
     * Reads 784 bare numbers of up to three digits, up to the end of the line; false if there is anything else. Digit
     * by digit without a loop: 300,000 rows a second, where a loop reads 130,000 and a CSV parser 25,000.
     */
    private static boolean parsePlain(byte[] line, int from, byte[] target, int offset) {
        int at = from;
        for (int i = offset; i < offset + PIXELS; i++) {
            int value = line[at] - '0';
            if (value < 0 || value > 9) {
                return false;
            }
            if (line[++at] != ',') {
                int digit = line[at] - '0';
                if (digit < 0 || digit > 9) {
                    return false;
                }
                value = 10 * value + digit;
                if (line[++at] != ',') {
                    digit = line[at] - '0';
                    value = 10 * value + digit;
                    if (digit < 0 || digit > 9 || value > 255 || line[++at] != ',') {
                        return false;
                    }
                }
            }
            target[i] = (byte) value;
            at++; // the comma
        }
        return at == line.length - COMMAS_BEHIND.length + 1;
    }

    private List<String> parseFields(String place, byte[] line, byte[] target, int offset) throws DatasetException {
        List<String> fields =
                fields(place, new String(line, 0, line.length - COMMAS_BEHIND.length, StandardCharsets.UTF_8));
        int first = labelled ? 1 : 0;
        if (fields.size() != PIXELS + first) {
            throw new DatasetException(place + ": " + columns(fields.size()) + ", where " + (PIXELS + first)
                    + " are expected (" + (labelled ? "a label and 784 pixels" : "784 pixels")
                    + "). Correct or remove the row");
        }
        for (int i = 0; i < PIXELS; i++) {
            target[offset + i] = pixel(place, i + first, fields.get(i + first));
        }
        return fields;
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
        String name = unquoted(field);
        if (name.matches("[0-9]{1,9}") && Integer.parseInt(name) < labels.size()) {
            return Integer.parseInt(name);
        }
        // A number is a place in the list in every row: one that is too large is no name, or 9 and 10 would mix both.
        int index = isNumber(name) ? -1 : labels.indexOf(name);
        if (index < 0) {
            throw LabelNames.unknown(place, isNumber(name) ? shortened(name) : "\"" + shortened(name) + "\"", labels);
        }
        return index;
    }

    /** A label before plain numbers may still be in quotes; a comma or quote within it is not possible there. */
    private static String unquoted(String field) {
        String text = field.strip();
        boolean quoted = text.length() > 1 && text.startsWith("\"") && text.endsWith("\"");
        return quoted ? text.substring(1, text.length() - 1) : text;
    }

    private static List<String> fields(String place, String line) throws DatasetException {
        try (CsvReader<CsvRecord> reader = CsvReader.builder().ofCsvRecord(line)) {
            return reader.stream()
                    .flatMap(row -> row.getFields().stream())
                    .map(String::strip)
                    .toList();
        } catch (CsvParseException | IOException e) {
            throw new DatasetException(place + " is not CSV: " + e.getMessage() + ". Correct or remove the row", e);
        }
    }

    private static boolean isNumber(String field) {
        return field.matches("[+-]?[0-9]+");
    }

    /** Pixels that somebody has scaled are no column names, either. */
    private static boolean isAnyNumber(String field) {
        return field.matches("[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]+)?");
    }

    private static String columns(int count) {
        return count == 1 ? "1 column" : count + " columns";
    }

    private static String shortened(String field) {
        return field.length() > 40 ? field.substring(0, 40) + "..." : field;
    }
}
