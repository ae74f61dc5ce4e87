package dev.lookbook.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.IndexColorModel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * An image of few colours as numbers into a list of these colours: nothing is lost, the file is smaller, and Java's writer
 * of PNG is several times faster, because it tries no filters.
 */
final class Palette {

    private static final int MOST_COLOURS = 256;
    private static final int WORTH_IT = 16_384; // pixels of a grey image, which is small as it is

    private Palette() {}

    /** The image itself if it has too many colours, is transparent or has a palette already. */
    static BufferedImage reduced(BufferedImage image) {
        boolean grey = image.getType() == BufferedImage.TYPE_BYTE_GRAY;
        boolean colour =
                image.getType() == BufferedImage.TYPE_INT_RGB || image.getType() == BufferedImage.TYPE_3BYTE_BGR;
        boolean whole = image.getRaster().getParent() == null; // no part of a larger image
        if (!whole || !colour && !(grey && image.getWidth() * image.getHeight() >= WORTH_IT)) {
            return image;
        }
        return grey ? ofGrey(image) : ofColour(image);
    }

    /** Java takes grey values for linear light when asked for their colour, so they are read as they are. */
    private static BufferedImage ofGrey(BufferedImage image) {
        byte[] ramp = new byte[MOST_COLOURS];
        for (int i = 0; i < ramp.length; i++) {
            ramp[i] = (byte) i;
        }
        BufferedImage reduced = indexed(image, new IndexColorModel(8, MOST_COLOURS, ramp, ramp, ramp));
        image.getRaster().getDataElements(0, 0, image.getWidth(), image.getHeight(), pixels(reduced));
        return reduced;
    }

    private static BufferedImage ofColour(BufferedImage image) {
        DataBuffer buffer = image.getRaster().getDataBuffer(); // asking the image for its colours is ten times slower
        byte[] bytes = buffer instanceof DataBufferByte data ? data.getData() : new byte[0];
        int[] ints = buffer instanceof DataBufferInt data ? data.getData() : new int[0];
        byte[] numbers = new byte[image.getWidth() * image.getHeight()];
        int[] colours = new int[MOST_COLOURS];
        Map<Integer, Integer> known = new HashMap<>();
        int last = -1;
        for (int i = 0; i < numbers.length; i++) {
            int rgb = ints.length > 0
                    ? ints[i] & 0xFFFFFF
                    : (bytes[3 * i + 2] & 0xFF) << 16 | (bytes[3 * i + 1] & 0xFF) << 8 | bytes[3 * i] & 0xFF;
            if (last < 0 || colours[last] != rgb) {
                Integer found = known.get(rgb);
                if (found == null && known.size() == MOST_COLOURS) {
                    return image;
                }
                last = found == null ? known.size() : found;
                known.put(rgb, last);
                colours[last] = rgb;
            }
            numbers[i] = (byte) last;
        }
        int[] used = Arrays.copyOf(colours, known.size());
        BufferedImage reduced =
                indexed(image, new IndexColorModel(8, used.length, used, 0, false, -1, DataBuffer.TYPE_BYTE));
        System.arraycopy(numbers, 0, pixels(reduced), 0, numbers.length);
        return reduced;
    }

    private static BufferedImage indexed(BufferedImage image, IndexColorModel colours) {
        return new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_BYTE_INDEXED, colours);
    }

    private static byte[] pixels(BufferedImage image) {
        return ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
    }
}
