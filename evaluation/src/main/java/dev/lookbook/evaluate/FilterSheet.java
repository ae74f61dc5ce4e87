package dev.lookbook.evaluate;

import dev.lookbook.evaluate.Panels.Panel;
import dev.lookbook.explain.ColourScale;
import dev.lookbook.explain.PixelMap;
import dev.lookbook.image.Filter;
import dev.lookbook.image.Kernel;
import dev.lookbook.image.Picture;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/** One convolution, seen: the picture, the kernel, what the kernel answers and the filtered picture. */
public final class FilterSheet {
    private static final int SIDE = 336;
    private static final int MOST_WRITTEN = 5; // rows and columns of a kernel whose numbers fit into its cells

    private FilterSheet() {}

    /**
     * Draws the sheet.
     *
     * @param name of the kernel
     * @throws IOException if there are no fonts to write with
     */
    public static BufferedImage draw(Picture picture, Filter filter, String name, Picture filtered) throws IOException {
        Optional<String> problem = Charts.problem();
        if (problem.isPresent()) {
            throw new IOException(problem.get());
        }
        Kernel kernel = filter.kernel();
        List<Panel> panels = new ArrayList<>();
        String size = String.format(Locale.ROOT, "%,d x %,d pixels", picture.width(), picture.height());
        panels.add(new Panel(picture, "the picture", size, OptionalDouble.empty()));
        PixelMap weights = new PixelMap(kernel.height(), kernel.width(), floats(kernel.weights()));
        panels.add(new Panel(
                ColourScale.DIVERGING.picture(weights, weights.reach()),
                "kernel " + name,
                String.format(
                        Locale.ROOT, "%dx%d, adds up to %s", kernel.height(), kernel.width(), plain(kernel.sum())),
                OptionalDouble.of(weights.reach()),
                kernel.height() <= MOST_WRITTEN && kernel.width() <= MOST_WRITTEN
                        ? DoubleStream.of(kernel.weights())
                                .mapToObj(FilterSheet::plain)
                                .toList()
                        : List.of()));
        if (kernel.isSigned()) {
            panels.add(answers(picture, filter));
        }
        String how = String.format(
                Locale.ROOT,
                "%stimes %s, plus %s; cut off at 0 and 255",
                picture.isGrey() ? "" : "each colour: ",
                plain(filter.scale()),
                plain(filter.offset()));
        panels.add(new Panel(filtered, "the result", how, OptionalDouble.empty()));
        return Panels.draw("One convolution", panels, SIDE, Look.LIGHT);
    }

    /** What the kernel itself answers, with its sign; of a colour picture that of its grey. */
    private static Panel answers(Picture picture, Filter filter) {
        Picture grey = Picture.grey(picture.width(), picture.height(), picture.greyPixels());
        Filter bare = new Filter(filter.kernel(), filter.border(), 1, 0);
        PixelMap map = new PixelMap(picture.height(), picture.width(), floats(bare.answers(grey, 0)));
        return new Panel(
                ColourScale.DIVERGING.picture(map, map.reach()),
                "what it answers",
                picture.isGrey() ? "signed: zero is white" : "to the picture's grey; zero is white",
                OptionalDouble.of(map.reach()));
    }

    /** At most four digits after the point, and none that say nothing. */
    private static String plain(double value) {
        return BigDecimal.valueOf(value)
                .setScale(4, RoundingMode.HALF_UP)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static float[] floats(double[] values) {
        float[] floats = new float[values.length];
        for (int i = 0; i < floats.length; i++) {
            floats[i] = (float) values[i];
        }
        return floats;
    }
}
