package dev.lookbook.cli;

import static dev.lookbook.cli.CommandLineFixture.lookbook;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lookbook.cli.CommandLineFixture.Answer;
import dev.lookbook.image.Picture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** docs/how-a-cnn-sees.md: its commands run and make its pictures, and its numbers are theirs. */
class HowACnnSeesTest {
    private static final Path HOME = Path.of(System.getProperty("lookbook.home"));
    private static final String ROW = "data/fashion-mnist/t10k-images-idx3-ubyte.gz#";
    private static final int TITLE = 56; // rows of text above the maps of a layer
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir
    private static Path folder;

    private static String page;
    private static final StringBuilder printed = new StringBuilder();

    @BeforeAll
    static void runTheCommands() throws IOException {
        page = Files.readString(HOME.resolve("docs/how-a-cnn-sees.md"));
        assertThat(page).contains("\nmkdir see\n");
        Files.createDirectory(folder.resolve("see"));
        for (String line : page.lines().toList()) {
            if (line.startsWith("./lookbook ")) {
                Answer answer = lookbook(arguments(line));
                assertThat(answer.exitCode()).as(line + "\n" + answer.err()).isZero();
                printed.append(answer.out());
            }
        }
    }

    private static String[] arguments(String line) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(line.substring("./lookbook ".length()));
        while (matcher.find()) {
            String word = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            words.add(word.replaceFirst("^data/", HOME + "/data/").replaceFirst("^see/", folder + "/see/"));
        }
        return words.toArray(String[]::new);
    }

    @Test
    void theCommandsPrintWhatThePageSays() {
        List<String> answers = page.lines().filter(line -> line.startsWith(ROW)).toList();

        assertThat(answers).hasSize(2);
        assertThat(printed.toString().replace(HOME + "/data/", "data/").replace(folder + "/see/", "see/"))
                .contains(answers);
    }

    @Test
    void thePicturesOfThePageAreThoseThatTheCommandsMake() throws IOException {
        List<String> pictures = Pattern.compile("\\(how-a-cnn-sees/([^)]+)\\)")
                .matcher(page)
                .results()
                .map(result -> result.group(1))
                .toList();

        assertThat(pictures).hasSizeGreaterThan(9);
        for (String name : pictures) {
            Picture shown = Picture.read(HOME.resolve("docs/how-a-cnn-sees").resolve(name));
            Picture made = Picture.read(folder.resolve("see").resolve(name));
            if (name.contains("layers/")
                    || name.endsWith("prepared.png")) { // others carry text in between, in whatever font is there
                assertThat(made.width()).as(name).isEqualTo(shown.width());
                int title = name.contains("layers/") ? TITLE : 0;
                assertThat(difference(made, shown, title)).as(name).isLessThan(0.5);
            }
        }
    }

    /** Mean difference of a grey value, 0 to 255, below a title: another processor may round otherwise here and there. */
    private static double difference(Picture a, Picture b, int title) {
        byte[] as = a.greyPixels();
        byte[] bs = b.greyPixels();
        long sum = 0;
        for (int i = title * a.width(); i < as.length; i++) {
            sum += Math.abs((as[i] & 0xFF) - (bs[i] & 0xFF));
        }
        return sum / (double) (as.length - title * a.width());
    }

    @Test
    void theNumbersOfThePageAreThoseOfTheModel() {
        List<MatchResult> rows = Pattern.compile("(?m)^\\| ([^|`]+)`([^`]+)` \\| (\\S+) \\| (\\S+) \\|$")
                .matcher(page)
                .results()
                .toList();
        JsonNode boot = layers("0");
        JsonNode shirt = layers("7");

        assertThat(rows).hasSize(9);
        for (MatchResult row : rows) {
            requireNumber(row.group(1), row.group(3), layer(boot, row.group(2)));
            requireNumber(row.group(1), row.group(4), layer(shirt, row.group(2)));
        }
    }

    private static void requireNumber(String what, String written, JsonNode layer) {
        if (what.startsWith("alike")) {
            assertThat(Double.parseDouble(written))
                    .as(what)
                    .isEqualTo(layer.path("shift_similarity").asDouble(), within(0.0051));
        } else {
            String field = what.startsWith("below") ? "negatives" : "zeros";
            assertThat(Double.parseDouble(written.replace("%", "")))
                    .as(what)
                    .isEqualTo(100 * layer.path(field).asDouble(), within(0.51));
        }
    }

    private static JsonNode layers(String row) {
        Answer answer = lookbook("explain", HOME + "/" + ROW + row, "--model", "classic", "--format", "json");
        assertThat(answer.exitCode()).as(answer.err()).isZero();
        return new JsonMapper().readTree(answer.out()).path("layers");
    }

    private static JsonNode layer(JsonNode layers, String name) {
        for (JsonNode layer : layers) {
            if (layer.path("name").asString().equals(name)) {
                return layer;
            }
        }
        throw new AssertionError("there is no layer " + name);
    }
}
