package dev.lookbook.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.image.Border;
import dev.lookbook.image.Filter;
import dev.lookbook.image.Kernel;
import dev.lookbook.image.Picture;
import dev.lookbook.image.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;

/** Kernels of the reader's own, over the picture. */
class PageKernelsTest extends PageTests {
    private static final int WIDTH = 41;
    private static final int HEIGHT = 30;
    private static final long SEED = 2607;

    @Test
    void thePresetsAreThoseOfTheCommandLine() {
        open("#kernels/identity?sample=9");
        browser.awaitText("#kernels .equation", "Row 15, column 15");

        List<String> names = browser.all("#kernels [data-preset]").stream()
                .map(WebElement::getText)
                .toList();
        assertThat(names).hasSize(Kernel.names().split(", ").length + 1); // blur 5x5
        for (String name : names) {
            int size = name.equals("gaussian") || name.equals("unsharp") || name.endsWith("5x5") ? 5 : 3;
            browser.follow("#kernels/" + name.replace(" ", "%20") + "?sample=9");
            browser.await(
                    () -> !browser.all("[data-preset='" + name + "'][aria-pressed='true']")
                            .isEmpty(),
                    name);
            String shown = browser.text("#kernels .equation b").replace('\u2212', '-');

            Kernel kernel =
                    Kernel.of(name.replace(" 5x5", ""), name.endsWith("5x5") ? OptionalInt.of(5) : OptionalInt.empty());
            double[] answers =
                    new Filter(kernel, Border.EDGE, 1, 0).answers(Picture.grey(28, 28, TestImages.image(BOOT)), 0);
            assertThat(browser.all("#kernels .matrix input")).as(name).hasSize(size * size);
            assertThat(Double.parseDouble(shown)).as(name).isCloseTo(answers[14 * 28 + 14], Offset.offset(0.06));
        }
        requireCleanConsole();
    }

    @ParameterizedTest
    @CsvSource({
        "emboss,    EDGE,    1,   0,   false",
        "blur 5x5,  ZERO,    1.5, -20, false",
        "sobel-x,   ZERO,    0.5, 128, false",
        "laplacian, REFLECT, -2,  10,  true",
    })
    void aColourPictureIsFilteredAsTheCommandLineDoes(
            String name, Border border, double scale, double offset, boolean grey) throws IOException {
        System.out.println("a picture of random colours, seed " + SEED);
        byte[] samples = new byte[WIDTH * HEIGHT * 3];
        new Random(SEED).nextBytes(samples);
        Picture picture = Picture.colour(WIDTH, HEIGHT, samples);
        go("#kernels/" + name.replace(" ", "%20")); // all that is chosen there is chosen anew below

        browser.give("drop", name + ".png", "image/png", Png.bytes(picture));
        browser.awaitText("#kernels figcaption", name + ".png");
        assertThat(browser.text("#kernels")).contains("41 \u00d7 30 pixels");
        choose("colours", grey ? "grey" : "each by itself");
        choose("border", border == Border.EDGE ? "the nearest" : border == Border.ZERO ? "black" : "mirrored");
        choose("signed", "a picture");
        type("scale", scale);
        type("offset", offset);

        Kernel kernel =
                Kernel.of(name.replace(" 5x5", ""), name.endsWith("5x5") ? OptionalInt.of(5) : OptionalInt.empty());
        Picture original = grey ? Picture.grey(WIDTH, HEIGHT, picture.greyPixels()) : picture;
        Picture expected = new Filter(kernel, border, scale, offset).apply(original);
        assertCloseTo(shown(1), expected);
        assertCloseTo(shown(0), original);
        assertThat(browser.text("#kernels .command"))
                .startsWith("./lookbook filter PICTURE --kernel " + name.split(" ")[0]);
        assertThat(browser.text("#kernels .command").endsWith("--grey")).isEqualTo(grey);
        requireCleanConsole();
    }

    private static void choose(String select, String option) {
        browser.find("#" + select).sendKeys(option);
    }

    private static void type(String input, double number) {
        browser.find("#" + input).sendKeys(Keys.chord(Keys.CONTROL, "a"), Double.toString(number));
    }

    /** Red, green and blue of what a canvas shows: 0 the picture, 1 the answers. */
    private static int[] shown(int canvas) {
        String numbers = (String) browser.driver.executeScript("""
                const canvas = document.querySelectorAll('#kernels .stack canvas')[arguments[0]];
                return canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.filter((_, i) => i % 4 < 3).join(' ');
                """, canvas);
        return Arrays.stream(numbers.split(" ")).mapToInt(Integer::parseInt).toArray();
    }

    private static void assertCloseTo(int[] shown, Picture expected) {
        BufferedImage image = expected.toImage();
        assertThat(shown).hasSize(3 * expected.width() * expected.height());
        for (int i = 0; i < shown.length; i++) {
            int pixel = i / 3;
            int sample = image.getRaster()
                    .getSample(pixel % expected.width(), pixel / expected.width(), expected.isGrey() ? 0 : i % 3);
            assertThat(shown[i]).as("value " + i).isCloseTo(sample, Offset.offset(1)); // halves are rounded
        }
    }

    @Test
    void aKernelOfOnesOwnIsGivenToTheCommandLineAsItIs() {
        open("#kernels/identity?sample=9");
        browser.awaitText("#kernels .equation", "= 1");

        browser.find("[aria-label='Row 1, column 3']").sendKeys(Keys.chord(Keys.CONTROL, "a"), "-0.5");

        browser.awaitText("#kernels .command", "--kernel \"0 0 -0.5; 0 1 0; 0 0 0\"");
        browser.find("#size").sendKeys("5");
        browser.awaitText("#kernels .command", "--kernel \"0 0 0 0 0; 0 0 0 -0.5 0; 0 0 1 0 0;");
        assertThat(browser.focused().getDomAttribute("id")).isEqualTo("size");
        requireCleanConsole();
    }

    @Test
    void aNumberThatIsTypedCountsAtOnceAndNonsenseDoesNot() {
        open("#kernels/identity?sample=9");
        browser.awaitText("#kernels .equation", "= 1");
        String before = browser.text("#kernels .equation b");
        WebElement middle = browser.find("[aria-label='Row 2, column 2']");

        middle.sendKeys(Keys.chord(Keys.CONTROL, "a"), "2");

        browser.awaitText("#kernels", "an even area becomes 2 times as bright");
        assertThat(browser.text("#kernels .equation")).contains("2\u00b7").doesNotEndWith(" " + before);
        middle.sendKeys(Keys.chord(Keys.CONTROL, "a"), Keys.DELETE);
        assertThat(middle.getDomAttribute("aria-invalid")).isEqualTo("true");
        assertThat(browser.text("#kernels .equation")).contains("2\u00b7");
        requireCleanConsole();
    }

    @Test
    void theSumOfAnyColourCanBeRead() throws IOException {
        open("#kernels/box");

        browser.give("drop", "dress.jpg", "image/jpeg", MadePhoto.jpeg(120, 200));
        browser.await(() -> browser.all("#kernels .colour").size() == 3, "three colours");
        String red = browser.text("#kernels .equation");
        browser.all("#kernels .colour").get(2).sendKeys(Keys.SPACE);

        assertThat(browser.focused()).isEqualTo(browser.all("#kernels .colour").get(2));
        assertThat(browser.all("#kernels .colour").get(2).getDomAttribute("aria-pressed"))
                .isEqualTo("true");
        assertThat(browser.text("#kernels .equation")).isNotEqualTo(red);
        assertThat(browser.all("#kernels .colour").get(2).getText())
                .endsWith(" " + browser.text("#kernels .equation b"));
        requireCleanConsole();
    }
}
