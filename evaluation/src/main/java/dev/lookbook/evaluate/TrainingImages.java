package dev.lookbook.evaluate;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.dataset.Source;
import dev.lookbook.explain.EmbeddingIndex;
import dev.lookbook.explain.Neighbours;
import dev.lookbook.image.Picture;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/** The images that an index is made of, to be compared and shown; without them neighbours have numbers only. */
public final class TrainingImages {

    private final CompletableFuture<Found> images;

    /** @param note why there are none, for the user; empty if there is nothing to say */
    private record Found(Optional<LabelledImages> images, Optional<String> note) {}

    private TrainingImages(CompletableFuture<Found> images) {
        this.images = images;
    }

    /**
     * Begins to read the data that an index names, which takes about as long as explaining a picture.
     *
     * @param dataDir as {@link Source#of} has it
     */
    public static TrainingImages of(Optional<EmbeddingIndex> index, Optional<Path> dataDir) {
        if (index.isEmpty()) {
            return new TrainingImages(CompletableFuture.completedFuture(new Found(Optional.empty(), Optional.empty())));
        }
        return new TrainingImages(CompletableFuture.supplyAsync(() -> read(index.get(), dataDir)));
    }

    private static Found read(EmbeddingIndex index, Optional<Path> dataDir) {
        String data = index.data();
        int space = Math.max(0, data.lastIndexOf(' '));
        try {
            // Its own checksum tells in a tenth of the time whether these are the images that were indexed.
            LabelledImages images = Source.unchecked(data.substring(0, space), dataDir)
                    .read(data.substring(space).strip());
            if (index.isMadeOf(images.pixels())) {
                return new Found(Optional.of(images), Optional.empty());
            }
            return new Found(
                    Optional.empty(),
                    Optional.of(data + " has changed since it was indexed: neighbours are named, but not shown"));
        } catch (IOException e) {
            return new Found(Optional.empty(), Optional.of("neighbours are named, but not shown: " + e.getMessage()));
        }
    }

    /** What the user should be told. */
    public Optional<String> note() {
        return images.join().note();
    }

    /** The images with these numbers, one after the other; empty if the data are not there. */
    public Optional<byte[]> pixels(int[] numbers) {
        return images.join().images().map(all -> all.subset(numbers).pixels());
    }

    /** The images of neighbours by their numbers; empty if the data are not there. */
    public Map<Integer, Picture> of(Optional<Neighbours> neighbours) {
        Map<Integer, Picture> pictures = new HashMap<>();
        Optional<LabelledImages> found = images.join().images();
        if (found.isPresent() && neighbours.isPresent()) {
            LabelledImages all = found.get();
            Stream.concat(neighbours.get().nearest().stream(), neighbours.get().ofRunnerUp().stream())
                    .forEach(one -> pictures.put(
                            one.image(), Picture.grey(all.width(), all.height(), all.pixels(one.image()))));
        }
        return pictures;
    }
}
