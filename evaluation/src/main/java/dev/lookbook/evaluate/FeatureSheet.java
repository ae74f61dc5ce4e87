package dev.lookbook.evaluate;

import static dev.lookbook.evaluate.Html.number;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.WholeFile;
import dev.lookbook.explain.LayerFeatures;
import dev.lookbook.explain.LayerFeatures.Excitation;
import dev.lookbook.explain.LayerFeatures.Feature;
import dev.lookbook.explain.ReceptiveField;
import dev.lookbook.image.Picture;
import dev.lookbook.image.Png;
import dev.lookbook.model.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the features of a model look for: a page, and a picture for each layer. */
public final class FeatureSheet {
    /** Patches of a filter, in three rows. */
    public static final int PATCHES = 9;

    private static final int BEYOND = 70; // the grey of what a field sees beyond the picture
    private static final int GAP = 90;
    private static final int COLUMNS = 8;

    private final ModelFile model;
    private final LabelledImages images;
    private final String data;

    /** @param data what the images are, such as {@code fashion-mnist test} */
    public FeatureSheet(ModelFile model, LabelledImages images, String data) {
        this.model = model;
        this.images = images;
        this.data = data;
    }

    /** Writes {@code features.html} and a PNG for each layer into a folder that exists. */
    public void write(Path folder, List<LayerFeatures> layers) throws IOException {
        WholeFile.write(folder.resolve("features.html"), html(layers));
        for (LayerFeatures layer : layers) {
            List<Picture> sheets = layer.features().stream()
                    .map(feature -> sheet(layer, feature))
                    .toList();
            String name = layer.layer().name().replace('/', '-');
            String title = "What excites " + layer.layer().name();
            String note = number(
                    "%d %s, %d patches each; numbered from 0, row by row",
                    sheets.size(), layer.layer().hasMaps() ? "filters" : "neurons", PATCHES);
            Picture grid = Png.grid(sheets, COLUMNS, 1, 6, 255);
            Png.write(folder.resolve("features-" + name + ".png"), TitledGrid.of(grid, title, note, Optional.empty()));
        }
    }

    String html(List<LayerFeatures> layers) {
        String title = number("What the features of %s look for", model.info().name());
        Html none = layers.isEmpty()
                ? Html.of(
                        "<p class=\"warning\">This network has no features behind its first layer: nothing to search.</p>")
                : Html.NOTHING;
        Html body = Html.of(
                """
                <header>
                <h1>Model {}, version {}</h1>
                <p class="headline">What its features look for</p>
                <p>For each filter behind the first convolution, and for each hidden neuron, the {} patches of {} ({} pictures)
                that excite it most, strongest first; one of each picture at most. The patch is what the filter sees: its
                receptive field; what of it lies beyond the picture is dark grey, and a lighter grey square stands where fewer
                pictures excite the filter. Below: the filter's number, its strongest answer, and the class that most of the
                pictures belong to.</p>
                </header>
                {}
                {}
                <footer>Model {}, content {}.</footer>""",
                model.info().name(),
                model.info().version(),
                PATCHES,
                data,
                number("%,d", images.count()),
                none,
                Html.each(layers, this::section),
                model.info().name(),
                model.contentSha256().substring(0, 12));
        return PageFrame.html(title, body, "report.css", "explain.css");
    }

    private Html section(LayerFeatures layer) {
        long silent = layer.features().stream()
                .filter(feature -> feature.strongest().isEmpty())
                .count();
        String sees = layer.field()
                .map(field -> field.size() >= images.width()
                        ? "each place sees most or all of the picture"
                        : number("each place sees %dx%d pixels", field.size(), field.size()))
                .orElse("each sees the whole picture");
        return Html.of(
                """
                <section>
                <h2>{}</h2>
                <p>{} {}; {}.{}</p>
                <div class="patches">
                {}
                </div>
                </section>""",
                layer.layer().name(),
                layer.features().size(),
                layer.layer().hasMaps() ? "filters" : "neurons",
                sees,
                silent == 0 ? "" : number(" %d of them answer none of the pictures.", silent),
                Html.each(layer.features(), feature -> figure(layer, feature)));
    }

    private Html figure(LayerFeatures layer, Feature feature) {
        String name = layer.layer().name() + " " + feature.channel();
        if (feature.strongest().isEmpty()) {
            return Html.of(
                    "<figure><div class=\"missing\">silent</div><figcaption><b>{}</b></figcaption></figure>",
                    feature.channel());
        }
        return Html.of(
                "<figure>{}<figcaption><b>{}</b> {}<small>{}</small></figcaption></figure>",
                PageMaps.image(sheet(layer, feature), "", "what excites " + name),
                feature.channel(),
                number("%.1f", feature.strongest().get(0).activation()),
                mostly(feature));
    }

    private String mostly(Feature feature) {
        int[] counts = new int[images.labels().size()];
        int most = 0;
        for (Excitation one : feature.strongest()) {
            int label = images.label(one.image());
            counts[label]++;
            most = counts[label] > counts[most] ? label : most;
        }
        return number(
                "%s %d of %d",
                images.labels().get(most), counts[most], feature.strongest().size());
    }

    /** Three by three patches. */
    private Picture sheet(LayerFeatures layer, Feature feature) {
        List<Picture> patches = new ArrayList<>();
        for (Excitation one : feature.strongest()) {
            patches.add(patch(layer, one));
        }
        int side = side(layer);
        while (patches.size() < PATCHES) {
            byte[] empty = new byte[side * side];
            Arrays.fill(empty, (byte) GAP);
            patches.add(Picture.grey(side, side, empty));
        }
        return Png.grid(patches, 3, Math.max(1, 36 / side), 1, GAP);
    }

    private int side(LayerFeatures layer) {
        int whole = Math.max(images.width(), images.height());
        return layer.field().map(field -> Math.min(whole, field.size())).orElse(whole);
    }

    /** What a place sees of its image; the whole image if it sees that and more. */
    private Picture patch(LayerFeatures layer, Excitation one) {
        byte[] image = images.pixels(one.image());
        int side = side(layer);
        int top = 0;
        int left = 0;
        if (layer.field().isPresent() && layer.field().get().size() == side) {
            ReceptiveField field = layer.field().get();
            top = field.top(one.row());
            left = field.left(one.column(), images.width());
        }
        byte[] patch = new byte[side * side];
        for (int i = 0; i < patch.length; i++) {
            int y = top + i / side;
            int x = left + i % side;
            boolean inside = y >= 0 && y < images.height() && x >= 0 && x < images.width();
            patch[i] = inside ? image[y * images.width() + x] : (byte) BEYOND;
        }
        return Picture.grey(side, side, patch);
    }
}
