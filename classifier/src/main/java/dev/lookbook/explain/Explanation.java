package dev.lookbook.explain;

import dev.lookbook.classify.Prediction;
import dev.lookbook.image.Prepared;
import dev.lookbook.model.Layer;
import dev.lookbook.model.LayerType;
import java.util.List;
import java.util.Optional;

/**
 * Why a picture got its answer.
 *
 * @param prepared the picture as the network gets it
 * @param prediction the answer, as classifying gives it
 * @param runnerUp the second most probable label
 * @param stages the network from pixels to what weighs the last features, with the values of every layer
 * @param occlusion how {@code maps} were made
 * @param maps which pixels the answer hangs on
 * @param evidence what the features add, one for each member of the network; empty if its last layer is no weighted sum
 * @param neighbours the training images that look alike to the network; empty without an index
 */
public record Explanation(
        Prepared prepared,
        Prediction prediction,
        String runnerUp,
        List<Stage> stages,
        Occlusion occlusion,
        Occlusion.Maps maps,
        List<Evidence> evidence,
        Optional<Neighbours> neighbours) {

    public Explanation {
        stages = List.copyOf(stages);
        evidence = List.copyOf(evidence);
    }

    /** The views or members that the network has, by name; one without a name if there is only one. */
    public List<String> members() {
        return stages.stream()
                .filter(stage -> stage.isConvolution() || stage.isDense())
                .map(Stage::member)
                .distinct()
                .toList();
    }

    /** Whether a convolution or dense layer weighs the pixels themselves, so that its weights can be looked at as pictures. */
    public boolean looksAtPixels(Stage stage) {
        return (stage.isConvolution() || stage.isDense())
                && Stage.looksAtPixels(stage.first().layer(), this::layer);
    }

    /** Whether a member sees the picture with left and right swapped. */
    public boolean isMirrored(String member) {
        return stages.stream()
                .filter(stage -> stage.member().equals(member))
                .anyMatch(stage -> stage.find(LayerType.MIRROR).isPresent());
    }

    private Optional<Layer> layer(String name) {
        return stages.stream()
                .flatMap(stage -> stage.layers().stream())
                .map(LayerView::layer)
                .filter(layer -> layer.name().equals(name))
                .findFirst();
    }

    public boolean hasConvolutions() {
        return stages.stream().anyMatch(Stage::isConvolution);
    }
}
