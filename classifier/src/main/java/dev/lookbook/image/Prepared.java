package dev.lookbook.image;

/**
 * What a network gets to see of a picture.
 *
 * @param side width and height in pixels
 * @param pixels {@code [side][side]} grey, the ground 0 and the lightest 255; shared, not to be changed
 * @param garmentFound false if nothing in the picture stood out: an answer must not be called sure then
 */
public record Prepared(int side, byte[] pixels, boolean garmentFound) {
    public Prepared {
        if (side < 1 || pixels.length != side * side) {
            throw new IllegalArgumentException(
                    "a prepared picture of side " + side + " cannot have " + pixels.length + " pixels");
        }
    }

    /** The pixels as a picture, to be looked at. */
    public Picture toPicture() {
        return Picture.grey(side, side, pixels);
    }
}
