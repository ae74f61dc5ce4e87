package dev.lookbook.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.explain.ColourScale;
import dev.lookbook.explain.PixelMap;
import dev.lookbook.image.Picture;
import dev.lookbook.image.Png;
import java.util.Collections;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TitledGridTest {
    private static final Legend LEGEND = new Legend(ColourScale.DIVERGING, 2.5);

    @Test
    void theGridStandsUnchangedBelowItsTitle() {
        for (Picture grid : new Picture[] {grid(8, ColourScale.DIVERGING), grid(8, ColourScale.GREY)}) {
            Picture titled = TitledGrid.of(grid, "conv: 8 maps", "numbered from 0", Optional.of(LEGEND));

            int top = titled.height() - grid.height();
            assertThat(top).isPositive();
            for (int y = 0; y < grid.height(); y++) {
                for (int x = 0; x < grid.width(); x++) {
                    assertThat(titled.rgb(x, top + y)).as("pixel %d, %d", x, y).isEqualTo(grid.rgb(x, y));
                }
            }
        }
    }

    @Test
    void theLegendShowsTheColoursOfTheScaleFromEndToEnd() {
        Picture grid = grid(8, ColourScale.DIVERGING);
        Picture titled = TitledGrid.of(grid, "conv", "", Optional.of(LEGEND));

        Set<Integer> colours = colours(titled, titled.height() - grid.height());
        assertThat(colours)
                .contains(ColourScale.DIVERGING.rgb(1.25, 2.5), ColourScale.DIVERGING.rgb(-1.25, 2.5))
                .hasSizeGreaterThan(50);
        assertThat(colours(TitledGrid.of(grid, "conv", "", Optional.empty()), titled.height() - grid.height()))
                .doesNotContain(ColourScale.DIVERGING.rgb(1.25, 2.5));
    }

    @Test
    void aNarrowGridGrowsWideEnoughForItsTitleAndHasTheLegendBelowTheText() {
        Picture one = grid(1, ColourScale.GREY);

        Picture titled = TitledGrid.of(one, "stage1.block1.sum: 1 map of 14 x 14", "", Optional.of(LEGEND));
        Picture wide = TitledGrid.of(grid(8, ColourScale.GREY), "x", "", Optional.of(LEGEND));

        assertThat(titled.width()).isGreaterThan(200);
        assertThat(titled.height() - one.height())
                .isEqualTo(wide.height() - grid(8, ColourScale.GREY).height() + Legend.HEIGHT);
    }

    private static Set<Integer> colours(Picture picture, int rows) {
        Set<Integer> colours = new TreeSet<>();
        for (int i = 0; i < rows * picture.width(); i++) {
            colours.add(picture.rgb(i % picture.width(), i / picture.width()));
        }
        return colours;
    }

    private static Picture grid(int columns, ColourScale scale) {
        float[] values = new float[14 * 14];
        Random random = new Random(3);
        for (int i = 0; i < values.length; i++) {
            values[i] = random.nextFloat() - 0.5f;
        }
        Picture map = scale.picture(new PixelMap(14, 14, values), 0.5);
        return Png.grid(Collections.nCopies(columns, map), columns, 4, 4, 128);
    }
}
