package dev.lookbook.explain;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What the features add to the logits of the answer and of the runner-up. The last layer is a weighted sum, so a
 * feature's share of a logit is exactly its activation times its weight.
 *
 * @param member the view or member of the network; empty if there is one only
 * @param head the layer that weighs, and {@code source} the layer whose values it weighs
 * @param bias what the head adds to the logits of the answer and of the runner-up whatever it sees
 * @param runnerUpBias see {@code bias}
 * @param features one for each value of {@code source}, in its order
 * @param grid height and width of the maps whose largest values the features are; empty if they are something else
 * @param field what one cell of the grid sees of the picture; empty without a grid
 */
public record Evidence(
        String member,
        String head,
        String source,
        float bias,
        float runnerUpBias,
        List<Feature> features,
        Optional<Grid> grid,
        Optional<ReceptiveField> field) {

    public Evidence {
        features = List.copyOf(features);
    }

    /** Height and width in cells. */
    public record Grid(int height, int width) {}

    /**
     * One value and what it adds.
     *
     * @param index in the source
     * @param label what it adds to the answer's logit
     * @param runnerUp what it adds to the runner-up's
     * @param cell where in the member's own map its largest value lies, counted row by row (if {@link #field} is mirrored,
     *     from the picture's right); -1 without a grid
     */
    public record Feature(int index, float activation, float label, float runnerUp, int cell) {
        /** What speaks for the answer rather than for the runner-up; below 0 for the runner-up. */
        public float rather() {
            return label - runnerUp;
        }
    }

    /** The features with the largest activations, largest first. */
    public List<Feature> mostActive(int count) {
        return features.stream()
                .sorted(Comparator.comparingDouble(feature -> -feature.activation()))
                .limit(count)
                .toList();
    }

    /** The features that speak most for the answer rather than for the runner-up. */
    public List<Feature> forLabel(int count) {
        return features.stream()
                .filter(feature -> feature.rather() > 0)
                .sorted(Comparator.comparingDouble(feature -> -feature.rather()))
                .limit(count)
                .toList();
    }

    /** The features that speak most for the runner-up. */
    public List<Feature> forRunnerUp(int count) {
        return features.stream()
                .filter(feature -> feature.rather() < 0)
                .sorted(Comparator.comparingDouble(Feature::rather))
                .limit(count)
                .toList();
    }

    /**
     * What the features add to the answer's logit, gathered in the cells where they were found. As coarse as the grid:
     * a cell sees {@link #field} pixels a side. Left and right are those of the picture, also of a mirrored member.
     */
    public Optional<PixelMap> labelMap() {
        return gathered(false);
    }

    /** The same for the answer rather than the runner-up. */
    public Optional<PixelMap> ratherMap() {
        return gathered(true);
    }

    /** A member that sees the picture mirrored counts its cells from the picture's right. */
    private int inPicture(int cell, Grid cells) {
        int column = cell % cells.width();
        boolean mirrored = field.map(ReceptiveField::mirrored).orElse(false);
        return mirrored ? cell - column + cells.width() - 1 - column : cell;
    }

    private Optional<PixelMap> gathered(boolean rather) {
        return grid.map(cells -> {
            float[] sums = new float[cells.height() * cells.width()];
            for (Feature feature : features) {
                sums[inPicture(feature.cell(), cells)] += rather ? feature.rather() : feature.label();
            }
            return new PixelMap(cells.height(), cells.width(), sums);
        });
    }
}
