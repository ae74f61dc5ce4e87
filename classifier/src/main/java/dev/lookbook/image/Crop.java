package dev.lookbook.image;

/** Cuts a garment out and brings it to the size and the place that Fashion-MNIST's have. */
final class Crop {

    private static final double SQUEEZED_FROM = 0.75;
    private static final double SQUEEZED_TO = 1.8;
    private static final double SQUEEZE = 0.15;

    private Crop() {}

    /**
     * The garment with its longest side as long as the result's, in the middle, on black.
     *
     * @return {@code [side][side]}
     */
    static byte[] centred(Garment garment, int side) {
        Box box = Box.around(garment.mask());
        return centred(garment, box, (double) box.width() / box.height(), side);
    }

    /** The same, but wide garments narrower: sleeves are spread in photos that people take of their own clothes. */
    static byte[] squeezedAndCentred(Garment garment, int side) {
        Box box = Box.around(garment.mask());
        return centred(garment, box, squeezed((double) box.width() / box.height()), side);
    }

    private static byte[] centred(Garment garment, Box box, double ratio, int side) {
        int width = (int) Math.max(1, Math.round(Math.min(side, side * ratio)));
        int height = (int) Math.max(1, Math.round(Math.min(side, side / ratio)));
        int stride = garment.mask().width();
        float[] small = new AreaAverage(box.width(), box.height(), width, height)
                .resize(garment.intensity(), stride, box.top() * stride + box.left());
        byte[] result = new byte[side * side];
        int left = (side - width) / 2;
        int top = (side - height) / 2;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                result[(top + y) * side + left + x] = (byte) Math.round(255 * small[y * width + x]);
            }
        }
        return result;
    }

    /** Spread sleeves make tops wider than any in Fashion-MNIST; shoes, at the upper limit, really are that wide. */
    static double squeezed(double ratio) {
        boolean isSpread = ratio > SQUEEZED_FROM && ratio < SQUEEZED_TO;
        return isSpread ? SQUEEZED_FROM + SQUEEZE * (ratio - SQUEEZED_FROM) : ratio;
    }

    private record Box(int left, int top, int width, int height) {

        static Box around(Mask mask) {
            int left = mask.width();
            int top = mask.height();
            int right = -1;
            int bottom = -1;
            for (int y = 0; y < mask.height(); y++) {
                for (int x = 0; x < mask.width(); x++) {
                    if (mask.inside()[y * mask.width() + x]) {
                        left = Math.min(left, x);
                        right = Math.max(right, x);
                        top = Math.min(top, y);
                        bottom = y;
                    }
                }
            }
            return new Box(left, top, right - left + 1, bottom - top + 1);
        }
    }
}
