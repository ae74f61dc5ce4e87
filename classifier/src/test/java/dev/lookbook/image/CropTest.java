package dev.lookbook.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CropTest {

    @Test
    void theLongestSideFillsTheResultAndTheOtherIsCentred() {
        // given: a garment of 10 x 20 pixels at (5, 3)
        Garment garment = garment(30, 40, 5, 3, 10, 20);

        byte[] result = Crop.centred(garment, 28);

        for (int i = 0; i < result.length; i++) {
            boolean isInside = i % 28 >= 7 && i % 28 < 21;
            assertThat(result[i] & 0xFF).as("pixel %d", i).isEqualTo(isInside ? 255 : 0);
        }
    }

    @Test
    void wideGarmentsAreMadeNarrower() {
        // given: as wide as high; 0.75 + 0.15 (1 - 0.75) of 28 is 22
        Garment garment = garment(30, 30, 5, 5, 20, 20);

        byte[] result = Crop.squeezedAndCentred(garment, 28);

        assertThat(columnsWithContent(result)).isEqualTo(22);
        assertThat(columnsWithContent(Crop.centred(garment, 28))).isEqualTo(28);
    }

    @ParameterizedTest
    @CsvSource({"0.3, 0.3", "0.75, 0.75", "0.76, 0.7515", "1, 0.7875", "1.79, 0.906", "1.8, 1.8", "3, 3"})
    void onlyRatiosOfSpreadGarmentsAreSqueezed(double ratio, double squeezed) {
        assertThat(Crop.squeezed(ratio)).isCloseTo(squeezed, within(1e-9));
    }

    @Test
    void aThreadIsAtLeastOnePixelWide() {
        assertThat(columnsWithContent(Crop.centred(garment(192, 192, 90, 0, 1, 192), 28)))
                .isEqualTo(1);
    }

    private static int columnsWithContent(byte[] pixels) {
        boolean[] columns = new boolean[28];
        for (int i = 0; i < pixels.length; i++) {
            columns[i % 28] |= pixels[i] != 0;
        }
        int count = 0;
        for (boolean column : columns) {
            count += column ? 1 : 0;
        }
        return count;
    }

    private static Garment garment(int width, int height, int left, int top, int boxWidth, int boxHeight) {
        boolean[] inside = new boolean[width * height];
        float[] intensity = new float[width * height];
        for (int y = top; y < top + boxHeight; y++) {
            Arrays.fill(inside, y * width + left, y * width + left + boxWidth, true);
            Arrays.fill(intensity, y * width + left, y * width + left + boxWidth, 1);
        }
        return new Garment(new Mask(width, height, inside), intensity, true);
    }
}
