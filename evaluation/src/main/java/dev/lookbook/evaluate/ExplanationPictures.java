package dev.lookbook.evaluate;

import dev.lookbook.evaluate.Panels.Panel;
import dev.lookbook.explain.ColourScale;
import dev.lookbook.explain.Explanation;
import dev.lookbook.explain.LayerView;
import dev.lookbook.explain.Neighbours;
import dev.lookbook.explain.Neighbours.Neighbour;
import dev.lookbook.image.Picture;
import dev.lookbook.image.Png;
import dev.lookbook.model.LayerType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** The pictures of an explanation, each as a PNG. */
final class ExplanationPictures {
    private static final int SIDE = 168;
    private static final int COLUMNS = 8;
    private static final int CELL = 56;
    private static final int FEW = 32; // of more maps each is drawn half as large: it is the size that takes time
    private static final int GREY = 128;

    private final ExplainedPicture explained;
    private final Explanation explanation;

    ExplanationPictures(ExplainedPicture explained) {
        this.explained = explained;
        this.explanation = explained.explanation();
    }

    /** Writes {@code prepared.png}, {@code decided.png}, {@code nearest.png} and a sheet for every layer with maps. */
    void write(Path folder) throws IOException {
        Picture prepared = explanation.prepared().toPicture();
        Png.write(folder.resolve("prepared.png"), Png.grid(List.of(prepared), 1, 10, 0, 0));
        if (Charts.problem().isEmpty()) {
            Png.write(folder.resolve("decided.png"), decided());
        }
        if (explanation.neighbours().isPresent()
                && !explained.trainingImages().isEmpty()
                && Charts.problem().isEmpty()) {
            Png.write(
                    folder.resolve("nearest.png"),
                    nearest(explanation.neighbours().get()));
        }
        writeLayers(Files.createDirectory(folder.resolve("layers")));
    }

    private void writeLayers(Path folder) throws IOException {
        int number = 0;
        for (LayerView view :
                explanation.stages().stream().flatMap(s -> s.layers().stream()).toList()) {
            number++;
            if (view.layer().hasMaps() && view.layer().type() != LayerType.PIXELS) {
                String name = String.format(
                        Locale.ROOT, "%02d-%s", number, view.layer().name().replace('/', '-'));
                Png.write(folder.resolve(name + ".png"), maps(view));
                boolean oneDeep = view.weights()
                        .map(weights -> weights.shape().get(1) == 1)
                        .orElse(false);
                if (oneDeep) {
                    Png.write(folder.resolve(name + "-kernels.png"), kernels(view));
                }
            }
        }
    }

    /** All maps of a layer on one scale: signed before the activation, grey after it. */
    private static Picture maps(LayerView view) {
        double reach = view.statistics().reach();
        ColourScale scale = view.statistics().smallest() < 0 ? ColourScale.DIVERGING : ColourScale.GREY;
        List<Picture> pictures = new ArrayList<>();
        for (int channel = 0; channel < view.channels(); channel++) {
            pictures.add(scale.picture(view.map(channel), reach));
        }
        return titled(view, pictures, "maps", new Legend(scale, reach));
    }

    private static Picture kernels(LayerView view) {
        float reach = 0;
        for (int channel = 0; channel < view.channels(); channel++) {
            reach = Math.max(reach, view.kernel(channel, 0).reach());
        }
        List<Picture> pictures = new ArrayList<>();
        for (int channel = 0; channel < view.channels(); channel++) {
            pictures.add(ColourScale.DIVERGING.picture(view.kernel(channel, 0), reach));
        }
        return titled(view, pictures, "kernels", new Legend(ColourScale.DIVERGING, reach));
    }

    private static Picture titled(LayerView view, List<Picture> pictures, String what, Legend legend) {
        Picture first = pictures.get(0);
        String title = String.format(
                Locale.ROOT,
                "%s: %d %s of %d x %d",
                view.layer().name(),
                pictures.size(),
                what,
                first.height(),
                first.width());
        int cell = pictures.size() <= FEW ? CELL : CELL / 2;
        Picture grid = Png.grid(pictures, COLUMNS, Math.max(1, cell / first.width()), 4, GREY);
        return TitledGrid.of(grid, title, "numbered from 0, row by row", Optional.of(legend));
    }

    private BufferedImage decided() {
        String label = explanation.prediction().label();
        List<Panel> panels = new ArrayList<>();
        Picture prepared = explanation.prepared().toPicture();
        String size = String.format(Locale.ROOT, "%d x %d pixels", prepared.width(), prepared.height());
        panels.add(new Panel(prepared, "as the network gets it", size, OptionalDouble.empty()));
        double reach = explanation.maps().label().reach();
        panels.add(new Panel(
                PageMaps.signed(explanation.maps().label(), reach),
                "what speaks for " + label,
                "fall of ln p when covered",
                OptionalDouble.of(reach)));
        double rather = explanation.maps().rather().reach();
        panels.add(new Panel(
                PageMaps.signed(explanation.maps().rather(), rather),
                "rather than " + explanation.runnerUp(),
                "the same, compared",
                OptionalDouble.of(rather)));
        String title = String.format(
                Locale.ROOT,
                "%s: %s %.1f%%",
                explained.shortName(),
                label,
                100 * explanation.prediction().confidence());
        return Panels.draw(title, panels, SIDE, Look.LIGHT);
    }

    private BufferedImage nearest(Neighbours neighbours) {
        String label = explanation.prediction().label();
        List<PictureGrid.Cell> cells = new ArrayList<>();
        for (Neighbour one : neighbours.nearest()) {
            cells.add(new PictureGrid.Cell(
                    explained.trainingImages().get(one.image()).toImage(),
                    one.label(),
                    String.format(Locale.ROOT, "%.3f", one.similarity()),
                    one.label().equals(label)));
        }
        return PictureGrid.draw(
                "The nearest of " + neighbours.data(), "by cosine of the features", cells, 5, Look.LIGHT);
    }
}
