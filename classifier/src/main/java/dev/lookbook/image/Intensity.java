package dev.lookbook.image;

/**
 * The brightness of a garment as Fashion-MNIST would draw it: inverted, around a middle grey, not too contrasty, and on
 * black.
 */
final class Intensity {

    private static final float MEAN = 0.5f;
    private static final float DEVIATION = 0.14f;
    private static final float LARGEST_GAIN = 2;

    /** A garment is never as dark as the ground. */
    private static final float DARKEST = 0.04f;

    private Intensity() {}

    /** {@code [height][width]}: 0 outside the mask, {@value #DARKEST} to 1 inside. */
    static float[] of(Photo photo, Mask mask) {
        float[] grey = photo.grey();
        boolean[] inside = mask.inside();
        double sum = 0;
        double squares = 0;
        int count = 0;
        for (int i = 0; i < grey.length; i++) {
            if (inside[i]) {
                sum += grey[i];
                squares += (double) grey[i] * grey[i];
                count++;
            }
        }
        double mean = sum / count;
        double deviation = Math.sqrt(Math.max(0, squares / count - mean * mean));
        float gain = (float) Math.min(LARGEST_GAIN, DEVIATION / Math.max(deviation, 1e-6));
        float[] intensity = new float[grey.length];
        for (int i = 0; i < grey.length; i++) {
            float value = MEAN + ((float) mean - grey[i]) * gain;
            intensity[i] = inside[i] ? Math.max(DARKEST, Math.min(1, value)) : 0;
        }
        return intensity;
    }
}
