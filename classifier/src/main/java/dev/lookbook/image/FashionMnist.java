package dev.lookbook.image;

import java.util.Optional;

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
        Optional<Garment> onPlainGround = PlainGround.of(photo).flatMap(PlainGround::garment);
        if (onPlainGround.isPresent()) {
            return prepared(onPlainGround.get(), Crop.centred(onPlainGround.get(), SIDE));
        }
        Garment garment = GarmentFinder.find(photo);
        return prepared(garment, Crop.squeezedAndCentred(garment, SIDE));
    }

    private static Prepared prepared(Garment garment, byte[] pixels) {
        return new Prepared(SIDE, pixels, garment.isCertain());
    }
}
