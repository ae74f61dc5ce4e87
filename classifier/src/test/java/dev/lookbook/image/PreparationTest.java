package dev.lookbook.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.Polygon;
import java.awt.image.BufferedImage;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PreparationTest {

    @Test
    void isFoundByItsName() {
        assertThat(Preparation.of("fashion-mnist/1")).isEqualTo(Preparation.FASHION_MNIST_1);
        assertThat(Preparation.FASHION_MNIST_1.id()).isEqualTo("fashion-mnist/1");
    }

    @Test
    void anUnknownNameIsAnErrorThatListsTheKnownOnes() {
        assertThatThrownBy(() -> Preparation.of("fashion-mnist/2"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("unknown preparation \"fashion-mnist/2\". Known: fashion-mnist/1");
    }

    @Test
    void cutsTrousersOutOfAColouredGround() {
        Picture photo = Picture.of(trousers(new Color(150, 40, 60), new Color(50, 60, 120), 7));

        Prepared prepared = Preparation.FASHION_MNIST_1.prepare(photo);

        assertThat(prepared.side()).isEqualTo(28);
        assertThat(prepared.garmentFound()).isTrue();
        assertThat(grey(prepared, 0, 14)).as("right of the legs").isZero();
        assertThat(grey(prepared, 14, 1)).as("the waist").isGreaterThan(80);
        assertThat(grey(prepared, 10, 26)).as("a leg").isGreaterThan(80);
    }

    private static int grey(Prepared prepared, int x, int y) {
        return prepared.pixels()[y * 28 + x] & 0xFF;
    }

    private static BufferedImage trousers(Color ground, Color cloth, long seed) {
        BufferedImage image = new BufferedImage(300, 400, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(ground);
        graphics.fillRect(0, 0, 300, 400);
        graphics.setColor(cloth);
        int[] xs = {100, 200, 220, 165, 150, 135, 80};
        int[] ys = {50, 50, 350, 350, 130, 350, 350};
        graphics.fillPolygon(new Polygon(xs, ys, xs.length));
        graphics.dispose();
        Random random = new Random(seed);
        for (int y = 0; y < 400; y++) {
            for (int x = 0; x < 300; x++) {
                int noise = random.nextInt(20);
                image.setRGB(x, y, image.getRGB(x, y) + noise * 0x010101);
            }
        }
        return image;
    }
}
