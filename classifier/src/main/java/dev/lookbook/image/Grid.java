package dev.lookbook.image;

import java.util.Arrays;
import java.util.List;

/** Pictures of one size in rows and columns. */
final class Grid {

    private Grid() {}

    static Picture of(List<Picture> pictures, int columns, int factor, int gap, int ground) {
        if (pictures.isEmpty() || columns < 1 || factor < 1 || gap < 0 || ground < 0 || ground > 255) {
            throw new IllegalArgumentException("a grid needs pictures, columns and a factor of 1 or more, a gap of 0 or"
                    + " more and a ground of 0 to 255");
        }
        int cellWidth = pictures.get(0).width() * factor + gap;
        int cellHeight = pictures.get(0).height() * factor + gap;
        int rows = (pictures.size() + columns - 1) / columns;
        int width = Math.addExact(Math.multiplyExact(columns, cellWidth), gap);
        int height = Math.addExact(Math.multiplyExact(rows, cellHeight), gap);
        byte[] rgb = new byte[Math.multiplyExact(3, Math.multiplyExact(width, height))];
        Arrays.fill(rgb, (byte) ground);
        for (int i = 0; i < pictures.size(); i++) {
            int left = gap + i % columns * cellWidth;
            int top = gap + i / columns * cellHeight;
            draw(pictures.get(i), pictures.get(0), factor, rgb, 3 * (top * width + left), 3 * width);
        }
        return Picture.withoutNeedlessColour(width, height, rgb);
    }

    /** @param stride the length of a row of the target, in bytes */
    private static void draw(Picture picture, Picture first, int factor, byte[] target, int offset, int stride) {
        if (picture.width() != first.width() || picture.height() != first.height()) {
            throw new IllegalArgumentException("all pictures of a grid must be %d x %d pixels, but one is %d x %d"
                    .formatted(first.width(), first.height(), picture.width(), picture.height()));
        }
        for (int y = 0; y < picture.height(); y++) {
            int from = offset + y * factor * stride;
            for (int x = 0; x < picture.width() * factor; x++) {
                int rgb = picture.rgb(x / factor, y);
                int i = from + 3 * x;
                target[i] = (byte) (rgb >> 16);
                target[i + 1] = (byte) (rgb >> 8);
                target[i + 2] = (byte) rgb;
            }
            for (int again = 1; again < factor; again++) {
                System.arraycopy(target, from, target, from + again * stride, 3 * picture.width() * factor);
            }
        }
    }
}
