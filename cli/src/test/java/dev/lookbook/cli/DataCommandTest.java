package dev.lookbook.cli;

import static dev.lookbook.cli.CommandLineFixture.lookbook;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.lookbook.cli.CommandLineFixture.Answer;
import dev.lookbook.image.Png;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandTest {

    @TempDir
    private Path folder;

    private String shop;

    @BeforeEach
    void makeAFolderOfPictures() throws IOException {
        shop = folder.resolve("shop").toString();
        for (int i = 0; i < 4; i++) {
            for (String label : new String[] {"Coat", "Bag"}) {
                Path file = Path.of(shop, label, i + ".png");
                Files.createDirectories(file.getParent());
                Png.writeGrey(file, 28, 28, BandModel.image(label.equals("Bag") ? 8 : 4, 100 + i));
            }
        }
    }

    @Test
    void infoCountsTheClassesOfEachSplit() {
        Answer answer = lookbook("data", "info");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out().lines())
                .startsWith("fashion-mnist   train    test", "T-shirt/top      6000    1000")
                .contains(
                        "images          60000   10000",
                        "size            28x28   28x28",
                        "mean           0.2860  0.2868");
    }

    @Test
    void infoTellsAboutOneSplit() {
        assertThat(lookbook("data", "info", shop, "--split", "test").out())
                .contains("test")
                .doesNotContain("all");
    }

    @Test
    void showWritesAGrid() throws Exception {
        Path out = folder.resolve("grid.png");

        Answer answer = lookbook("data", "show", shop, "--out", out.toString(), "--per-class", "3");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).isEqualToIgnoringNewLines(out.toString());
        assertThat(answer.err()).as("there is one split").isEmpty();
        assertThat(out).isNotEmptyFile();
        assertThat(lookbook("data", "show", shop, "--out", out.toString()).err())
                .contains("grid.png: exists already");
        assertThat(lookbook("data", "show", shop, "--per-class", "0").exitCode())
                .isEqualTo(Lookbook.WRONG_USAGE);
    }

    @Test
    void showTellsOfWhichSplitItsImagesAre() throws Exception {
        for (String split : new String[] {"train", "test"}) {
            Path one = Files.createDirectories(folder.resolve("split").resolve(split));
            Files.move(Path.of(shop, split.equals("test") ? "Bag" : "Coat"), one.resolve("Coat"));
            Files.createDirectories(one.resolve("Bag"));
            Files.copy(one.resolve("Coat/0.png"), one.resolve("Bag/0.png"));
        }
        String source = folder.resolve("split").toString();

        Answer first = lookbook("data", "show", source, "--out", folder + "/train.png");
        Answer asked = lookbook("data", "show", source, "--out", folder + "/test.png", "--split", "test");

        assertThat(first.err()).isEqualToIgnoringNewLines("These are of train; see others with: --split test");
        assertThat(asked.err()).isEmpty();
        assertThat(folder.resolve("test.png"))
                .content(StandardCharsets.ISO_8859_1)
                .isNotEqualTo(Files.readString(folder.resolve("train.png"), StandardCharsets.ISO_8859_1));
    }

    @Test
    void aDataDirThatWouldDoNothingIsRefused() {
        String dir = folder.toString();

        for (String[] command : new String[][] {
            {"data", "info", shop, "--data-dir", dir},
            {"evaluate", "--data", shop, "--data-dir", dir},
            {"train", "--data", shop, "--data-dir", dir}
        }) {
            Answer answer = lookbook(command);

            assertThat(answer.exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
            assertThat(answer.err())
                    .hasLineCount(1)
                    .contains("--data-dir says where to look for fashion-mnist, and the data are " + shop);
        }
    }

    @Test
    void aDataDirBesideAFileThatNamesOtherDataIsRefused() throws Exception {
        String config = Files.writeString(folder.resolve("shop.yaml"), "data: " + shop + "\n")
                .toString();

        Answer answer = lookbook("train", "--config", config, "--data-dir", folder.toString());

        assertThat(answer.exitCode()).isEqualTo(Lookbook.FAILED);
        assertThat(answer.err())
                .hasLineCount(1)
                .contains("given to look for fashion-mnist, but the data are " + shop + ": leave --data-dir out");
    }

    @Test
    void convertsWithoutLoss() {
        String csv = folder.resolve("csv").toString();
        String back = folder.resolve("back").toString();

        Answer there = lookbook("data", "convert", shop, "--to", "csv", "--out", csv);
        Answer andBack = lookbook("data", "convert", csv, "--to", "folder", "--out", back);

        assertThat(there.exitCode()).as(there.err()).isZero();
        assertThat(andBack.exitCode()).as(andBack.err()).isZero();
        assertThat(lookbook("data", "info", back).out().replace(back, shop))
                .isEqualTo(lookbook("data", "info", shop).out());
    }

    @Test
    void whatIsMissingOrUnknownIsOneLine() {
        Answer nothing = lookbook("data", "info", folder + "/nowhere");
        Answer format = lookbook("data", "convert", shop, "--to", "parquet", "--out", folder + "/x");
        Answer noOut = lookbook("data", "convert", shop, "--to", "csv");
        Answer fetch = lookbook("data", "fetch", "imagenet");
        Answer noScheme = lookbook("data", "fetch", "--from", "localhost:8000");
        Answer split = lookbook("data", "info", "--split", "validation");

        assertThat(nothing.exitCode()).isEqualTo(Lookbook.FAILED);
        assertThat(nothing.err().lines()).hasSize(1);
        assertThat(nothing.err()).contains("nowhere");
        assertThat(format.exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
        assertThat(format.err().lines()).hasSize(1);
        assertThat(noOut.exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
        assertThat(noOut.err()).contains("--out");
        assertThat(fetch.exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
        assertThat(fetch.err()).contains("cannot fetch imagenet: only fashion-mnist is known");
        assertThat(noScheme.exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
        assertThat(noScheme.err()).contains("--from is localhost:8000; give a whole address");
        assertThat(split.exitCode()).isEqualTo(Lookbook.FAILED);
        assertThat(split.err()).contains("validation");
    }

    @Test
    void fetchesFromAMirrorAndChecks() throws Exception {
        Path published = Path.of(System.getProperty("lookbook.home"), "data/fashion-mnist");
        HttpServer server = server(published.toRealPath());
        try {
            String mirror = "http://127.0.0.1:" + server.getAddress().getPort();
            Answer answer = lookbook("data", "fetch", "--from", mirror, "--data-dir", folder.toString());

            assertThat(answer.exitCode()).as(answer.err()).isZero();
            assertThat(answer.out())
                    .isEqualToIgnoringNewLines(folder.resolve("fashion-mnist").toString());
            assertThat(answer.err().lines()).hasSize(4).allMatch(line -> line.endsWith("SHA-256 is right"));
            assertThat(lookbook("data", "info", "--data-dir", folder.toString(), "--split", "test")
                            .exitCode())
                    .isZero();
        } finally {
            server.stop(0);
        }
    }

    @Test
    void quietLeavesTheNotesOut() throws Exception {
        Path published = Path.of(System.getProperty("lookbook.home"), "data");
        Answer answer = lookbook("data", "fetch", "--quiet", "--data-dir", published.toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.err()).isEmpty();
    }

    private static HttpServer server(Path files) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] content = Files.readAllBytes(
                    files.resolve(exchange.getRequestURI().getPath().substring(1)));
            exchange.sendResponseHeaders(200, content.length);
            exchange.getResponseBody().write(content);
            exchange.close();
        });
        server.start();
        return server;
    }
}
