package dev.lookbook.image;

/** Finds the garment in a photo: the thing in the middle whose colours the edge of the photo does not have. */
final class GarmentFinder {

    private static final double SMALLEST_SHARE = 0.04;
    private static final double LARGEST_SHARE = 0.92;

    /** In most photos garment and ground have less than a tenth of their colours in common. */
    private static final double LARGEST_OVERLAP = 0.6;

    private GarmentFinder() {}

    static Garment find(Photo photo) {
        ColourSplit split = ColourSplit.of(photo);
        Mask mask = mask(photo.width(), photo.height(), split.garment());
        boolean isPlausible = mask.share() >= SMALLEST_SHARE && mask.share() <= LARGEST_SHARE;
        if (!isPlausible) {
            mask = Mask.wholePicture(photo.width(), photo.height());
        }
        return new Garment(mask, Intensity.of(photo, mask), isPlausible && split.overlap() <= LARGEST_OVERLAP);
    }

    private static Mask mask(int width, int height, boolean[] garment) {
        Morphology morphology = new Morphology(width, height);
        boolean[] smooth = morphology.open(morphology.close(garment, Morphology.ELLIPSE_5), Morphology.CROSS_3);
        return new Mask(width, height, new Components(width, height).keepCentral(smooth)).filled();
    }
}
