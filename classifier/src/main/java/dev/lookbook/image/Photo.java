package dev.lookbook.image;

/**
 * A picture at working size.
 *
 * @param red {@code [height][width]}, 0 to 255; green and blue alike
 */
record Photo(int width, int height, float[] red, float[] green, float[] blue) {

    /** The longest side. Kernel sizes and sigmas of the steps that follow are meant for it. */
    static final int WORKING_SIDE = 192;

    static Photo of(Picture picture) {
        double scale = (double) WORKING_SIDE / Math.max(picture.width(), picture.height());
        int width = (int) Math.max(1, Math.round(picture.width() * scale));
        int height = (int) Math.max(1, Math.round(picture.height() * scale));
        AreaAverage average = new AreaAverage(picture.width(), picture.height(), width, height);
        float[][] channels = average.resize(picture.samples(), picture.isGrey() ? 1 : 3);
        return new Photo(width, height, channels[0], channels[channels.length / 2], channels[channels.length - 1]);
    }

    /** Grey by ITU-R BT.601, {@code [height][width]}, 0 to 1. */
    float[] grey() {
        float[] grey = new float[width * height];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = grey(red[i], green[i], blue[i]);
        }
        return grey;
    }

    /** Grey of a colour, 0 to 1. */
    static float grey(float red, float green, float blue) {
        return (0.299f * red + 0.587f * green + 0.114f * blue) / 255;
    }

    /** A new array of red, green and blue. */
    float[][] channels() {
        return new float[][] {red, green, blue};
    }
}
