package dev.lookbook.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class IntensityTest {

    @Test
    void invertsAroundMiddleGreyAndKeepsSmallContrastsSmall() {
        // given: inside are 0.4 and 0.6, mean 0.5, deviation 0.1; outside is white
        Photo photo = photo(102, 153, 255);
        Mask mask = new Mask(3, 1, new boolean[] {true, true, false});

        float[] intensity = Intensity.of(photo, mask);

        assertThat(intensity[0]).isCloseTo(0.5f + 0.14f, within(1e-4f));
        assertThat(intensity[1]).isCloseTo(0.5f - 0.14f, within(1e-4f));
        assertThat(intensity[2]).isZero();
    }

    @Test
    void contrastsAreAtMostDoubled() {
        float[] intensity = Intensity.of(photo(100, 110), Mask.wholePicture(2, 1));

        assertThat(intensity[0] - intensity[1]).isCloseTo(2 * 10 / 255f, within(1e-4f));
    }

    @Test
    void aGarmentIsNeverAsDarkAsTheGround() {
        float[] levels = new float[50];
        levels[0] = 255;

        float[] intensity = Intensity.of(new Photo(50, 1, levels, levels, levels), Mask.wholePicture(50, 1));

        assertThat(intensity[0]).isEqualTo(0.04f);
    }

    @Test
    void aGarmentOfOneGreyIsMiddleGrey() {
        assertThat(Intensity.of(photo(77, 77), Mask.wholePicture(2, 1))).containsExactly(0.5f, 0.5f);
    }

    private static Photo photo(float... levels) {
        return new Photo(levels.length, 1, levels, levels, levels);
    }
}
