package dev.lookbook.serve;

import dev.lookbook.classify.Input;
import dev.lookbook.image.Picture;
import dev.lookbook.image.PictureException;
import dev.lookbook.image.Preparation;
import dev.lookbook.image.Prepared;
import java.io.IOException;

/** A picture file in a request. Decoded by a worker only, so that no more than a few are unpacked at a time. */
final class SentPicture implements Input {
    private final String name;
    private final byte[] bytes;
    private final int mostPixels;
    private final WorkLimit limit;
    private volatile boolean tooLarge;

    /**
     * @param name what the client calls it; shows in answers, and is used for nothing else
     * @param limit of all pictures of the request together
     */
    SentPicture(String name, byte[] bytes, int mostPixels, WorkLimit limit) {
        this.name = name;
        this.bytes = bytes;
        this.mostPixels = mostPixels;
        this.limit = limit;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Prepared prepare(Preparation preparation) throws IOException {
        if (limit.isOver()) {
            tooLarge = true;
            throw new IOException(name + ": the pictures before it took longer than "
                    + limit.time().toMillis() + " ms. Send fewer at once");
        }
        try {
            return preparation.prepare(Picture.read(bytes, name, mostPixels));
        } catch (PictureException e) {
            tooLarge = e.isTooLarge();
            throw e;
        }
    }

    /** Whether it was refused for its size, or for that of the pictures before it. */
    boolean isTooLarge() {
        return tooLarge;
    }
}
