package dev.lookbook.image;

/**
 * The preparation {@code fashion-mnist/1}: finds the garment by its colours, and draws it as the makers of
 * Fashion-MNIST drew theirs. A photo that is only shrunk looks like a filled bright square, which every network
 * trained on that data calls a bag.
 */
final class FashionMnist {

    static final int SIDE = 28;

    private FashionMnist() {}

    static Prepared prepare(Picture picture) {
        if (picture.isGrey() && picture.width() == SIDE && picture.height() == SIDE) {
            return AlreadySmall.prepare(picture);
        }
        Photo photo = Photo.of(picture);
        Mask mask = GarmentFinder.find(photo);
        float[] intensity = Intensity.of(photo, mask);
        return new Prepared(SIDE, Crop.centred(intensity, mask, SIDE), mask.isGarment());
    }
}
