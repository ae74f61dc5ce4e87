package dev.lookbook.explain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.image.Picture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ColourScaleTest {
    @Test
    void zeroOfASignedMapIsNearWhiteAndItsEndsAreOrangeAndBlue() {
        int zero = ColourScale.DIVERGING.rgb(0, 2);
        int plus = ColourScale.DIVERGING.rgb(2, 2);
        int minus = ColourScale.DIVERGING.rgb(-2, 2);

        assertThat(brightness(zero)).isGreaterThan(3 * 240);
        assertThat(plus >> 16 & 0xFF).isGreaterThan(2 * (plus & 0xFF));
        assertThat(minus & 0xFF).isGreaterThan(2 * (minus >> 16 & 0xFF));
    }

    @Test
    void theFartherFromZeroTheDarkerOnBothSides() {
        for (int sign : new int[] {-1, 1}) {
            int[] brightness = IntStream.rangeClosed(0, 10)
                    .map(i -> brightness(ColourScale.DIVERGING.rgb(sign * i / 10.0, 1)))
                    .toArray();

            for (int i = 1; i < brightness.length; i++) {
                assertThat(brightness[i]).as("step %d", sign * i).isLessThan(brightness[i - 1]);
            }
        }
    }

    @Test
    void whatIsBeyondTheReachHasTheColourOfTheEnd() {
        for (ColourScale scale : ColourScale.values()) {
            assertThat(scale.rgb(9, 3)).isEqualTo(scale.rgb(3, 3));
            assertThat(scale.rgb(-9, 3)).isEqualTo(scale.rgb(-3, 3));
        }
    }

    @Test
    void greyGoesFromBlackAtZeroToWhite() {
        assertThat(ColourScale.GREY.rgb(0, 5)).isEqualTo(0x000000);
        assertThat(ColourScale.GREY.rgb(2.5, 5)).isEqualTo(0x808080);
        assertThat(ColourScale.GREY.rgb(5, 5)).isEqualTo(0xFFFFFF);
        assertThat(ColourScale.GREY.rgb(-1, 5)).isEqualTo(0x000000);
    }

    @Test
    void aMapOfZerosHasTheColourOfZero() {
        Picture picture = ColourScale.DIVERGING.picture(new PixelMap(1, 2, new float[2]), 0);

        assertThat(picture.rgb(0, 0)).isEqualTo(ColourScale.DIVERGING.rgb(0, 1));
        assertThat(picture.rgb(1, 0)).isEqualTo(ColourScale.DIVERGING.rgb(0, 1));
    }

    private static int brightness(int rgb) {
        return (rgb >> 16 & 0xFF) + (rgb >> 8 & 0xFF) + (rgb & 0xFF);
    }
}
