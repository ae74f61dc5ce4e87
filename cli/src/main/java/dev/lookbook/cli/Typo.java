package dev.lookbook.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Finds the words that somebody may have meant. */
final class Typo {
    /** Of the letters of the longer word; beyond that it is another word. */
    private static final double MOST_WRONG = 0.4;

    private Typo() {}

    /** Those of the known words that are nearest to what was written; none if none is near. */
    static List<String> alike(String written, Collection<String> known) {
        int nearest =
                known.stream().mapToInt(word -> distance(written, word)).min().orElse(0);
        return known.stream()
                .filter(word -> distance(written, word) == nearest)
                .filter(word -> nearest <= MOST_WRONG * Math.max(written.length(), word.length()))
                .sorted(Comparator.naturalOrder())
                .toList();
    }

    /**
     * How many letters have to be put in, left out, replaced or swapped with their neighbour to make one word of another
     * (Damerau, CACM 7, 1964, for changes that do not touch each other).
     */
    static int distance(String a, String b) {
        int[][] steps = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    steps[i][j] = i + j;
                    continue;
                }
                int replaced = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                steps[i][j] = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
                boolean isSwapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (isSwapped) {
                    steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
                }
            }
        }
        return steps[a.length()][b.length()];
    }
}
