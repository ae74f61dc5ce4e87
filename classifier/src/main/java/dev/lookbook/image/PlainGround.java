package dev.lookbook.image;

import java.util.Arrays;
import java.util.Optional;

/**
 * A photo before a ground of one colour, as shops take them. There is nothing to guess then: what differs from the
 * ground is the garment. And before white its brightness needs no correction either, because the pictures of
 * Fashion-MNIST were such photos.
 */
final class PlainGround {

    /** How far from the ground's colour, of 255 in any channel, the ground itself may be. */
    private static final float TOLERANCE = 10;

    /** From here on it is garment. */
    private static final float DIFFERENCE = 15;

    /** How much of the edge must be ground. A garment may touch two sides, but then only white or black is trusted. */
    private static final double EDGE_SHARE = 0.9;

    private static final double WHITE_OR_BLACK_EDGE_SHARE = 0.6;
    private static final float NEARLY_WHITE = 235;
    private static final float NEARLY_BLACK = 20;
    private static final float LIGHT = 200;
    private static final float LARGEST_TINT = 25;

    /** Smaller garments than this share of the photo are dirt. */
    private static final double SMALLEST_SHARE = 0.005;

    /** Hardly any picture of Fashion-MNIST is darker: what is, is a white garment before white. */
    private static final double DARKEST_MEAN = 0.2;

    private static final Gaussian DENOISE = new Gaussian(1);

    private final Photo photo;
    private final float[] colour;

    private PlainGround(Photo photo, float[] colour) {
        this.photo = photo;
        this.colour = colour;
    }

    /** The plain ground of a photo, if it has one. */
    static Optional<PlainGround> of(Photo photo) {
        int[] edge = Prior.edge(photo.width(), photo.height());
        float[][] channels = photo.channels();
        float[] colour = new float[channels.length];
        for (int c = 0; c < colour.length; c++) {
            colour[c] = median(channels[c], edge);
        }
        PlainGround ground = new PlainGround(photo, colour);
        double wanted = ground.isNearlyWhite() || ground.isBlack() ? WHITE_OR_BLACK_EDGE_SHARE : EDGE_SHARE;
        return ground.shareOf(edge) >= wanted ? Optional.of(ground) : Optional.empty();
    }

    private static float median(float[] plane, int[] places) {
        float[] values = new float[places.length];
        for (int i = 0; i < places.length; i++) {
            values[i] = plane[places[i]];
        }
        Arrays.sort(values);
        return values[values.length / 2];
    }

    private double shareOf(int[] edge) {
        int count = 0;
        for (int i : edge) {
            count += difference(photo.channels(), i) <= TOLERANCE ? 1 : 0;
        }
        return (double) count / edge.length;
    }

    private float difference(float[][] channels, int i) {
        float largest = 0;
        for (int c = 0; c < colour.length; c++) {
            largest = Math.max(largest, Math.abs(channels[c][i] - colour[c]));
        }
        return largest;
    }

    /** What stands out from the ground, if anything does. */
    Optional<Garment> garment() {
        int width = photo.width();
        int height = photo.height();
        float[][] channels = photo.channels();
        for (int c = 0; c < channels.length; c++) {
            channels[c] = DENOISE.blur(channels[c], width, height);
        }
        boolean[] inside = new boolean[width * height];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = difference(channels, i) > DIFFERENCE;
        }
        inside = new Morphology(width, height).open(inside, Morphology.CROSS_3);
        Mask mask = new Mask(width, height, new Components(width, height).withoutSpecks(inside));
        return mask.share() < SMALLEST_SHARE ? Optional.empty() : Optional.of(garment(mask));
    }

    private Garment garment(Mask mask) {
        if (isBlack()) {
            return new Garment(mask, masked(photo.grey(), mask), true);
        }
        if (isLight()) {
            float[] negative = masked(negative(), mask);
            if (mean(negative, mask) >= DARKEST_MEAN) {
                return new Garment(mask, negative, true);
            }
        }
        Mask filled = mask.filled();
        return new Garment(filled, Intensity.of(photo, filled), true);
    }

    /** The ground becomes 0, as if it had been pure white. */
    private float[] negative() {
        float[] grey = photo.grey();
        float white = Photo.grey(colour[0], colour[1], colour[2]);
        for (int i = 0; i < grey.length; i++) {
            grey[i] = Math.max(0, 1 - grey[i] / white);
        }
        return grey;
    }

    private static float[] masked(float[] plane, Mask mask) {
        for (int i = 0; i < plane.length; i++) {
            plane[i] = mask.inside()[i] ? plane[i] : 0;
        }
        return plane;
    }

    private static double mean(float[] masked, Mask mask) {
        double sum = 0;
        for (float value : masked) {
            sum += value;
        }
        return sum / (mask.share() * masked.length);
    }

    private boolean isNearlyWhite() {
        return darkest() >= NEARLY_WHITE;
    }

    private boolean isLight() {
        return darkest() >= LIGHT && lightest() - darkest() <= LARGEST_TINT;
    }

    private boolean isBlack() {
        return lightest() <= NEARLY_BLACK;
    }

    private float darkest() {
        return Math.min(colour[0], Math.min(colour[1], colour[2]));
    }

    private float lightest() {
        return Math.max(colour[0], Math.max(colour[1], colour[2]));
    }
}
