package dev.lookbook.evaluate;

import dev.lookbook.explain.Explanation;
import dev.lookbook.image.Picture;
import dev.lookbook.model.ModelFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * An explanation with what is needed to show it.
 *
 * @param input what the user called the picture
 * @param original the picture before it was prepared; empty if there was none, as with a row of a table
 * @param trainingImages pictures of the neighbours, by their number; empty if the data are not there
 * @param modelArgument what commands call the model
 * @param note why there are no neighbours, or no pictures of them; empty if nobody knows more than that
 */
public record ExplainedPicture(
        String input,
        Optional<Picture> original,
        ModelFile model,
        Explanation explanation,
        Map<Integer, Picture> trainingImages,
        String modelArgument,
        Optional<String> note) {
    public ExplainedPicture {
        trainingImages = Map.copyOf(trainingImages);
    }

    /** For a model that commands know by its own name. */
    public ExplainedPicture(
            String input,
            Optional<Picture> original,
            ModelFile model,
            Explanation explanation,
            Map<Integer, Picture> trainingImages) {
        this(input, original, model, explanation, trainingImages, model.info().name(), Optional.empty());
    }

    /** The page. */
    String html() {
        return new ExplanationPage(this).html();
    }

    /** What the user called the picture, without folders. */
    String shortName() {
        return input.substring(Math.max(input.lastIndexOf('/'), input.lastIndexOf('\\')) + 1);
    }

    /**
     * Writes the page, {@code explain.html}, and every picture as a PNG.
     *
     * @param folder that exists and is empty
     */
    public void write(Path folder) throws IOException {
        Files.writeString(folder.resolve("explain.html"), html()); // nothing is replaced: no need to wait for the disk
        new ExplanationPictures(this).write(folder);
    }

    /** The same as data. */
    public String json() {
        return new ExplanationFile(this, false).json();
    }

    /**
     * The same with every array of numbers as base64 of its bytes (floats of 32 bits, little-endian, none rounded; pixels of
     * 8 bits), and with the neighbours' pixels: for programs that draw it.
     */
    public String packedJson() {
        return new ExplanationFile(this, true).json();
    }
}
