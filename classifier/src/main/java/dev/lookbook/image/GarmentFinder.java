package dev.lookbook.image;

/** Finds the garment in a photo: the thing in the middle whose colours the edge of the photo does not have. */
final class GarmentFinder {

    private static final double SMALLEST_SHARE = 0.04;
    private static final double LARGEST_SHARE = 0.92;

    private GarmentFinder() {}

    static Mask find(Photo photo) {
        int width = photo.width();
        int height = photo.height();
        float[] probability = new ColourSplit(photo).garmentProbability();
        boolean[] inside = new boolean[probability.length];
        for (int i = 0; i < inside.length; i++) {
            inside[i] = probability[i] > 0.5f;
        }
        Morphology morphology = new Morphology(width, height);
        inside = morphology.open(morphology.close(inside, Morphology.ELLIPSE_5), Morphology.CROSS_3);
        inside = new Components(width, height).keepCentral(inside);
        Mask mask = Mask.garment(width, height, new Components(width, height).fillHoles(inside));
        boolean plausible = mask.share() >= SMALLEST_SHARE && mask.share() <= LARGEST_SHARE;
        return plausible ? mask : Mask.wholePicture(width, height);
    }
}
