package dev.lookbook.cli;

import static dev.lookbook.cli.CommandLineFixture.lookbook;
import static dev.lookbook.cli.CommandLineFixture.lookbookReading;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.cli.CommandLineFixture.Answer;
import dev.lookbook.image.Picture;
import dev.lookbook.image.Png;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ExplainCommandTest {

    private static final Path HOME = Path.of(System.getProperty("lookbook.home"));
    private static final String TEST = HOME + "/data/fashion-mnist/t10k-images-idx3-ubyte.gz#";

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "classic", "tiny", "ensemble"})
    void everyShippedNetworkIsShownOnOnePageThatNeedsNothingBesideIt(String model) throws IOException {
        Path out = folder.resolve("page");

        Answer answer = lookbook("explain", TEST + 7, "--model", model, "--out", out.toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).startsWith(TEST + "7: Shirt ").contains("; " + out.resolve("explain.html"));
        String page = Files.readString(out.resolve("explain.html"));
        assertThat(page)
                .doesNotContain("<script", "http://", "https://", "url(", "@import", "<link")
                .contains(
                        "1. The picture as the network gets it", "6. What decided", "lookbook index --model " + model);
        assertThat(page.contains("This network has no convolution")).isEqualTo(model.equals("mlp"));
        assertThat(page.contains("Where the winning features lie"))
                .isEqualTo(List.of("tiny", "ensemble").contains(model));
        Matcher addresses =
                Pattern.compile("(?:src|srcset|href)=\"([^\"]{0,30})").matcher(page);
        assertThat(addresses.results().map(result -> result.group(1)))
                .hasSizeGreaterThan(30)
                .allMatch(address -> address.startsWith("data:image/png;base64,"));
        for (String element : List.of("section", "table", "tr", "td", "th", "figure", "div", "p", "b", "small")) {
            assertThat(count(page, "<" + element + "[ >]")).as(element).isEqualTo(count(page, "</" + element + ">"));
        }
        assertThat(out).isDirectoryContaining("glob:**/prepared.png");
        try (Stream<Path> layers = Files.list(out.resolve("layers"))) {
            assertThat(layers.count()).isEqualTo(mapsOf(model));
        }
    }

    /** Sheets: one for each layer with maps but the pixels, one for the kernels of the first convolution. */
    private static int mapsOf(String model) {
        return switch (model) {
            case "mlp" -> 0;
            case "classic" -> 7;
            case "ensemble" -> 3 * 26; // those of each member
            default -> 26;
        };
    }

    @Test
    void theDefaultModelShowsTheNearestTrainingImages() throws IOException {
        Path out = folder.resolve("page");

        Answer answer = lookbook("explain", TEST + 0, "--out", out.toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(Files.readString(out.resolve("explain.html")))
                .contains("Of the 5 nearest of fashion-mnist train, all are called", "similarity 0.9")
                .doesNotContain("no picture", "not at hand");
        assertThat(out).isDirectoryContaining("glob:**/nearest.png");
    }

    @Test
    void withoutTheDataNeighboursAreNamedButNotShown() throws IOException {
        Path out = folder.resolve("page");

        Answer answer = lookbook(
                "explain",
                TEST + 0,
                "--out",
                out.toString(),
                "--data-dir",
                folder.resolve("no").toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.err()).startsWith("neighbours are named, but not shown: Fashion-MNIST is not there");
        assertThat(Files.readString(out.resolve("explain.html")))
                .contains("no picture", "The images are not at hand: similarity and order are rough.");
    }

    @Test
    void jsonIsTheSameAsData() {
        Answer answer = lookbook("explain", TEST + 7, "--format", "json");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        JsonNode json = new JsonMapper().readTree(answer.out());
        assertThat(json.path("label").asString()).isEqualTo("Shirt");
        assertThat(json.path("probabilities").size()).isEqualTo(10);
        assertThat(json.path("pixels").size()).isEqualTo(28);
        assertThat(json.path("layers").size()).isEqualTo(28);
        JsonNode stem = json.path("layers").get(1);
        assertThat(stem.path("name").asString()).isEqualTo("stem");
        assertThat(stem.path("values").size()).isEqualTo(16 * 28 * 28);
        assertThat(stem.path("kernels").size()).isEqualTo(16 * 9);
        assertThat(json.path("occlusion").path("label").size()).isEqualTo(28);
        assertThat(json.path("evidence").get(0).path("features").size()).isEqualTo(128);
        assertThat(json.path("neighbours").path("nearest").size()).isEqualTo(5);
        assertThat(json.path("neighbours").path("exact").asBoolean()).isTrue();
        assertThat(json.path("neighbours").path("of_runner_up").path("label")).isEqualTo(json.path("runner_up"));
        assertThat(json.path("content_sha256").asString()).hasSize(64);
        assertThat(json.path("calibrated").asBoolean()).isTrue();
        assertThat(json.path("evidence").get(0).path("mirrored").asBoolean()).isFalse();
    }

    @Test
    void takesAPhotoAndAPictureWithTransparency() throws IOException {
        BufferedImage picture = new BufferedImage(120, 200, BufferedImage.TYPE_INT_ARGB);
        Graphics2D pen = picture.createGraphics();
        pen.setColor(new Color(30, 60, 120, 200));
        pen.fillRect(30, 40, 60, 130);
        pen.dispose();
        Path file = folder.resolve("dress & <b>.png");
        ImageIO.write(picture, "png", file.toFile());
        Path out = folder.resolve("page");

        Answer answer = lookbook("explain", file.toString(), "--model", "tiny", "--out", out.toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(Files.readString(out.resolve("explain.html")))
                .contains("120 x 200 pixels", "Why is dress &amp; &lt;b&gt;.png called")
                .doesNotContain("<b>.png");
    }

    @Test
    void severalPicturesGetAFolderEachAndOneThatCannotBeReadDoesNotStopTheOthers() throws IOException {
        Path lie = Files.writeString(folder.resolve("lie.png"), "I am text");
        Path out = folder.resolve("pages");

        Answer answer = lookbookReading(
                "a\0b.png\n/#1\n",
                "explain",
                TEST + 0,
                lie.toString(),
                TEST + 1,
                "-",
                "--model",
                "mlp",
                "--out",
                out.toString());

        assertThat(answer.exitCode()).isEqualTo(Lookbook.FAILED);
        assertThat(answer.err())
                .contains("lie.png", "not a file name on this system", "/#1: there is no such file")
                .doesNotContain("a mistake in lookbook")
                .hasLineCount(3);
        assertThat(answer.out()).hasLineCount(2);
        assertThat(out.resolve("000000-t10k-images-idx3-ubyte.gz_0/explain.html"))
                .exists();
        assertThat(out.resolve("000002-t10k-images-idx3-ubyte.gz_1/explain.html"))
                .exists();
    }

    @Test
    void namesCanComeFromStdin() {
        Path out = folder.resolve("pages");

        Answer answer = lookbookReading(
                TEST + "0\n\n" + TEST + "1\n", "explain", "-", "--model", "mlp", "--out", out.toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).hasLineCount(2);
        assertThat(out.resolve("000001-t10k-images-idx3-ubyte.gz_1/explain.html"))
                .exists();
    }

    @Test
    void anEmptyPictureIsExplainedWithAWarning() throws IOException {
        Path black = folder.resolve("black.png");
        Png.write(black, Picture.grey(28, 28, new byte[784]));
        Path out = folder.resolve("page");

        Answer answer = lookbook("explain", black.toString(), "--model", "classic", "--out", out.toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(Files.readString(out.resolve("explain.html")))
                .contains("Nothing in this picture stood out as a garment")
                .doesNotContain("NaN", "Infinity");
    }

    @Test
    void wrongUseIsToldInOneLine() throws IOException {
        Path exists = Files.createDirectory(folder.resolve("there"));

        requireError(Lookbook.WRONG_USAGE, "name a picture to explain, or give --features", "explain");
        requireError(Lookbook.WRONG_USAGE, "--features looks at the test images", "explain", TEST + 0, "--features");
        requireError(Lookbook.WRONG_USAGE, "--out", "explain", TEST + 0, "-f", "json", "-o", "x");
        requireError(Lookbook.WRONG_USAGE, "or give --features", "explain", TEST + 0, "--data", "mine");
        requireError(Lookbook.WRONG_USAGE, "--features makes a page", "explain", "--features", "-f", "json");
        requireError(Lookbook.FAILED, "exists already", "explain", TEST + 0, "-o", exists.toString());
        requireError(Lookbook.FAILED, "there is no model nothing", "explain", TEST + 0, "-m", "nothing");
        requireError(Lookbook.FAILED, "has 10000 rows, counted from 0", "explain", TEST + 10_000);
        requireError(Lookbook.FAILED, "stdin names no picture", "explain", "-");
        requireError(Lookbook.FAILED, "none.png", "explain", folder + "/none.png");
        requireError(Lookbook.FAILED, "none.png#3", "explain", folder + "/none.png#3");
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain --format json", "classify --format jsonl"})
    void jsonIsUtf8WhateverTheTerminalSpeaks(String command) throws IOException {
        Path model = BandModel.write(folder.resolve("bands.onnx"), OptionalDouble.empty());
        Path picture = folder.resolve("Überrock帽.png");
        Png.writeGrey(picture, 28, 28, BandModel.image(4, 100));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Console console = new Console(
                new Output(out, StandardCharsets.US_ASCII, "stdout"),
                System.err,
                InputStream.nullInputStream(),
                false,
                true);

        Lookbook.run(console, (command + " -m " + model + " " + picture).split(" "));

        assertThat(new JsonMapper()
                        .readTree(out.toString(StandardCharsets.UTF_8))
                        .path("input")
                        .asString())
                .isEqualTo(picture.toString());
    }

    @Test
    void featuresAreShownForEveryLayerBehindTheFirst() throws IOException {
        Path model = HOME.resolve("models/mlp.onnx");
        Path out = folder.resolve("features");

        Answer answer = lookbook("explain", "--features", "-m", model.toString(), "-o", out.toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out())
                .isEqualToIgnoringNewLines(out.resolve("features.html").toString());
        String page = Files.readString(out.resolve("features.html"));
        assertThat(page).contains("dense1.relu", "128 neurons", "fashion-mnist test (10,000 pictures)", " of 9");
        assertThat(count(page, "src=\"data:image/png;base64,")).isBetween(100L, 128L);
        assertThat(out).isDirectoryContaining("glob:**/features-dense1.relu.png");
    }

    private static void requireError(int exitCode, String message, String... args) {
        Answer answer = lookbook(args);

        assertThat(answer.err()).contains(message).hasLineCount(1);
        assertThat(answer.exitCode()).isEqualTo(exitCode);
        assertThat(answer.out()).isEmpty();
    }

    private static long count(String page, String pattern) {
        return Pattern.compile(pattern).matcher(page).results().count();
    }
}
