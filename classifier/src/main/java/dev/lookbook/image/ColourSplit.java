package dev.lookbook.image;

/**
 * A photo split into garment and ground by colour. Starting from where garments usually lie, it learns the colours of
 * both from its own guess and guesses anew, six times: expectation-maximisation on histograms, blurred in the photo so
 * that neighbours agree.
 *
 * @param garment {@code [height][width]}
 * @param overlap how much of the colours garment and ground have in common, 0 (nothing) to 1 (they cannot be told
 *     apart)
 */
record ColourSplit(boolean[] garment, double overlap) {

    private static final int ROUNDS = 6;
    private static final float EVIDENCE_WEIGHT = 1.5f;
    private static final float PRIOR_WEIGHT = 0.7f;
    private static final Gaussian DENOISE = new Gaussian(1);
    private static final Gaussian NEIGHBOURS = new Gaussian(2);

    static ColourSplit of(Photo photo) {
        int width = photo.width();
        int height = photo.height();
        int[] bins = ColourHistogram.bins(
                DENOISE.blur(photo.red(), width, height),
                DENOISE.blur(photo.green(), width, height),
                DENOISE.blur(photo.blue(), width, height));
        Prior prior = Prior.of(width, height);
        float[] garment = prior.garment().clone();
        float[] evidence = new float[bins.length];
        for (int round = 1; ; round++) {
            float[] garmentColours = ColourHistogram.of(bins, garment);
            float[] groundColours = ColourHistogram.of(bins, prior.ground(garment));
            float[] ratio = ColourHistogram.logRatio(garmentColours, groundColours);
            for (int i = 0; i < bins.length; i++) {
                evidence[i] = ratio[bins[i]];
            }
            float[] agreed = NEIGHBOURS.blur(evidence, width, height);
            if (round == ROUNDS) {
                return new ColourSplit(isPositive(agreed), ColourHistogram.overlap(garmentColours, groundColours));
            }
            for (int i = 0; i < bins.length; i++) {
                garment[i] = sigmoid(EVIDENCE_WEIGHT * agreed[i] + PRIOR_WEIGHT * prior.logit()[i]);
            }
        }
    }

    /**
     * In the end the colours decide alone. The prior has done its work, and would count what shows between the legs of
     * trousers as garment.
     */
    private static boolean[] isPositive(float[] evidence) {
        boolean[] positive = new boolean[evidence.length];
        for (int i = 0; i < evidence.length; i++) {
            positive[i] = evidence[i] > 0;
        }
        return positive;
    }

    private static float sigmoid(float logit) {
        return (float) (1 / (1 + Math.exp(-logit)));
    }
}
