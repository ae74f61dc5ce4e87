package dev.lookbook.evaluate;

import static dev.lookbook.evaluate.Html.number;

import dev.lookbook.explain.ColourScale;
import dev.lookbook.explain.PixelMap;
import dev.lookbook.explain.ReceptiveField;
import dev.lookbook.image.Picture;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Maps and pictures of the page, and the legends of their colours. */
final class PageMaps {
    private static final int LEGEND_STEPS = 8; // on each side of zero

    private PageMaps() {}

    /** @param kind a class of the style sheet, which says how large it is shown */
    static Html image(Picture picture, String kind, String description) {
        return Html.of(
                "<img class=\"{}\" src=\"{}\" alt=\"{}\" title=\"{}\">",
                kind,
                Html.picture(picture),
                description,
                description);
    }

    /** One of a group that has a name: readers hear that name once, and not that of every picture. */
    static Html part(Picture picture, String kind, String description) {
        return Html.of("<img class=\"{}\" src=\"{}\" alt=\"\" title=\"{}\">", kind, Html.picture(picture), description);
    }

    static Html figure(Picture picture, String kind, String name, String note) {
        return Html.of(
                "<figure>{}<figcaption>{}{}</figcaption></figure>",
                image(picture, kind, name),
                name,
                note.isEmpty() ? Html.NOTHING : Html.of("<small>{}</small>", note));
    }

    /** How much of a picture of this side a place of a map sees. */
    static String sees(ReceptiveField field, int side) {
        return field.size() >= side
                ? "most or all of the picture"
                : number("%d x %d pixels of the picture", field.size(), field.size());
    }

    /** A number below, at and above zero in the colours of signed maps. */
    static Html signedLegend(double reach) {
        String colours = IntStream.rangeClosed(-LEGEND_STEPS, LEGEND_STEPS)
                .mapToObj(i -> number("#%06x", ColourScale.DIVERGING.rgb(i, LEGEND_STEPS)))
                .collect(Collectors.joining(","));
        return legend(colours, number("%.3g", -reach), "0", number("+%.3g", reach));
    }

    static Html greyLegend(double reach) {
        return legend("#000,#fff", "0", "", number("%.3g", reach));
    }

    private static Html legend(String colours, String left, String middle, String right) {
        return Html.of(
                "<div class=\"legend\"><i style=\"background:linear-gradient(to right,{})\"></i>"
                        + "<span>{}</span><span>{}</span><span>{}</span></div>",
                colours,
                left,
                middle,
                right);
    }

    static Picture signed(PixelMap map, double reach) {
        return ColourScale.DIVERGING.picture(map, reach);
    }

    static Picture grey(PixelMap map, double reach) {
        return ColourScale.GREY.picture(map, reach);
    }

    /** The picture, at most so many pixels wide and high. */
    static Picture shrunk(Picture picture, int most) {
        int longest = Math.max(picture.width(), picture.height());
        if (longest <= most) {
            return picture;
        }
        BufferedImage source = picture.toImage();
        // Halving first: Java's bilinear scaling looks at four pixels only, whatever it skips.
        while (Math.max(source.getWidth(), source.getHeight()) >= 2 * most) {
            source = scaled(source, source.getWidth() / 2, source.getHeight() / 2);
        }
        double factor = most / (double) Math.max(source.getWidth(), source.getHeight());
        return Picture.of(scaled(
                source, (int) Math.round(source.getWidth() * factor), (int) Math.round(source.getHeight() * factor)));
    }

    private static BufferedImage scaled(BufferedImage source, int width, int height) {
        BufferedImage target = new BufferedImage(Math.max(1, width), Math.max(1, height), BufferedImage.TYPE_INT_RGB);
        Graphics2D pen = target.createGraphics();
        pen.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        pen.drawImage(source, 0, 0, target.getWidth(), target.getHeight(), null);
        pen.dispose();
        return target;
    }
}
