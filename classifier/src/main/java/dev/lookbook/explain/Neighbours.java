package dev.lookbook.explain;

import java.util.List;
import java.util.Optional;

/**
 * The images of an index that are nearest to a picture in the network's embedding.
 *
 * @param data what the index is made of, such as {@code fashion-mnist train}
 * @param exact whether the images themselves were compared; if not, only their rounded embeddings, whose order is rough
 * @param nearest nearest first
 * @param ofRunnerUp the nearest image of the runner-up's class; empty if there is none
 */
public record Neighbours(String data, boolean exact, List<Neighbour> nearest, Optional<Neighbour> ofRunnerUp) {
    public Neighbours {
        nearest = List.copyOf(nearest);
    }

    /**
     * One image.
     *
     * @param image its number in the data, from 0
     * @param label its class
     * @param similarity cosine of the embeddings, 1 at most
     */
    public record Neighbour(int image, String label, float similarity) {}
}
