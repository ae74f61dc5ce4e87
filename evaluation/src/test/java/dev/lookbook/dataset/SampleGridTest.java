package dev.lookbook.dataset;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SampleGridTest {
    @Test
    void hasARowPerClassThatThereIs() {
        LabelledImages images = Made.images(20, List.of("Hat", "Skirt", "Scarf"), 1);
        int[] hats = {0, 3, 6, 9, 12, 15, 18};

        BufferedImage all = SampleGrid.draw(images, 5, 1);
        BufferedImage hatsOnly = SampleGrid.draw(images.subset(hats), 5, 1);

        assertThat(all.getHeight()).isEqualTo(4 + 3 * 60);
        assertThat(hatsOnly.getHeight()).isEqualTo(4 + 60);
    }

    @Test
    void isTheSameForTheSameSeed() throws Exception {
        LabelledImages test = Source.of("fashion-mnist", Optional.empty()).read(Source.TEST);

        assertThat(Arrays.hashCode(rgb(SampleGrid.draw(test, 12, 3))))
                .isEqualTo(Arrays.hashCode(rgb(SampleGrid.draw(test, 12, 3))))
                .isNotEqualTo(Arrays.hashCode(rgb(SampleGrid.draw(test, 12, 4))));
    }

    @Test
    void showsTheImagesThemselvesUnderTheirLabel() {
        byte[] pixels = new byte[2 * 784];
        Arrays.fill(pixels, 0, 784, (byte) 100);
        Arrays.fill(pixels, 784, 1568, (byte) 200);
        LabelledImages images = LabelledImages.of(28, 28, pixels, new int[] {1, 0}, List.of("Hat", "Skirt"));

        BufferedImage grid = SampleGrid.draw(images, 3, 1);

        assertThat(grid.getRGB(180, 20) & 0xff).as("the hat, in the upper row").isBetween(190, 210);
        assertThat(grid.getRGB(180, 80) & 0xff).as("the skirt, below").isBetween(90, 110);
        assertThat(grid.getRGB(250, 20) & 0xff).as("no second hat").isEqualTo(255);
    }

    private static int[] rgb(BufferedImage image) {
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
