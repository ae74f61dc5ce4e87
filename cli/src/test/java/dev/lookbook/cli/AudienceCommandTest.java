package dev.lookbook.cli;

import static dev.lookbook.cli.CommandLineFixture.lookbook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.cli.CommandLineFixture.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The four commands, one after the other, as a marketer would use them. */
class AudienceCommandTest {

    @TempDir
    private static Path folder;

    private static Path shop;
    private static Answer made;

    @BeforeAll
    static void makeShop() {
        shop = folder.resolve("shop");
        made = lookbook("audience", "demo", "--customers", "800", "--seed", "3", "--out", shop.toString());
    }

    private static String campaign() {
        return shop.resolve("campaign.yaml").toString();
    }

    @Test
    void demoTellsWhereTheCampaignFileIs() {
        assertThat(made.exitCode()).as(made.err()).isZero();
        assertThat(made.out().strip()).isEqualTo(campaign());
        assertThat(shop.resolve("truth")).isDirectoryContaining("glob:**/articles.csv");
    }

    @Test
    void buildWritesTheListAndSaysWhatToExpect() {
        Path out = folder.resolve("audience");

        Answer answer = lookbook("audience", "build", campaign(), "--out", out.toString(), "--threads", "1");

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out())
                .containsPattern("addressed +\\d+")
                .contains("Expected to buy Ankle boot within 28 days");
        assertThat(answer.err()).contains("The report: " + out.resolve("report.html"));
        assertThat(out)
                .isDirectoryContaining("glob:**/audience.csv")
                .isDirectoryContaining("glob:**/holdout.csv")
                .isDirectoryContaining("glob:**/upload-google.csv")
                .isDirectoryContaining("glob:**/manifest.json");
    }

    @Test
    void buildTakesWhatClassifyWrote() throws IOException {
        String images = System.getProperty("lookbook.home") + "/data/fashion-mnist/t10k-images-idx3-ubyte.gz";
        Answer answers =
                lookbook("classify", images, "--model", "mlp", "--probabilities", "--top", "2", "--format", "csv");
        assertThat(answers.exitCode()).as(answers.err()).isZero();
        List<String> rows = answers.out().lines().toList();
        List<String> ids = Files.readAllLines(shop.resolve("articles.csv")).stream()
                .skip(1)
                .map(line -> line.split(",")[0])
                .toList();
        assertThat(ids).hasSizeBetween(1, rows.size() - 1);
        List<String> classified = new ArrayList<>(List.of(rows.get(0)));
        for (int i = 0; i < ids.size(); i++) {
            classified.add("pictures/" + ids.get(i) + ".png"
                    + rows.get(i + 1).substring(rows.get(i + 1).indexOf(',')));
        }
        Files.write(shop.resolve("classified.csv"), classified);
        String text = Files.readString(Path.of(campaign()));
        assertThat(text).contains("articles: articles.csv");
        Path other = Files.writeString(
                shop.resolve("classified.yaml"), text.replace("articles: articles.csv", "articles: classified.csv"));

        Answer answer = lookbook(
                "audience",
                "build",
                other.toString(),
                "--out",
                folder.resolve("classified").toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).containsPattern("addressed +\\d+");
        assertThat(answer.out() + answer.err()).doesNotContain("add up").doesNotContain("no prediction");
    }

    @Test
    void whyExplainsACustomer() throws IOException {
        String customer =
                Files.readAllLines(shop.resolve("transactions.csv")).get(1).split(",")[1];

        Answer answer = lookbook("audience", "why", customer, "--campaign", campaign());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out()).startsWith("Customer " + customer).contains("Leaning:", "Pace:", "Season:");
    }

    @Test
    void backtestComparesWithSimpleRules() {
        Path out = folder.resolve("backtest");

        Answer answer = lookbook(
                "audience",
                "backtest",
                campaign(),
                "--dates",
                "1",
                "--truth",
                shop.resolve("truth/articles.csv").toString(),
                "--out",
                out.toString());

        assertThat(answer.exitCode()).as(answer.err()).isZero();
        assertThat(answer.out())
                .contains("score", "recency", "popularity", "frequency", "class count", "true labels")
                .contains("no proof of extra sales");
        assertThat(out).isDirectoryContaining("glob:**/report.html").isDirectoryContaining("glob:**/backtest.json");
    }

    @Test
    void mistakesGetALine() {
        Answer noDates = lookbook("audience", "backtest", campaign(), "--dates", "0", "--out", "x");
        Answer noMemory = lookbook("audience", "build", campaign(), "--memory", "much", "--out", "x");
        Answer tooFew = lookbook(
                "audience",
                "demo",
                "--customers",
                "5",
                "--out",
                folder.resolve("z").toString());
        Answer exists = lookbook("audience", "demo", "--out", shop.toString());
        Answer noFile = lookbook(
                "audience", "build", "none.yaml", "--out", folder.resolve("y").toString());

        assertThat(noDates.exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
        assertThat(tooFew.exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
        assertThat(noMemory.exitCode()).isEqualTo(Lookbook.WRONG_USAGE);
        assertThat(noMemory.err()).contains("memory is written as 2GB or 512MB, but is much");
        assertThat(exists.exitCode()).isEqualTo(Lookbook.FAILED);
        assertThat(exists.err()).contains("exists already");
        assertThat(noFile.exitCode()).isEqualTo(Lookbook.FAILED);
        assertThat(noFile.err()).contains("none.yaml does not exist");
    }
}
