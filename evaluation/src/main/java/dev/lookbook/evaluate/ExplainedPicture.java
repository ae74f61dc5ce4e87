package dev.lookbook.evaluate;

import dev.lookbook.dataset.WholeFile;
import dev.lookbook.explain.Explanation;
import dev.lookbook.image.Picture;
import dev.lookbook.model.ModelFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * An explanation with what is needed to show it.
 *
 * @param input what the user called the picture
 * @param original the picture before it was prepared; empty if there was none, as with a row of a table
 * @param trainingImages pictures of the neighbours, by their number; empty if the data are not there
 */
public record ExplainedPicture(
        String input,
        Optional<Picture> original,
        ModelFile model,
        Explanation explanation,
        Map<Integer, Picture> trainingImages) {
    public ExplainedPicture {
        trainingImages = Map.copyOf(trainingImages);
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
        WholeFile.write(folder.resolve("explain.html"), html());
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
