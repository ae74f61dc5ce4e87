package dev.lookbook.image;

import java.util.ArrayList;
import java.util.List;

/** Rows of numbers as a kernel. */
final class KernelText {

    private static final int LONGEST_SIDE = 99;

    private KernelText() {}

    static Kernel parse(String text) {
        List<double[]> rows = new ArrayList<>();
        for (String row : text.replaceFirst("[;\\s]+$", "").split("[;\\n]", -1)) {
            rows.add(row(row, rows.size() + 1, text));
        }
        int width = rows.get(0).length;
        for (int i = 0; i < rows.size(); i++) {
            if (rows.get(i).length != width) {
                throw new IllegalArgumentException("a kernel's rows must be equally long, but row 1 has " + width
                        + " numbers and row " + (i + 1) + " has " + rows.get(i).length + " in \"" + text + "\"");
            }
        }
        if (Math.max(rows.size(), width) > LONGEST_SIDE) {
            throw new IllegalArgumentException("a kernel has at most " + LONGEST_SIDE
                    + " rows and columns, but this has " + rows.size() + "x" + width);
        }
        double[] weights = new double[rows.size() * width];
        for (int i = 0; i < rows.size(); i++) {
            System.arraycopy(rows.get(i), 0, weights, i * width, width);
        }
        return new Kernel(rows.size(), width, weights);
    }

    private static double[] row(String row, int number, String text) {
        String[] words = row.strip().split("[\\s,]+");
        double[] weights = new double[words.length];
        for (int i = 0; i < words.length; i++) {
            weights[i] = weight(words[i], number, text);
        }
        return weights;
    }

    private static double weight(String word, int row, String text) {
        try {
            // Java's own parser also takes "1d" and "0x1p3", which are slips here.
            if (word.matches("[-+.0-9eE]+")) {
                double weight = Double.parseDouble(word);
                if (Double.isFinite(weight)) {
                    return weight;
                }
            }
        } catch (NumberFormatException e) {
            // Told below.
        }
        boolean oneWord = !text.strip().matches(".*[\\s;,].*");
        throw new IllegalArgumentException(
                oneWord
                        ? "there is no kernel \"" + text.strip() + "\". Known: " + Kernel.names()
                                + "; or rows of numbers such as \"0 -1 0; -1 5 -1; 0 -1 0\""
                        : "row " + row + " of the kernel has \"" + word
                                + "\", which is no number. Write rows such as \"0 -1 0; -1 5 -1; 0 -1 0\"");
    }
}
