package dev.lookbook.explain;

import dev.lookbook.image.Picture;

/** How a map's numbers become colours. */
public enum ColourScale {
    /**
     * For numbers with a sign: zero is near white, above it ever darker red-orange, below it ever darker blue; both ends
     * are equally far from zero. The ends stay apart for colour-blind readers.
     */
    DIVERGING {
        @Override
        int rgb(double share) {
            // In steps that nobody sees, so that pictures have few colours; the root makes small numbers visible.
            int step = (int) Math.round(STEPS * Math.sqrt(Math.abs(share)));
            return (share < 0 ? BLUES : ORANGES)[step];
        }
    },
    /** For activations, which are not negative: zero is black, the largest is white. */
    GREY {
        @Override
        int rgb(double share) {
            return (int) Math.round(255 * Math.max(0, share)) * 0x010101;
        }
    };

    private static final int STEPS = 60;
    private static final int MIDDLE = 0xF7F7F5;
    private static final int[] ORANGES = towards(0xB2380B);
    private static final int[] BLUES = towards(0x0B4F9C);

    abstract int rgb(double share);

    /** The colour, as {@code 0xRRGGBB}, of a value on a scale from {@code -reach} to {@code reach}. */
    public int rgb(double value, double reach) {
        return rgb(reach > 0 ? Math.max(-1, Math.min(1, value / reach)) : 0);
    }

    /** A map as a picture, a pixel for each value. */
    public Picture picture(PixelMap map, double reach) {
        byte[] rgb = new byte[3 * map.values().length];
        for (int i = 0; i < map.values().length; i++) {
            int colour = rgb(map.values()[i], reach);
            rgb[3 * i] = (byte) (colour >> 16);
            rgb[3 * i + 1] = (byte) (colour >> 8);
            rgb[3 * i + 2] = (byte) colour;
        }
        return Picture.colour(map.width(), map.height(), rgb);
    }

    private static int[] towards(int colour) {
        int[] steps = new int[STEPS + 1];
        for (int step = 0; step <= STEPS; step++) {
            steps[step] = mix(MIDDLE, colour, step / (double) STEPS);
        }
        return steps;
    }

    private static int mix(int from, int to, double share) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = from >> shift & 0xFF;
            int b = to >> shift & 0xFF;
            mixed |= (int) Math.round(a + (b - a) * share) << shift;
        }
        return mixed;
    }
}
