package dev.lookbook.serve;

import dev.lookbook.classify.Input;
import dev.lookbook.image.Picture;
import dev.lookbook.image.PictureException;
import dev.lookbook.image.Preparation;
import dev.lookbook.image.Prepared;

/** A picture file in a request. Decoded by a worker only, so that no more than a few are unpacked at a time. */
final class SentPicture implements Input {
    private final String name;
    private final byte[] bytes;
    private final int mostPixels;
    private volatile boolean tooLarge;

    /** @param name what the client calls it; shows in answers, and is used for nothing else */
    SentPicture(String name, byte[] bytes, int mostPixels) {
        this.name = name;
        this.bytes = bytes;
        this.mostPixels = mostPixels;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Prepared prepare(Preparation preparation) throws PictureException {
        try {
            return preparation.prepare(Picture.read(bytes, name, mostPixels));
        } catch (PictureException e) {
            tooLarge = e.isTooLarge();
            throw e;
        }
    }

    boolean isTooLarge() {
        return tooLarge;
    }
}
