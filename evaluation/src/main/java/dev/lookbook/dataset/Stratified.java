package dev.lookbook.dataset;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Random;
import java.util.stream.IntStream;

/** Draws images so that every class keeps its share. */
final class Stratified {
    private Stratified() {}

    /** Marks {@code holdout} of the images. {@link Random} is used since its numbers are part of its specification. */
    static boolean[] choose(int[] labels, int classes, int holdout, long seed) {
        if (holdout < 0 || holdout > 0 && holdout >= labels.length) {
            throw new IllegalArgumentException("cannot hold " + holdout + " of " + labels.length
                    + " images out. Hold out at least 0 and fewer than there are");
        }
        int[][] members = members(labels, classes);
        int[] shares = shares(members, labels.length, holdout);
        Random random = new Random(seed);
        boolean[] chosen = new boolean[labels.length];
        for (int c = 0; c < classes; c++) {
            int[] images = members[c];
            for (int i = 0; i < shares[c]; i++) { // the first steps of a Fisher-Yates shuffle
                int j = i + random.nextInt(images.length - i);
                int image = images[j];
                images[j] = images[i];
                images[i] = image;
                chosen[image] = true;
            }
        }
        return chosen;
    }

    private static int[][] members(int[] labels, int classes) {
        int[] counts = new int[classes];
        for (int label : labels) {
            counts[label]++;
        }
        int[][] members = new int[classes][];
        Arrays.setAll(members, c -> new int[counts[c]]);
        int[] next = new int[classes];
        for (int i = 0; i < labels.length; i++) {
            members[labels[i]][next[labels[i]]++] = i;
        }
        return members;
    }

    /** Each class's part of {@code holdout}: rounded down, and what is left goes to the largest remainders. */
    private static int[] shares(int[][] members, int total, int holdout) {
        int[] shares = new int[members.length];
        long[] remainders = new long[members.length];
        int left = holdout;
        for (int c = 0; c < members.length && total > 0; c++) {
            long exact = (long) holdout * members[c].length;
            shares[c] = (int) (exact / total);
            remainders[c] = exact % total;
            left -= shares[c];
        }
        int[] largestFirst = IntStream.range(0, members.length)
                .boxed()
                .sorted(Comparator.comparingLong(c -> -remainders[c]))
                .mapToInt(Integer::intValue)
                .toArray();
        for (int i = 0; i < left; i++) {
            shares[largestFirst[i]]++;
        }
        return shares;
    }
}
