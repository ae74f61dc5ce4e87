package dev.lookbook.cli;

import static dev.lookbook.cli.CommandLineFixture.lookbook;
import static dev.lookbook.cli.CommandLineFixture.lookbookReading;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.cli.CommandLineFixture.Answer;
import dev.lookbook.image.Picture;
import dev.lookbook.image.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClassifyCommandTest {

    private static final int COAT = 4;
    private static final int BAG = 8;

    @TempDir
    private Path folder;

    private String model;

    @BeforeEach
    void writeModel() throws IOException {
        model = BandModel.write(folder.resolve("bands.onnx"), OptionalDouble.of(0.5))
                .toString();
    }

    @Test
    void saysWhatAPictureShows() throws Exception {
        String coat = picture("coat.png", COAT, 255);

        Answer answer = classify(coat);

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).isEqualToIgnoringNewLines("Coat         100.0%  sure    " + coat);
        assertThat(answer.err()).isEmpty();
    }

    @Test
    void printsCsv() throws Exception {
        String coat = picture("coat, red.png", COAT, 255);
        String faint = picture("faint.png", BAG, 10);

        Answer answer = classify("--format", "csv", coat, faint);

        assertThat(answer.out().lines())
                .hasSize(3)
                .startsWith("input,label,confidence,decision,error,unfamiliarity", "\"" + coat + "\",Coat,1.0,sure,,");
        assertThat(answer.out().lines().toList().get(2)).matches(faint + ",Bag,0\\.[2-4]\\d+,unsure,,");
        assertThat(answer.err()).startsWith("2 classified, 0 failed in ");
    }

    @Test
    void addsColumnsForTheNextBestAndForEveryLabel() throws Exception {
        String faint = picture("faint.png", BAG, 10);

        List<String> lines = classify("--format", "csv", "--top", "2", "--probabilities", faint)
                .out()
                .lines()
                .toList();

        assertThat(lines.get(0))
                .isEqualTo("input,label,confidence,decision,error,label_2,confidence_2,T-shirt/top,Trouser,Pullover,"
                        + "Dress,Coat,Sandal,Shirt,Sneaker,Bag,Ankle boot,unfamiliarity");
        String[] cells = lines.get(1).split(",", -1);
        assertThat(cells).hasSize(18);
        assertThat(cells[5]).isEqualTo("T-shirt/top");
        double sum = Arrays.stream(cells)
                .skip(7)
                .limit(10)
                .mapToDouble(Double::parseDouble)
                .sum();
        assertThat(sum).isBetween(0.999999, 1.000001);
        assertThat(cells[7 + BAG]).isEqualTo(cells[2]);
    }

    @Test
    void printsAJsonObjectPerLine() throws Exception {
        String coat = picture("coat.png", COAT, 255);

        Answer answer = classify("-f", "jsonl", "--top", "3", coat, folder + "/none.png");

        List<String> lines = answer.out().lines().toList();
        JsonNode first = new JsonMapper().readTree(lines.get(0));
        assertThat(first.path("input").asString()).isEqualTo(coat);
        assertThat(first.path("label").asString()).isEqualTo("Coat");
        assertThat(first.path("confidence").asDouble()).isEqualTo(1);
        assertThat(first.path("decision").asString()).isEqualTo("sure");
        assertThat(first.path("top")).hasSize(3);
        assertThat(lines.get(0)).contains("\"top\":[{\"label\":\"Coat\",\"confidence\":1.0}");
        assertThat(first.path("model").asString()).isEqualTo("bands");
        JsonNode second = new JsonMapper().readTree(lines.get(1));
        assertThat(second.path("error").asString()).contains("none.png");
        assertThat(second.has("label")).isFalse();
        assertThat(answer.exitCode()).isEqualTo(Lookbook.FAILED);
    }

    @Test
    void aModelThatDoesNotDecideLeavesTheDecisionEmpty() throws Exception {
        model = BandModel.write(folder.resolve("undecided.onnx"), OptionalDouble.empty())
                .toString();
        String coat = picture("coat.png", COAT, 255);

        assertThat(classify("-f", "csv", coat).out()).endsWith(coat + ",Coat,1.0,,,\n");
    }

    @Test
    void aBadPictureIsARowAndNotTheEnd() throws Exception {
        Path lie = Files.writeString(folder.resolve("lie.png"), "I am text");
        String coat = picture("coat.png", COAT, 255);

        Answer answer = classify("-f", "csv", lie.toString(), coat, folder + "/missing.png");

        assertThat(answer.exitCode()).isEqualTo(Lookbook.FAILED);
        assertThat(answer.out().lines()).hasSize(4);
        assertThat(answer.out().lines().toList().get(1))
                .startsWith(lie + ",,,,")
                .contains("lie.png");
        assertThat(answer.out().lines().toList().get(2)).startsWith(coat + ",Coat,");
        assertThat(answer.out().lines().toList().get(3)).contains("missing.png");
        assertThat(answer.err()).startsWith("1 classified, 2 failed");
    }

    @Test
    void walksFoldersInOrderAndPassesOverWhatIsNoPicture() throws Exception {
        picture("shop/b.png", BAG, 255);
        picture("shop/a.PNG", COAT, 255);
        picture("shop/below/c.png", COAT, 255);
        picture("shop/.hidden.png", COAT, 255);
        Files.writeString(folder.resolve("shop/readme.txt"), "no picture");
        Files.createSymbolicLink(folder.resolve("shop/below/up"), folder.resolve("shop"));

        Answer answer = classify("-f", "csv", folder.resolve("shop").toString());

        assertThat(answer.exitCode()).as(answer.out()).isZero();
        assertThat(answer.out()
                        .lines()
                        .skip(1)
                        .map(line -> line.substring(folder.toString().length() + 1)))
                .map(line -> line.substring(0, line.indexOf(',')))
                .containsExactly("shop/a.PNG", "shop/b.png", "shop/below/c.png");
    }

    @Test
    void anEmptyFolderIsARowWithAnError() throws Exception {
        Path empty = Files.createDirectory(folder.resolve("empty"));

        Answer answer = classify("-f", "csv", empty.toString());

        assertThat(answer.exitCode()).isEqualTo(Lookbook.FAILED);
        assertThat(answer.out()).contains(empty + ",,,,").contains("no picture in this folder");
    }

    @Test
    void readsNamesFromStdin() throws Exception {
        String coat = picture("coat.png", COAT, 255);
        String bag = picture("bag.png", BAG, 255);

        Answer answer = lookbookReading(coat + "\n\n" + bag + "\n", "classify", "-m", model, "-f", "csv", "-", coat);

        assertThat(answer.out().lines().skip(1).map(line -> line.substring(0, line.indexOf(','))))
                .containsExactly(coat, bag, coat);
    }

    @Test
    void classifiesTheRowsOfACsv() throws Exception {
        Path csv = folder.resolve("shop.csv");
        Files.writeString(csv, row(0, BandModel.image(BAG, 255)) + "\n" + row(0, BandModel.image(COAT, 255)) + "\n");

        Answer answer = classify("-f", "csv", csv.toString());

        assertThat(answer.exitCode()).as(answer.out()).isZero();
        assertThat(answer.out().lines().skip(1)).containsExactly(csv + "#0,Bag,1.0,sure,,", csv + "#1,Coat,1.0,sure,,");
    }

    @Test
    void classifiesOneRowOfACsvByTheNameThatItIsGiven() throws Exception {
        Path csv = folder.resolve("shop.csv");
        Files.writeString(csv, row(0, BandModel.image(BAG, 255)) + "\n" + row(0, BandModel.image(COAT, 255)) + "\n");
        String picture = picture("shop.csv#7", COAT, 255);

        Answer answer =
                classify("-f", "csv", csv + "#1", csv + "#0", csv + "#2", csv + "#12345678901234567890", picture);

        assertThat(answer.exitCode()).isEqualTo(Lookbook.FAILED);
        assertThat(answer.out().lines().skip(1))
                .containsExactly(
                        csv + "#1,Coat,1.0,sure,,",
                        csv + "#0,Bag,1.0,sure,,",
                        csv + "#2,,,,\"" + csv + "#2: " + csv + " has 2 rows, counted from 0\",",
                        csv + "#12345678901234567890,,,,\"" + csv + "#12345678901234567890: " + csv
                                + " has 2 rows, counted from 0\",",
                        picture + ",Coat,1.0,sure,,");
    }

    @Test
    void writesToAFileWhoseNameTellsTheFormat() throws Exception {
        Path out = folder.resolve("answers.csv");
        String coat = picture("coat.png", COAT, 255);

        Answer answer = classify("--out", out.toString(), coat);

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).isEmpty();
        assertThat(out).content().startsWith("input,label,").contains(coat + ",Coat,1.0,sure,");
    }

    @Test
    void neverOverwritesAFile() throws Exception {
        Path out = Files.writeString(folder.resolve("answers.csv"), "precious");

        Answer answer = classify("--out", out.toString(), picture("coat.png", COAT, 255));

        assertThat(answer.exitCode()).isEqualTo(Lookbook.FAILED);
        assertThat(answer.err())
                .isEqualToIgnoringNewLines("lookbook: " + out + ": exists already; name another or remove it first");
        assertThat(out).hasContent("precious");
    }

    @Test
    void writesWhatTheNetworkSaw() throws Exception {
        Path seen = folder.resolve("seen");

        classify("--show-prepared", seen.toString(), folder + "/none.png", picture("red coat.png", COAT, 255));

        Picture picture = Picture.read(seen.resolve("000001-red_coat.png"));
        assertThat(picture.greyPixels()).isEqualTo(BandModel.image(COAT, 255));
        assertThat(seen).isDirectoryNotContaining("glob:**/000000*");
    }

    @Test
    void aFolderForWhatTheNetworkSawThatIsThereIsNamed() throws Exception {
        Path out = folder.resolve("new.csv");

        Answer answer =
                classify("--out", out.toString(), "--show-prepared", folder.toString(), picture("coat.png", COAT, 255));

        assertThat(answer.exitCode()).isEqualTo(Lookbook.FAILED);
        assertThat(answer.err()).contains(folder + ": exists already").doesNotContain("new.csv");
        assertThat(out).doesNotExist();
    }

    @Test
    void aModelThatIsNotThereIsOneLineThatTellsWhichAre() {
        Answer answer = lookbook("classify", "--model", "huge", "coat.png");

        assertThat(answer.exitCode()).isEqualTo(Lookbook.FAILED);
        assertThat(answer.err().lines()).hasSize(1);
        assertThat(answer.err()).startsWith("lookbook: there is no model huge: neither shipped (there are: ");
    }

    @Test
    void aModelWithAFlippedByteIsRefused() throws Exception {
        byte[] bytes = Files.readAllBytes(Path.of(model));
        bytes[bytes.length / 2] ^= 1;
        Files.write(Path.of(model), bytes);

        Answer answer = classify(picture("coat.png", COAT, 255));

        assertThat(answer.exitCode()).isEqualTo(Lookbook.FAILED);
        assertThat(answer.err().lines()).hasSize(1);
        assertThat(answer.err()).contains("bands.onnx");
    }

    @Test
    void wrongUsageIsTold() {
        assertThat(lookbook("classify").exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
        assertThat(lookbook("classify").err()).contains("INPUT").contains("lookbook classify --help");
        assertThat(lookbook("classify", "--format", "xml", "a.png").exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
        assertThat(lookbook("classify", "--top", "many", "a.png").exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
        assertThat(lookbook("classify", "--top", "0", "a.png").exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
    }

    private Answer classify(String... args) {
        return lookbook(Stream.concat(Stream.of("classify", "--model", model), Arrays.stream(args))
                .toArray(String[]::new));
    }

    private String picture(String name, int label, int brightness) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Png.writeGrey(file, BandModel.SIDE, BandModel.SIDE, BandModel.image(label, brightness));
        return file.toString();
    }

    private static String row(int label, byte[] pixels) {
        return label + ","
                + IntStream.range(0, pixels.length)
                        .mapToObj(i -> Integer.toString(pixels[i] & 0xff))
                        .collect(Collectors.joining(","));
    }
}
