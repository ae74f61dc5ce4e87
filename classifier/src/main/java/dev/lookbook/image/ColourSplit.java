package dev.lookbook.image;

/**
 * Splits a photo into garment and ground by colour: starting from where garments usually lie, it learns the colours of
 * both from its own guess, and guesses anew, six times (hard-wired expectation-maximisation on histograms, blurred in
 * the photo so that neighbours agree).
 */
final class ColourSplit {

    private static final int ROUNDS = 6;
    private static final float EVIDENCE_WEIGHT = 1.5f;
    private static final float PRIOR_WEIGHT = 0.7f;
    private static final float GROUND_AT_EDGE = 0.9f;
    private static final Gaussian DENOISE = new Gaussian(1);
    private static final Gaussian NEIGHBOURS = new Gaussian(2);

    private final int width;
    private final int height;
    private final int[] bins;
    private final float[] prior;

    ColourSplit(Photo photo) {
        width = photo.width();
        height = photo.height();
        bins = ColourHistogram.bins(
                DENOISE.blur(photo.red(), width, height),
                DENOISE.blur(photo.green(), width, height),
                DENOISE.blur(photo.blue(), width, height));
        prior = Prior.of(width, height);
    }

    /** {@code [height][width]}, 0 to 1. */
    float[] garmentProbability() {
        float[] probability = prior.clone();
        for (int round = 0; round < ROUNDS; round++) {
            float[] evidence = NEIGHBOURS.blur(evidence(probability), width, height);
            for (int i = 0; i < probability.length; i++) {
                double logit = EVIDENCE_WEIGHT * evidence[i] + PRIOR_WEIGHT * Math.log(prior[i] / (1 - prior[i]));
                probability[i] = (float) (1 / (1 + Math.exp(-logit)));
            }
        }
        return probability;
    }

    /** How much likelier each pixel's colour is on the garment than on the ground: log of the ratio. */
    private float[] evidence(float[] probability) {
        float[] ratio = ColourHistogram.logRatio(
                ColourHistogram.of(bins, probability), ColourHistogram.of(bins, groundWeights(probability)));
        float[] evidence = new float[bins.length];
        for (int i = 0; i < bins.length; i++) {
            evidence[i] = ratio[bins[i]];
        }
        return evidence;
    }

    private float[] groundWeights(float[] probability) {
        float[] weights = new float[probability.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int i = y * width + x;
                float ground = 1 - probability[i];
                weights[i] = Prior.isEdge(x, y, width, height) ? Math.max(GROUND_AT_EDGE, ground) : ground;
            }
        }
        return weights;
    }
}
