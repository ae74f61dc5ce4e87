package dev.lookbook.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.file.Path;
import java.util.Objects;

/**
 * A decoded picture: 8 bits per channel, sRGB, row-major from the top left, no transparency. Immutable and so
 * thread-safe.
 *
 * <p>A picture without any colour is kept as grey, whatever the file called it: {@link #isGrey()} tells.
 */
public final class Picture {

    /** The most pixels that are read; a file that claims more is refused before anything is decoded. */
    public static final int MAX_PIXELS = 50_000_000;

    private final int width;
    private final int height;
    /** {@code [height][width]} when grey, else {@code [height][width][3]} as red, green, blue. Never changed. */
    private final byte[] samples;

    /** Takes the array as its own. */
    Picture(int width, int height, byte[] samples) {
        this.width = width;
        this.height = height;
        this.samples = samples;
    }

    /**
     * Reads a PNG, JPEG (CMYK too), GIF (its first frame), BMP or WebP file. The content decides, not the extension;
     * the orientation that a camera noted is applied; transparency is laid over white.
     *
     * @throws PictureException if the file is missing, unreadable, empty, not such a picture, cut off or damaged, or
     *     has more than {@link #MAX_PIXELS} pixels
     */
    public static Picture read(Path file) throws PictureException {
        return PictureReader.read(PictureFile.bytes(file), file.toString(), MAX_PIXELS);
    }

    /**
     * Reads the bytes of a picture file, as {@link #read(Path)} does.
     *
     * @param name what error messages call this picture
     */
    public static Picture read(byte[] bytes, String name) throws PictureException {
        return read(bytes, name, MAX_PIXELS);
    }

    /**
     * Reads the bytes of a picture file, unless it claims more pixels than the caller has memory for.
     *
     * @param name what error messages call this picture
     * @param mostPixels from 1 to {@link #MAX_PIXELS}; a file that claims more is refused before anything is decoded
     */
    public static Picture read(byte[] bytes, String name, int mostPixels) throws PictureException {
        Objects.requireNonNull(name, "name");
        if (mostPixels < 1 || mostPixels > MAX_PIXELS) {
            throw new IllegalArgumentException(
                    "mostPixels must be from 1 to " + MAX_PIXELS + ", but was " + mostPixels);
        }
        return PictureReader.read(bytes, name, mostPixels);
    }

    /** Copies an image, with its transparency laid over white. */
    public static Picture of(BufferedImage image) {
        return Flattening.flatten(image, Orientation.UPRIGHT);
    }

    /**
     * A grey picture of a copy of these pixels, 0 black to 255 white.
     *
     * @param pixels {@code [height][width]}
     */
    public static Picture grey(int width, int height, byte[] pixels) {
        requireSize(width, height, 1, pixels);
        return new Picture(width, height, pixels.clone());
    }

    /**
     * A colour picture of a copy of these pixels.
     *
     * @param pixels {@code [height][width][3]}: red, green, blue
     */
    public static Picture colour(int width, int height, byte[] pixels) {
        requireSize(width, height, 3, pixels);
        return withoutNeedlessColour(width, height, pixels.clone());
    }

    /** Takes the array as its own: {@code [height][width][3]}. */
    static Picture withoutNeedlessColour(int width, int height, byte[] rgb) {
        for (int i = 0; i < rgb.length; i += 3) {
            if (rgb[i] != rgb[i + 1] || rgb[i] != rgb[i + 2]) {
                return new Picture(width, height, rgb);
            }
        }
        byte[] grey = new byte[rgb.length / 3];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = rgb[3 * i];
        }
        return new Picture(width, height, grey);
    }

    private static void requireSize(int width, int height, int channels, byte[] pixels) {
        if (width < 1 || height < 1 || (long) width * height * channels != pixels.length) {
            throw new IllegalArgumentException("a picture of " + width + " x " + height + " pixels and " + channels
                    + " channels cannot have " + pixels.length + " values");
        }
    }

    public int width() {
        return width;
    }

    public int height() {
        return height;
    }

    /** Whether red, green and blue are equal in every pixel. */
    public boolean isGrey() {
        return samples.length == width * height;
    }

    /** The colour of a pixel as {@code 0xRRGGBB}. */
    public int rgb(int x, int y) {
        int i = Objects.checkIndex(y, height) * width + Objects.checkIndex(x, width);
        if (isGrey()) {
            return (samples[i] & 0xFF) * 0x010101;
        }
        return (samples[3 * i] & 0xFF) << 16 | (samples[3 * i + 1] & 0xFF) << 8 | samples[3 * i + 2] & 0xFF;
    }

    /** A copy of the pixels as grey, {@code [height][width]}, 0 black to 255 white; colours by ITU-R BT.601. */
    public byte[] greyPixels() {
        if (isGrey()) {
            return samples.clone();
        }
        byte[] grey = new byte[width * height];
        for (int i = 0; i < grey.length; i++) {
            int red = samples[3 * i] & 0xFF;
            int green = samples[3 * i + 1] & 0xFF;
            int blue = samples[3 * i + 2] & 0xFF;
            grey[i] = (byte) ((299 * red + 587 * green + 114 * blue + 500) / 1000);
        }
        return grey;
    }

    /** A copy: {@code TYPE_BYTE_GRAY} if grey, else {@code TYPE_3BYTE_BGR}. */
    public BufferedImage toImage() {
        int type = isGrey() ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
        BufferedImage image = new BufferedImage(width, height, type);
        byte[] target = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        if (isGrey()) {
            System.arraycopy(samples, 0, target, 0, samples.length);
            return image;
        }
        for (int i = 0; i < samples.length; i += 3) {
            target[i] = samples[i + 2];
            target[i + 1] = samples[i + 1];
            target[i + 2] = samples[i];
        }
        return image;
    }

    /** The pixels themselves, not to be changed: see the field. */
    byte[] samples() {
        return samples;
    }
}
