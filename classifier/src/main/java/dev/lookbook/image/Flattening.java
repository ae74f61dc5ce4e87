package dev.lookbook.image;

import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;

/** Brings an image of any kind to 8 bits per channel, sRGB or grey, upright, transparency laid over white. */
final class Flattening {

    private Flattening() {}

    static Picture flatten(BufferedImage image, Orientation orientation) {
        BufferedImage source = inSrgb(image);
        int channels = hasPlainSamples(source) ? source.getRaster().getNumBands() : 0;
        return channels == 1 || channels == 2 ? grey(source, orientation) : colour(source, orientation);
    }

    /** Samples are read as they are: Java would take grey ones for linear light and make them lighter. */
    private static Picture grey(BufferedImage image, Orientation orientation) {
        int width = image.getWidth();
        int height = image.getHeight();
        int bands = image.getRaster().getNumBands();
        int full = (1 << image.getColorModel().getComponentSize(0)) - 1;
        byte[] target = new byte[width * height];
        int[] row = new int[width * bands];
        for (int y = 0; y < height; y++) {
            image.getRaster().getPixels(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                int grey = toByte(row[x * bands], full);
                int alpha = bands == 2 ? toByte(row[x * bands + 1], full) : 255;
                target[orientation.target(x, y, width, height)] = (byte) overWhite(grey, alpha);
            }
        }
        return orientation.swapsAxes() ? new Picture(height, width, target) : new Picture(width, height, target);
    }

    private static Picture colour(BufferedImage image, Orientation orientation) {
        int width = image.getWidth();
        int height = image.getHeight();
        byte[] target = new byte[3 * width * height];
        int[] row = new int[width];
        RowReader rows = image.getType() == BufferedImage.TYPE_INT_RGB
                ? packedRows(image)
                : hasPlainSamples(image) ? plainRows(image) : y -> image.getRGB(0, y, width, 1, row, 0, width);
        for (int y = 0; y < height; y++) {
            int[] argb = rows.argb(y);
            for (int x = 0; x < width; x++) {
                int i = 3 * orientation.target(x, y, width, height);
                int alpha = argb[x] >>> 24;
                target[i] = (byte) overWhite(argb[x] >> 16 & 0xFF, alpha);
                target[i + 1] = (byte) overWhite(argb[x] >> 8 & 0xFF, alpha);
                target[i + 2] = (byte) overWhite(argb[x] & 0xFF, alpha);
            }
        }
        return orientation.swapsAxes()
                ? Picture.withoutNeedlessColour(height, width, target)
                : Picture.withoutNeedlessColour(width, height, target);
    }

    @FunctionalInterface
    private interface RowReader {
        int[] argb(int y);
    }

    /** Of a picture that was drawn here: the numbers are there as they are wanted. */
    private static RowReader packedRows(BufferedImage image) {
        int width = image.getWidth();
        int[] row = new int[width];
        return y -> {
            image.getRaster().getDataElements(0, y, width, 1, row);
            for (int x = 0; x < width; x++) {
                row[x] |= 0xFF000000;
            }
            return row;
        };
    }

    /** Several times faster than {@code getRGB}, which asks the colour model about every pixel. */
    private static RowReader plainRows(BufferedImage image) {
        int width = image.getWidth();
        int bands = image.getRaster().getNumBands();
        int full = (1 << image.getColorModel().getComponentSize(0)) - 1;
        int[] samples = new int[width * bands];
        int[] row = new int[width];
        return y -> {
            image.getRaster().getPixels(0, y, width, 1, samples);
            for (int x = 0, i = 0; x < width; x++, i += bands) {
                int alpha = bands == 4 ? toByte(samples[i + 3], full) : 255;
                row[x] = alpha << 24
                        | toByte(samples[i], full) << 16
                        | toByte(samples[i + 1], full) << 8
                        | toByte(samples[i + 2], full);
            }
            return row;
        };
    }

    /** Whether the raster holds grey or sRGB values of 8 or 16 bits as they are, perhaps with alpha last. */
    private static boolean hasPlainSamples(BufferedImage image) {
        ColorModel model = image.getColorModel();
        int type = model.getTransferType();
        return model instanceof ComponentColorModel
                && !model.isAlphaPremultiplied()
                && (type == DataBuffer.TYPE_BYTE || type == DataBuffer.TYPE_USHORT);
    }

    /** Photos in another colour space (AdobeRGB, Display P3) are converted as a whole: pixel by pixel is slow. */
    private static BufferedImage inSrgb(BufferedImage image) {
        ColorModel model = image.getColorModel();
        ColorSpace space = model.getColorSpace();
        if (model instanceof IndexColorModel || space.isCS_sRGB() || space.getType() == ColorSpace.TYPE_GRAY) {
            return image;
        }
        int type = model.hasAlpha() ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        BufferedImage converted = new BufferedImage(image.getWidth(), image.getHeight(), type);
        try {
            return new ColorConvertOp(null).filter(image, converted);
        } catch (CMMException e) {
            return image; // a broken colour profile: its values are still near enough
        }
    }

    private static int toByte(int sample, int full) {
        return full == 255 ? sample : (sample * 255 + full / 2) / full;
    }

    private static int overWhite(int value, int alpha) {
        return alpha == 255 ? value : (value * alpha + 255 * (255 - alpha) + 127) / 255;
    }
}
