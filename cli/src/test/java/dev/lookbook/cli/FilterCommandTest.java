package dev.lookbook.cli;

import static dev.lookbook.cli.CommandLineFixture.lookbook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.cli.CommandLineFixture.Answer;
import dev.lookbook.image.Picture;
import dev.lookbook.image.Png;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterCommandTest {

    @TempDir
    private Path folder;

    private String picture;

    @BeforeEach
    void writeAPicture() throws IOException {
        byte[] pixels = new byte[3 * 20 * 30];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (byte) (i % 3 == 0 ? 200 : i / 3 % 20 < 10 ? 40 : 90);
        }
        picture = folder.resolve("colour.png").toString();
        Png.write(Path.of(picture), Picture.colour(20, 30, pixels));
    }

    @Test
    void writesPictureKernelAndResultSideBySide() throws IOException {
        String sheet = folder.resolve("sheet.png").toString();
        String bare = folder.resolve("bare.png").toString();

        Answer answer = lookbook("filter", picture, "--kernel", "sobel-x", "--out", sheet, "--result", bare);

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out().lines()).containsExactly(sheet, bare);
        Picture result = Picture.read(Path.of(bare));
        assertThat(result.width()).isEqualTo(20);
        assertThat(result.height()).isEqualTo(30);
        assertThat(result.rgb(5, 5)).isZero();
        assertThat(result.rgb(10, 5)).isEqualTo(0x00C8C8); // 4 times 50 in green and blue, red is even
        assertThat(Picture.read(Path.of(sheet)).width()).isGreaterThan(1000);
    }

    @Test
    void takesRowsOfNumbersScaleOffsetAndGrey() throws IOException {
        String bare = folder.resolve("bare.png").toString();

        Answer answer = lookbook(
                "filter",
                picture,
                "-k",
                "0 0 0; 0 1 0; 0 0 0",
                "--scale",
                "-0.5",
                "--offset",
                "128",
                "--border",
                "REFLECT",
                "--grey",
                "-o",
                folder.resolve("sheet.png").toString(),
                "--result",
                bare);

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        Picture original = Picture.read(Path.of(picture));
        Picture result = Picture.read(Path.of(bare));
        assertThat(result.isGrey()).isTrue();
        int grey = original.greyPixels()[0] & 0xFF;
        assertThat(result.rgb(0, 0) & 0xFF).isEqualTo(Math.round(128 - grey / 2f));
    }

    @Test
    void aPictureWithTransparencyIsLaidOverWhite() throws IOException {
        Path file = folder.resolve("clear.png");
        ImageIO.write(new BufferedImage(9, 9, BufferedImage.TYPE_INT_ARGB), "png", file.toFile());
        String bare = folder.resolve("bare.png").toString();

        Answer answer = lookbook(
                "filter",
                file.toString(),
                "-k",
                "box",
                "-o",
                folder.resolve("s.png").toString(),
                "--result",
                bare);

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(Picture.read(Path.of(bare)).greyPixels()).containsOnly((byte) 255);
    }

    @Test
    void aRowOfAnySizeIsFilteredAsItIsInTheFile() throws IOException {
        byte[] header = {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 5, 0, 0, 0, 7};
        byte[] rows = Arrays.copyOf(header, 16 + 2 * 35);
        for (int i = 16; i < rows.length; i++) {
            rows[i] = (byte) (3 * i);
        }
        Path idx = Files.write(folder.resolve("images-idx3-ubyte"), rows);
        Path cut = Files.write(folder.resolve("cut-idx3-ubyte"), Arrays.copyOf(rows, rows.length - 3));
        Path bare = folder.resolve("bare.png");

        Answer answer = lookbook(
                "filter", idx + "#1", "-k", "identity", "-o", folder + "/sheet.png", "--result", bare.toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(Picture.read(bare).greyPixels()).isEqualTo(Arrays.copyOfRange(rows, 51, 86));
        requireError(Lookbook.FAILED, "has 2 rows, counted from 0", idx + "#2", "-k", "box");
        requireError(Lookbook.FAILED, "cut off", cut + "#1", "-k", "box");
        requireError(Lookbook.FAILED, "cut off", cut + "#7", "-k", "box");
    }

    @Test
    void wrongKernelsPicturesAndPlacesAreToldInOneLine() throws IOException {
        String out = folder.resolve("out.png").toString();
        Path lie = Files.writeString(folder.resolve("lie.png"), "I am text");
        Path tiny = folder.resolve("tiny.png");
        Png.writeGrey(tiny, 2, 2, new byte[4]);

        requireError(Lookbook.WRONG_USAGE, "Missing required option: '--kernel=KERNEL'", picture);
        requireError(Lookbook.WRONG_USAGE, "there is no kernel \"swirl\". Known: identity", picture, "-k", "swirl");
        requireError(Lookbook.WRONG_USAGE, "odd number of rows", picture, "-k", "1 2; 3 4");
        requireError(Lookbook.WRONG_USAGE, "rows must be equally long", picture, "-k", "1 2 3; 4 5; 6 7 8");
        requireError(Lookbook.WRONG_USAGE, "\"x\", which is no number", picture, "-k", "1 x 3");
        requireError(Lookbook.WRONG_USAGE, "must be odd, but was 4", picture, "-k", "box", "--size", "4");
        requireError(Lookbook.WRONG_USAGE, "--border", picture, "-k", "box", "--border", "wrap");
        requireError(Lookbook.WRONG_USAGE, "scale", picture, "-k", "box", "--scale", "NaN");
        requireError(Lookbook.WRONG_USAGE, "are both", picture, "-k", "box", "--result", folder + "/./out.png");
        requireError(
                Lookbook.FAILED, "tiny.png: a kernel of 3x3 is larger than the picture", tiny.toString(), "-k", "box");
        requireError(Lookbook.FAILED, "lie.png", lie.toString(), "-k", "box");
        requireError(Lookbook.FAILED, "none.png", folder + "/none.png", "-k", "box");
        Files.createFile(Path.of(out));
        requireError(Lookbook.FAILED, "exists already", picture, "-k", "box");
    }

    private void requireError(int exitCode, String message, String... args) {
        String[] all = new String[args.length + 3];
        all[0] = "filter";
        System.arraycopy(args, 0, all, 1, args.length);
        all[args.length + 1] = "--out";
        all[args.length + 2] = folder.resolve("out.png").toString();

        Answer answer = lookbook(all);

        assertThat(answer.err()).contains(message).hasLineCount(1);
        assertThat(answer.exitCode()).isEqualTo(exitCode);
        assertThat(answer.out()).isEmpty();
    }
}
