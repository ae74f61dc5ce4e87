package dev.lookbook.image;

/**
 * A garment cut out of a photo.
 *
 * @param mask where it is
 * @param intensity {@code [height][width]}, 0 to 1 as the network is to see it, 0 outside the mask
 * @param isCertain false if nothing stood out from its surroundings, and the mask is a guess
 */
record Garment(Mask mask, float[] intensity, boolean isCertain) {}
