package dev.lookbook.explain;

import dev.lookbook.classify.Prediction;
import dev.lookbook.image.Prepared;
import java.util.List;
import java.util.Optional;

/**
 * Why a picture got its answer.
 *
 * @param prepared the picture as the network gets it
 * @param prediction the answer, as classifying gives it
 * @param runnerUp the second most probable label
 * @param stages the network from pixels to the last features, with the values of every layer
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

    public boolean hasConvolutions() {
        return stages.stream().anyMatch(Stage::isConvolution);
    }
}
