package dev.lookbook.evaluate;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.image.Png;
import dev.lookbook.run.EpochResult;
import dev.lookbook.run.RunFolder;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The charts of a run, as PNG. They are drawn without a display, but need fonts: where there are none,
 * {@link #problem()} says so and nothing is drawn, rather than an hour of training lost for the sake of a picture.
 */
public final class Charts {
    private static final int BATCH_SHOWN = 64;

    private Charts() {}

    /** Why no chart can be drawn here, in one line with the way out; empty if all is well. */
    public static Optional<String> problem() {
        return Fonts.problem();
    }

    /** Writes {@code labels.png}: how many images each class has. */
    public static void writeLabels(RunFolder folder, LabelledImages images) throws IOException {
        if (problem().isEmpty()) {
            write(folder, "labels.png", LabelsChart.draw(images, Look.LIGHT));
        }
    }

    /**
     * Writes {@code train_batch.png}: the first images of a batch as the network gets them, augmented.
     *
     * @param pixels {@code [count][height][width]}, 0 black to 255 white
     * @param labels {@code [count]}, indices into {@code names}
     */
    public static void writeTrainBatch(
            RunFolder folder, byte[] pixels, int[] labels, int height, int width, List<String> names)
            throws IOException {
        if (problem().isPresent()) {
            return;
        }
        List<PictureGrid.Cell> cells = new ArrayList<>();
        for (int i = 0; i < Math.min(BATCH_SHOWN, labels.length); i++) {
            byte[] one = Arrays.copyOfRange(pixels, i * height * width, (i + 1) * height * width);
            cells.add(new PictureGrid.Cell(PictureGrid.picture(one, height, width), names.get(labels[i]), "", true));
        }
        String note = String.format(
                Locale.ROOT,
                "%d of its %d images, as the network gets them, after any augmentation",
                cells.size(),
                labels.length);
        write(folder, "train_batch.png", PictureGrid.draw("A training batch", note, cells, 8, Look.LIGHT));
    }

    /** Writes {@code results.png} from {@code results.csv}: loss and accuracy by epoch. Nothing if no epoch is done. */
    public static void writeResults(RunFolder folder) throws IOException {
        List<EpochResult> epochs = folder.readResults();
        if (problem().isEmpty() && !epochs.isEmpty()) {
            write(folder, "results.png", CurvesChart.draw(epochs, Look.LIGHT));
        }
    }

    static void write(RunFolder folder, String name, BufferedImage image) throws IOException {
        folder.write(name, Png.bytes(image));
    }
}
