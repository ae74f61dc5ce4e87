package dev.lookbook.image;

/** A grey picture of 28 x 28 pixels is taken as it is, but turned to light on dark if its ground is white. */
final class AlreadySmall {

    private static final int NEARLY_BLACK = 15;
    private static final int NEARLY_WHITE = 240;

    private AlreadySmall() {}

    static Prepared prepare(Picture picture) {
        byte[] pixels = picture.greyPixels();
        if (hasWhiteGround(pixels)) {
            for (int i = 0; i < pixels.length; i++) {
                pixels[i] = (byte) (255 - (pixels[i] & 0xFF));
            }
        }
        return new Prepared(FashionMnist.SIDE, pixels, !isUniform(pixels));
    }

    /** A garment may touch the border in places, but most of the border is ground. */
    private static boolean hasWhiteGround(byte[] pixels) {
        int side = FashionMnist.SIDE;
        int white = 0;
        int black = 0;
        for (int i = 0; i < side; i++) {
            for (int at : new int[] {i, side * (side - 1) + i, side * i, side * i + side - 1}) {
                int grey = pixels[at] & 0xFF;
                white += grey >= NEARLY_WHITE ? 1 : 0;
                black += grey <= NEARLY_BLACK ? 1 : 0;
            }
        }
        return white > black;
    }

    private static boolean isUniform(byte[] pixels) {
        for (byte pixel : pixels) {
            if (pixel != pixels[0]) {
                return false;
            }
        }
        return true;
    }
}
