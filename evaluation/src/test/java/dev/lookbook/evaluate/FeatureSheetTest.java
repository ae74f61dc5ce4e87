package dev.lookbook.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.explain.FeatureSearch;
import dev.lookbook.explain.LayerFeatures;
import dev.lookbook.image.Picture;
import dev.lookbook.model.Graph;
import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that looks for one bright pixel: behind two convolutions a place sees 3x3 pixels around it. */
class FeatureSheetTest {
    private static final int SIDE = 28;
    private static final int BEYOND = 70;
    private static final int ENLARGED = 36 / 3;

    @TempDir
    private Path folder;

    private final ModelFile model = model();

    @Test
    void aPatchIsWhatTheFilterSeesAroundThePlaceThatExcitesItMost() throws IOException {
        Picture sheet = sheet(image(5, 9));

        assertThat(patch(sheet, 0)).containsExactly(21, 22, 23, 31, 250, 33, 41, 42, 43);
    }

    @Test
    void whatAPatchSeesBeyondThePictureIsDarkGrey() throws IOException {
        Picture sheet = sheet(image(0, SIDE - 1));

        assertThat(patch(sheet, 0)).containsExactly(BEYOND, BEYOND, BEYOND, 31, 250, BEYOND, 41, 42, BEYOND);
    }

    @Test
    void theStrongestComesFirstAndPlacesWithoutAPatchStayEmpty() throws IOException {
        byte[] weak = image(14, 14);
        weak[14 * SIDE + 14] = (byte) 200;

        Picture sheet = sheet(weak, image(5, 9));

        assertThat(patch(sheet, 0)[4]).isEqualTo(250);
        assertThat(patch(sheet, 1)[4]).isEqualTo(200);
        assertThat(patch(sheet, 2)).containsOnly(90);
    }

    @Test
    void thePageNamesTheClassAndTheStrengthAndSaysWhichFiltersAreSilent() throws IOException {
        LabelledImages images = images(image(5, 9), image(6, 8));

        String page = new FeatureSheet(model, images, "drawn").html(search(images));

        assertThat(page).contains("boot 2 of 2", "<b>0</b> 1.0", "1 of them answer none of the pictures", "silent");
    }

    private Picture sheet(byte[]... pixels) throws IOException {
        LabelledImages images = images(pixels);
        Path out = Files.createTempDirectory(folder, "sheet");
        new FeatureSheet(model, images, "drawn").write(out, search(images));
        return Picture.read(out.resolve("features-second.relu.png"));
    }

    private List<LayerFeatures> search(LabelledImages images) throws IOException {
        List<LayerFeatures> found = FeatureSearch.run(model, images.pixels(), images.count(), FeatureSheet.PATCHES);
        assertThat(found).hasSize(1);
        return found;
    }

    /** The nine pixels of a patch of filter 0. */
    private static int[] patch(Picture sheet, int number) {
        int sheetSide = 1 + 3 * (3 * ENLARGED + 1);
        int top = sheet.height() - sheetSide - 6 + 1; // one row of filters, with a gap of 6 below
        int left = 6 + 1;
        int[] pixels = new int[9];
        for (int i = 0; i < 9; i++) {
            int x = left + number % 3 * (3 * ENLARGED + 1) + i % 3 * ENLARGED + ENLARGED / 2;
            int y = top + number / 3 * (3 * ENLARGED + 1) + i / 3 * ENLARGED + ENLARGED / 2;
            pixels[i] = sheet.rgb(x, y) & 0xFF;
        }
        return pixels;
    }

    /** Black but for a patch, {@code 21 22 23 / 31 250 33 / 41 42 43}, around a place. */
    private static byte[] image(int row, int column) {
        byte[] pixels = new byte[SIDE * SIDE];
        for (int i = 0; i < 9; i++) {
            int y = row + i / 3 - 1;
            int x = column + i % 3 - 1;
            if (y >= 0 && y < SIDE && x >= 0 && x < SIDE) {
                pixels[y * SIDE + x] = (byte) (i == 4 ? 250 : 21 + 10 * (i / 3) + i % 3);
            }
        }
        return pixels;
    }

    private static LabelledImages images(byte[]... images) {
        byte[] pixels = new byte[images.length * SIDE * SIDE];
        for (int i = 0; i < images.length; i++) {
            System.arraycopy(images[i], 0, pixels, i * SIDE * SIDE, SIDE * SIDE);
        }
        return LabelledImages.of(SIDE, SIDE, pixels, new int[images.length], List.of("boot", "shirt"));
    }

    /** The first convolution gives pixels from 0 to 1; of the second, filter 0 copies them and filter 1 is always silent. */
    private static ModelFile model() {
        Graph graph = new Graph(SIDE, SIDE);
        String x = graph.pixels(1 / 255f, 0);
        x = graph.relu("first.relu", graph.convolution("first", x, new float[] {1}, 1, 1, 1, 1, new float[1], 1, 0));
        float[] kernels = new float[2 * 9];
        kernels[4] = 1;
        x = graph.convolution("second", x, kernels, 2, 1, 3, 3, new float[] {0, -1}, 1, 1);
        x = graph.globalMaxPool("features", graph.relu("second.relu", x));
        String logits = graph.dense("head", x, new float[] {1, 0, 0, 1}, 2, 2, null);
        graph.outputs(logits, x, 1);
        return ModelFile.of(
                graph,
                new ModelInfo(
                        "toy", "1", List.of("boot", "shirt"), "fashion-mnist/1", false, OptionalDouble.empty(), "{}"));
    }
}
