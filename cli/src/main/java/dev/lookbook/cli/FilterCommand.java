package dev.lookbook.cli;

import dev.lookbook.evaluate.FilterSheet;
import dev.lookbook.image.Border;
import dev.lookbook.image.Filter;
import dev.lookbook.image.Kernel;
import dev.lookbook.image.Picture;
import dev.lookbook.image.Png;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code lookbook filter}: one convolution, seen. */
@Command(
        name = "filter",
        description = {
            "Lay a kernel over a picture, and show picture, kernel and result side by side.",
            "What the first layer of a convolutional network does, with a kernel of your own.",
        })
final class FilterCommand implements Callable<Integer> {

    private final Lookbook lookbook;

    @Parameters(paramLabel = "IMAGE", description = "A picture, or a row of a CSV or IDX file as FILE#INDEX.")
    private String image;

    @Option(
            names = {"-k", "--kernel"},
            required = true,
            paramLabel = "KERNEL",
            description = "blur, box, gaussian, sharpen, unsharp, edges, sobel-x, sobel-y, laplacian, emboss, identity,"
                    + " or rows of numbers such as \"0 -1 0; -1 5 -1; 0 -1 0\".")
    private String kernel;

    @Option(
            names = "--size",
            paramLabel = "N",
            description =
                    "Rows and columns of blur, box, gaussian and unsharp, odd (default: 3; gaussian, unsharp: 5).")
    private Optional<Integer> size = Optional.empty();

    @Option(
            names = "--border",
            paramLabel = "BORDER",
            defaultValue = "edge",
            description = "What is beyond the picture: zero, edge or reflect (default: ${DEFAULT-VALUE}).")
    private Border border;

    @Option(
            names = "--scale",
            paramLabel = "X",
            defaultValue = "1",
            description = "Multiply the answers by this (default: ${DEFAULT-VALUE}).")
    private double scale;

    @Option(
            names = "--offset",
            paramLabel = "X",
            defaultValue = "0",
            description = "Then add this; 128 shows negative answers of an edge filter (default: ${DEFAULT-VALUE}).")
    private double offset;

    @Option(names = "--grey", description = "Take the colour out first.")
    private boolean grey;

    @Option(
            names = {"-o", "--out"},
            paramLabel = "FILE",
            defaultValue = "filtered.png",
            description = "The new PNG with all side by side (default: ${DEFAULT-VALUE}).")
    private Path out;

    @Option(names = "--result", paramLabel = "FILE", description = "Also write the bare result to a new PNG.")
    private Optional<Path> result = Optional.empty();

    FilterCommand(Lookbook lookbook) {
        this.lookbook = lookbook;
    }

    @Override
    public Integer call() throws IOException {
        Filter filter = filter();
        NewFile.require(out);
        if (result.isPresent()) {
            NewFile.require(result.get());
            if (out.toAbsolutePath()
                    .normalize()
                    .equals(result.get().toAbsolutePath().normalize())) {
                throw new UsageException("--out and --result are both " + out + ": give them different names");
            }
        }
        Picture picture = read();
        if (grey) {
            picture = Picture.grey(picture.width(), picture.height(), picture.greyPixels());
        }
        Picture filtered = apply(filter, picture);
        String name = Kernel.isName(kernel) ? kernel.strip() : "of your own";
        Png.write(out, FilterSheet.draw(picture, filter, name, filtered));
        lookbook.console().out().println(out);
        if (result.isPresent()) {
            Png.write(result.get(), filtered);
            lookbook.console().out().println(result.get());
        }
        return Lookbook.DONE;
    }

    private Picture read() throws IOException {
        try (Pictures pictures = new Pictures()) {
            return OnePicture.of(image, pictures).read();
        }
    }

    private Filter filter() {
        OptionalInt side = size.isPresent() ? OptionalInt.of(size.get()) : OptionalInt.empty();
        try {
            return new Filter(Kernel.of(kernel, side), border, scale, offset);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    private Picture apply(Filter filter, Picture picture) throws IOException {
        try {
            return filter.apply(picture);
        } catch (IllegalArgumentException e) {
            throw new IOException(image + ": " + e.getMessage(), e);
        }
    }
}
