package dev.lookbook.evaluate;

import java.util.Arrays;

/**
 * What a model answered about each picture, and whether it was right. All arrays have one entry per picture.
 *
 * @param picture the index of the picture in the data
 * @param truth its class, an index into the data's classes
 * @param predicted the most probable label, an index into the model's labels
 * @param confidence the probability of that label
 * @param right whether that label is right for the class
 * @param unfamiliarity how unlike the model's training pictures each is, above 1 too unlike; empty if the model does not
 *     know
 * @param loss minus the logarithm of the probability given to the right labels together
 */
record Answers(
        int[] picture,
        int[] truth,
        int[] predicted,
        float[] confidence,
        float[] unfamiliarity,
        boolean[] right,
        double[] loss) {

    /**
     * @param probabilities {@code [pictures][labels of the model]}, row-major
     * @param unfamiliarity of each row; empty if the model does not know
     * @param picture the index of each row's picture
     * @param truth the class of each row, one that the map scores
     */
    static Answers of(float[] probabilities, float[] unfamiliarity, int[] picture, int[] truth, LabelMap map) {
        int labels = map.labels().size();
        int count = truth.length;
        int[] predicted = new int[count];
        float[] confidence = new float[count];
        boolean[] right = new boolean[count];
        double[] loss = new double[count];
        for (int i = 0; i < count; i++) {
            double rightProbability = 0;
            for (int k = 0; k < labels; k++) {
                float p = probabilities[i * labels + k];
                if (p > confidence[i]) {
                    confidence[i] = p;
                    predicted[i] = k;
                }
                rightProbability += map.accepts(truth[i], k) ? p : 0;
            }
            right[i] = map.accepts(truth[i], predicted[i]);
            // A float's softmax can underflow to 0, and the mean loss must stay a number.
            loss[i] = -Math.log(Math.min(1, Math.max(rightProbability, Float.MIN_VALUE)));
        }
        return new Answers(picture, truth, predicted, confidence, unfamiliarity, right, loss);
    }

    int count() {
        return truth.length;
    }

    /** Whether the model knows of no reason to distrust its answer beside the confidence. */
    boolean familiar(int i) {
        return unfamiliarity.length == 0 || unfamiliarity[i] <= 1;
    }

    int rightCount() {
        int count = 0;
        for (boolean r : right) {
            count += r ? 1 : 0;
        }
        return count;
    }

    double accuracy() {
        return rightCount() / (double) count();
    }

    /** The mean negative log-likelihood. */
    double nll() {
        return Arrays.stream(loss).sum() / count();
    }
}
