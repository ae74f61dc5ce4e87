package dev.lookbook.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.image.BufferedImage;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PreparationTest {

    private static final Preparation PREPARATION = Preparation.FASHION_MNIST_1;

    @Test
    void isFoundByItsName() {
        assertThat(Preparation.of("fashion-mnist/1")).isEqualTo(PREPARATION);
        assertThat(PREPARATION.id()).isEqualTo("fashion-mnist/1");
        assertThat(PREPARATION.side()).isEqualTo(28);
    }

    @Test
    void anUnknownNameIsAnErrorThatListsTheKnownOnes() {
        assertThatThrownBy(() -> Preparation.of("fashion-mnist/2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown preparation \"fashion-mnist/2\". Known: fashion-mnist/1");
    }

    /** Colours that differ, on grounds that are no plain ground because of their noise. */
    @ParameterizedTest
    @CsvSource({"962840, 323C78", "323C78, 962840", "A08050, 303030", "505050, C8C8C8", "406040, 905090"})
    void cutsTrousersOutOfANoisyGround(String ground, String cloth) {
        Prepared prepared = PREPARATION.prepare(trousers(ground, cloth, 25));

        assertShowsTrousers(prepared);
        assertThat(grey(prepared, 14, 3)).as("brightness of the waist").isBetween(90, 165);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FFFFFF", "F4F4F0", "E0E0E0", "000000", "0A0A0A", "5080A0", "C0A080"})
    void cutsTrousersOutOfAPlainGround(String ground) {
        assertShowsTrousers(PREPARATION.prepare(trousers(ground, "404468", 0)));
    }

    @Test
    void beforeWhiteAndBlackTheBrightnessIsTakenAsItIs() {
        assertThat(grey(PREPARATION.prepare(trousers("FFFFFF", "404040", 0)), 14, 3))
                .isBetween(0xBE, 0xC0);
        assertThat(grey(PREPARATION.prepare(trousers("E0E0E0", "404040", 0)), 14, 3))
                .isBetween(0xB4, 0xB8);
        assertThat(grey(PREPARATION.prepare(trousers("000000", "808080", 0)), 14, 3))
                .isBetween(0x7F, 0x81);
    }

    @Test
    void aWhiteGarmentBeforeWhiteIsMadeVisible() {
        Prepared prepared = PREPARATION.prepare(trousers("FFFFFF", "E0E0E0", 0));

        assertShowsTrousers(prepared);
        assertThat(grey(prepared, 14, 3)).isBetween(120, 136);
    }

    private static void assertShowsTrousers(Prepared prepared) {
        assertThat(prepared.garmentFound()).isTrue();
        assertThat(grey(prepared, 0, 14)).as("left of the legs").isZero();
        assertThat(grey(prepared, 27, 14)).as("right of the legs").isZero();
        assertThat(grey(prepared, 14, 25)).as("between the legs").isLessThan(20);
        assertThat(grey(prepared, 14, 1)).as("the waist").isGreaterThan(60);
        assertThat(grey(prepared, 10, 26)).as("the left leg").isGreaterThan(60);
        assertThat(grey(prepared, 17, 26)).as("the right leg").isGreaterThan(60);
    }

    private static int grey(Prepared prepared, int x, int y) {
        return prepared.pixels()[y * 28 + x] & 0xFF;
    }

    private static Picture trousers(String ground, String cloth, int noise) {
        BufferedImage image = new BufferedImage(300, 400, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.decode("#" + ground));
        graphics.fillRect(0, 0, 300, 400);
        graphics.setColor(Color.decode("#" + cloth));
        int[] xs = {100, 200, 225, 175, 150, 125, 75};
        int[] ys = {50, 50, 350, 350, 130, 350, 350};
        graphics.fillPolygon(new Polygon(xs, ys, xs.length));
        graphics.dispose();
        addNoise(image, noise, new Random(7));
        return Picture.of(image);
    }

    /** In grains of several pixels: finer noise would vanish with the reduction. */
    private static void addNoise(BufferedImage image, int amount, Random random) {
        int grain = 8;
        for (int y = 0; y < image.getHeight(); y += grain) {
            for (int x = 0; x < image.getWidth(); x += grain) {
                int noise = amount == 0 ? 0 : random.nextInt(2 * amount) - amount;
                for (int i = 0; i < grain * grain; i++) {
                    int px = Math.min(image.getWidth() - 1, x + i % grain);
                    int py = Math.min(image.getHeight() - 1, y + i / grain);
                    Color colour = new Color(image.getRGB(px, py));
                    image.setRGB(
                            px,
                            py,
                            new Color(
                                            limited(colour.getRed() + noise),
                                            limited(colour.getGreen() + noise),
                                            limited(colour.getBlue() + noise))
                                    .getRGB());
                }
            }
        }
    }

    private static int limited(int level) {
        return Math.max(0, Math.min(255, level));
    }

    @ParameterizedTest
    @CsvSource({"300, 400, FFFFFF", "300, 400, 000000", "300, 400, 7A3040", "28, 28, 7A3040", "1, 1, 123456", "5, 1, 0"
    })
    void nothingIsFoundInAPictureOfOneColour(int width, int height, String colour) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < width * height; i++) {
            image.setRGB(i % width, i / width, Integer.parseInt(colour, 16));
        }

        assertThat(PREPARATION.prepare(Picture.of(image)).garmentFound()).isFalse();
    }

    @Test
    void nothingIsFoundInATransparentPicture() {
        BufferedImage image = new BufferedImage(100, 100, BufferedImage.TYPE_INT_ARGB);

        assertThat(PREPARATION.prepare(Picture.of(image)).garmentFound()).isFalse();
    }

    @Test
    void nothingIsFoundInNoise() {
        Random random = new Random(9);
        byte[] pixels = new byte[3 * 200 * 200];
        random.nextBytes(pixels);

        assertThat(PREPARATION.prepare(Picture.colour(200, 200, pixels)).garmentFound())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 2000", "2000, 1", "28, 100", "28, 28", "27, 29", "3, 3", "4000, 2500"})
    void anySizeIsPrepared(int width, int height) {
        byte[] pixels = new byte[3 * width * height];
        new Random(10).nextBytes(pixels);

        Prepared prepared = PREPARATION.prepare(Picture.colour(width, height, pixels));

        assertThat(prepared.pixels()).hasSize(28 * 28);
    }

    @Test
    void aSmallPictureOfFashionMnistEnlargedIsNearlyWhatItWas() {
        byte[] small = PREPARATION.prepare(trousers("FFFFFF", "404040", 0)).pixels();
        byte[] large = new byte[280 * 280];
        for (int i = 0; i < large.length; i++) {
            large[i] = small[i / 2800 * 28 + i % 280 / 10];
        }

        byte[] again = PREPARATION.prepare(Picture.grey(280, 280, large)).pixels();

        for (int i = 0; i < again.length; i++) {
            assertThat(again[i] & 0xFF).as("pixel %d", i).isCloseTo(small[i] & 0xFF, within(30));
        }
    }

    @Test
    void theSamePictureGivesTheSamePixelsOnEveryThread() {
        Picture photo = trousers("962840", "323C78", 25);
        byte[] expected = PREPARATION.prepare(photo).pixels();

        IntStream.range(0, 16)
                .parallel()
                .forEach(i -> assertThat(PREPARATION.prepare(photo).pixels()).isEqualTo(expected));
    }
}
