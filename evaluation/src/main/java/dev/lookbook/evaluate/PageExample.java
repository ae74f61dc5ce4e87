package dev.lookbook.evaluate;

import static dev.lookbook.evaluate.Html.number;

import dev.lookbook.explain.ColourScale;
import dev.lookbook.explain.Explanation;
import dev.lookbook.explain.LayerView;
import dev.lookbook.explain.PixelMap;
import dev.lookbook.explain.ReceptiveField;
import dev.lookbook.explain.Stage;
import dev.lookbook.image.Prepared;
import dev.lookbook.model.LayerType;
import java.awt.Color;
import java.util.stream.IntStream;

/** One sum of the first convolution, worked out in numbers: where its strongest answer is. */
final class PageExample {
    private PageExample() {}

    static Html of(Explanation explanation) {
        Stage pixels = explanation.stages().get(0);
        return explanation.stages().stream()
                .filter(stage -> stage.isConvolution()
                        && explanation.looksAtPixels(stage)
                        && !explanation.isMirrored(stage.member()))
                .filter(stage -> pixels.first().channels() == 1)
                .findFirst()
                .map(stage -> example(stage, pixels.first().map(0), explanation.prepared()))
                .orElse(Html.NOTHING);
    }

    private static Html example(Stage stage, PixelMap pixels, Prepared prepared) {
        LayerView layer = stage.first();
        int channel = strongest(layer);
        PixelMap map = layer.map(channel);
        PixelMap kernel = layer.kernel(channel, 0);
        ReceptiveField field = layer.field().orElseThrow();
        int top = field.top(map.peak() / map.width());
        int left = field.left(map.peak() % map.width(), pixels.width());
        PixelMap patch = patch(pixels, top, left, kernel);
        double bias = layer.weights().orElseThrow().bias()[channel];
        double sum = 0;
        for (int i = 0; i < kernel.values().length; i++) {
            sum += kernel.values()[i] * patch.values()[i];
        }
        return Html.of(
                """
                <div class="example">
                <figure>{}<figcaption>the pixels, scaled<small>row {}, column {} and on</small></figcaption></figure>
                <b>×</b>
                <figure>{}<figcaption>kernel {}<small>of {}</small></figcaption></figure>
                <b>=</b>
                <p>The products add up to {}; with the bias, {}, that is <b>{}</b>: the strongest answer of all {} kernels to
                this picture.{}{}</p>
                </div>""",
                table(patch, ColourScale.GREY),
                top,
                left,
                table(kernel, ColourScale.DIVERGING),
                channel,
                layer.layer().name(),
                number("%.3f", sum),
                number("%.3f", bias),
                number("%.3f", map.at(map.peak() / map.width(), map.peak() % map.width())),
                layer.channels(),
                stage.find(LayerType.RELU).isEmpty()
                        ? ""
                        : map.largest() > 0
                                ? " It is above zero, so ReLU leaves it as it is."
                                : " It is not above zero: ReLU makes it 0.",
                scaled(pixels, prepared));
    }

    /** What the network makes of a grey value before anything else. */
    private static String scaled(PixelMap pixels, Prepared prepared) {
        int brightest = 0;
        for (int i = 1; i < prepared.pixels().length; i++) {
            brightest = (prepared.pixels()[i] & 0xFF) > (prepared.pixels()[brightest] & 0xFF) ? i : brightest;
        }
        return number(
                " The network scales its pixels first: the brightest, %d, becomes %.2f.",
                prepared.pixels()[brightest] & 0xFF, pixels.values()[brightest]);
    }

    private static int strongest(LayerView layer) {
        int strongest = 0;
        for (int channel = 1; channel < layer.channels(); channel++) {
            if (layer.map(channel).largest() > layer.map(strongest).largest()) {
                strongest = channel;
            }
        }
        return strongest;
    }

    /** What lies under the kernel; 0 beyond the picture. */
    private static PixelMap patch(PixelMap pixels, int top, int left, PixelMap kernel) {
        float[] values = new float[kernel.values().length];
        for (int i = 0; i < values.length; i++) {
            int y = top + i / kernel.width();
            int x = left + i % kernel.width();
            boolean inside = y >= 0 && y < pixels.height() && x >= 0 && x < pixels.width();
            values[i] = inside ? pixels.at(y, x) : 0;
        }
        return new PixelMap(kernel.height(), kernel.width(), values);
    }

    private static Html table(PixelMap map, ColourScale scale) {
        return Html.of(
                "<table class=\"numbers\"><tbody>{}</tbody></table>",
                Html.each(
                        IntStream.range(0, map.height()).boxed().toList(),
                        row -> Html.of(
                                "<tr>{}</tr>",
                                Html.each(
                                        IntStream.range(0, map.width()).boxed().toList(),
                                        column -> cell(map.at(row, column), map.reach(), scale)))));
    }

    private static Html cell(float value, float reach, ColourScale scale) {
        Color ground = new Color(scale.rgb(value, reach));
        return Html.of(
                "<td style=\"background:{};color:{}\">{}</td>",
                number("#%06x", ground.getRGB() & 0xFFFFFF),
                number("#%06x", Look.readableOn(ground).getRGB() & 0xFFFFFF),
                number("%.2f", value));
    }
}
