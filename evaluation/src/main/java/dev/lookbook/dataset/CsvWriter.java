package dev.lookbook.dataset;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/** Writes images in Kaggle's form: {@code label,pixel1,...,pixel784}, the label as a number. */
final class CsvWriter {
    private static final byte[][] FIELDS = fields();

    private CsvWriter() {}

    /** Every value that a pixel can have, with the comma before it: numbers are written a hundred million times. */
    private static byte[][] fields() {
        byte[][] fields = new byte[256][];
        Arrays.setAll(fields, value -> ("," + value).getBytes(StandardCharsets.US_ASCII));
        return fields;
    }

    static void write(LabelledImages images, Path file) throws IOException {
        WholeFile.write(file, out -> {
            StringBuilder header = new StringBuilder("label");
            for (int i = 1; i <= CsvForm.PIXELS; i++) {
                header.append(",pixel").append(i);
            }
            out.write(header.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; i < images.count(); i++) {
                writeRow(images.label(i), images.pixels(i), out);
            }
        });
    }

    private static void writeRow(int label, byte[] pixels, OutputStream out) throws IOException {
        byte[] line = new byte[12 + 4 * pixels.length];
        byte[] number = Integer.toString(label).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(number, 0, line, 0, number.length);
        int at = number.length;
        for (byte pixel : pixels) {
            byte[] field = FIELDS[pixel & 0xff];
            System.arraycopy(field, 0, line, at, field.length);
            at += field.length;
        }
        line[at++] = '\n';
        out.write(line, 0, at);
    }
}
