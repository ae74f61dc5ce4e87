package dev.lookbook.evaluate;

import dev.lookbook.image.Picture;
import dev.lookbook.image.Png;
import java.awt.image.BufferedImage;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A piece of HTML. Text gets in through {@link #of} only, and escaped: class names come from strangers' folders. */
public record Html(String markup) {
    public static final Html NOTHING = new Html("");

    /** Puts values into the places marked {@code {}}: pieces of HTML as they are, everything else as text. */
    public static Html of(String template, Object... values) {
        StringBuilder result = new StringBuilder();
        int from = 0;
        for (Object value : values) {
            int place = template.indexOf("{}", from);
            if (place < 0) {
                throw new IllegalArgumentException(values.length + " values are too many for " + template);
            }
            result.append(template, from, place);
            result.append(value instanceof Html html ? html.markup : escape(String.valueOf(value)));
            from = place + 2;
        }
        return new Html(result.append(template.substring(from)).toString());
    }

    public static <T> Html each(List<T> items, Function<T, Html> item) {
        return new Html(items.stream().map(item).map(Html::markup).collect(Collectors.joining("\n")));
    }

    public static Html join(Html... pieces) {
        return each(List.of(pieces), piece -> piece);
    }

    /** The address of a picture that lies in the page itself. */
    static Html picture(Picture picture) {
        return address(Png.bytes(picture));
    }

    /** The address of an image that lies in the page itself. */
    public static Html picture(BufferedImage image) {
        return address(Png.bytes(image));
    }

    private static Html address(byte[] png) {
        return new Html("data:image/png;base64," + Base64.getEncoder().encodeToString(png));
    }

    /** A number in the style of {@link String#format}, in English whatever the computer's language. */
    public static String number(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }

    public static String percent(double share) {
        return percent(share, 1);
    }

    /** What is less than all never reads as 100%. */
    public static String percent(double share, int decimals) {
        String rounded = number("%." + decimals + "f", 100 * share);
        boolean isOverstated = share < 1 && Double.parseDouble(rounded) == 100;
        return isOverstated ? ">99" + (decimals == 0 ? "" : "." + "9".repeat(decimals)) + "%" : rounded + "%";
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }
}
