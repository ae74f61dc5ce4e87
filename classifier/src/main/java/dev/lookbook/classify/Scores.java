package dev.lookbook.classify;

/** A network's numbers for some images, image by image. The arrays are the caller's to keep and change. */
public final class Scores {
    private final int count;
    private final int classes;
    private final int embeddingSize;
    private final float[] probabilities;
    private final float[] logits;
    private final float[] embedding;
    private final float[] unfamiliarity;

    Scores(int count, int classes, int embeddingSize, boolean knowsUnfamiliarity) {
        this.count = count;
        this.classes = classes;
        this.embeddingSize = embeddingSize;
        try {
            probabilities = new float[Math.multiplyExact(count, classes)];
            logits = new float[probabilities.length];
            embedding = new float[Math.multiplyExact(count, embeddingSize)];
            unfamiliarity = new float[knowsUnfamiliarity ? count : 0];
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException("too many images at once: " + count + ". Score them in batches", e);
        }
    }

    public int count() {
        return count;
    }

    public int classes() {
        return classes;
    }

    public int embeddingSize() {
        return embeddingSize;
    }

    /** [count][classes], calibrated; a row adds up to 1. */
    public float[] probabilities() {
        return probabilities;
    }

    /** [count][classes], before the temperature. */
    public float[] logits() {
        return logits;
    }

    /** [count][embeddingSize] */
    public float[] embedding() {
        return embedding;
    }

    /**
     * [count]: 0 for a typical picture, above 1 what only one in a hundred held-out pictures was. Empty if the model does
     * not know.
     */
    public float[] unfamiliarity() {
        return unfamiliarity;
    }

    /** The most probable class of an image; the first one of equals. */
    public int best(int image) {
        int first = Math.multiplyExact(image, classes);
        int best = 0;
        for (int k = 1; k < classes; k++) {
            if (probabilities[first + k] > probabilities[first + best]) {
                best = k;
            }
        }
        return best;
    }
}
