package dev.lookbook.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ComponentsTest {

    @Test
    void keepsThePartInTheMiddleAndDropsTheOneInTheCorner() {
        boolean[] mask = Planes.mask(
                "##.......", //
                "##.......",
                "...###...",
                "...###...",
                "...###...",
                ".........");

        assertThat(new Components(9, 6).keepCentral(mask))
                .isEqualTo(Planes.mask(
                        ".........", //
                        ".........",
                        "...###...",
                        "...###...",
                        "...###...",
                        "........."));
    }

    @Test
    void keepsTwoPartsOfAPair() {
        boolean[] shoes = Planes.mask(
                ".........", //
                "..##.##..",
                "..##.##..",
                ".........");

        assertThat(new Components(9, 4).keepCentral(shoes)).isEqualTo(shoes);
    }

    @Test
    void dropsSpecks() {
        boolean[] mask = new boolean[20 * 20];
        for (int i = 0; i < 200; i++) {
            mask[i] = true;
        }
        boolean[] expected = mask.clone();
        mask[19 * 20 + 19] = true;

        assertThat(new Components(20, 20).withoutSpecks(mask)).isEqualTo(expected);
    }

    @Test
    void diagonalNeighboursHangTogether() {
        boolean[] mask = Planes.mask(
                "##....", //
                "##....", "..####", "..####");

        assertThat(new Components(6, 4).keepCentral(mask)).isEqualTo(mask);
    }

    @Test
    void fillsHolesButNotBays() {
        boolean[] mask = Planes.mask(
                "#####", //
                "#.#..", "###.#", "#.###");

        assertThat(new Components(5, 4).fillHoles(mask))
                .isEqualTo(Planes.mask(
                        "#####", //
                        "###..", "###.#", "#.###"));
    }

    @Test
    void fillsWhatTheSlowWayFills() {
        long seed = 5;
        Random random = new Random(seed);
        for (int i = 0; i < 50; i++) {
            int width = 1 + random.nextInt(15);
            int height = 1 + random.nextInt(15);
            boolean[] mask = Planes.randomMask(width * height, 0.55, random);

            assertThat(new Components(width, height).fillHoles(mask))
                    .as("case %d of seed %d", i, seed)
                    .isEqualTo(filledSlowly(mask, width, height));
        }
    }

    /** The outside creeps in from the edge, one step at a time, until nothing changes. */
    private static boolean[] filledSlowly(boolean[] mask, int width, int height) {
        boolean[] outside = new boolean[mask.length];
        boolean changed = true;
        while (changed) {
            changed = false;
            for (int i = 0; i < mask.length; i++) {
                int x = i % width;
                int y = i / width;
                boolean reached = x == 0
                        || y == 0
                        || x == width - 1
                        || y == height - 1
                        || outside[i - 1]
                        || outside[i + 1]
                        || outside[i - width]
                        || outside[i + width];
                if (!mask[i] && !outside[i] && reached) {
                    outside[i] = true;
                    changed = true;
                }
            }
        }
        boolean[] filled = new boolean[mask.length];
        for (int i = 0; i < mask.length; i++) {
            filled[i] = !outside[i];
        }
        return filled;
    }

    @Test
    void anEmptyMaskStaysEmpty() {
        assertThat(new Components(3, 3).keepCentral(new boolean[9])).containsOnly(false);
    }
}
