package dev.lookbook.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.lookbook.image.Png;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudienceTest {

    @TempDir
    private static Path shops;

    private static TestShop shop;

    @TempDir
    private Path folder;

    @BeforeAll
    static void makeShop() throws IOException {
        shop = TestShop.make(shops.resolve("shop"), ShopKind.TASTE, 7, 3_000);
    }

    private Path build(String out, String... lines) throws IOException {
        Path audience = folder.resolve(out);
        Audience.build(shop.campaign(lines), audience, Optional.empty(), TestShop.RESOURCES);
        return audience;
    }

    @Test
    void addressesAsManyAsAskedForAndHoldsATenthOut() throws IOException {
        Path audience = build("audience", "size: 200");

        List<String> addressed = TestShop.ids(audience.resolve("audience.csv"));
        List<String> heldOut = TestShop.ids(audience.resolve("holdout.csv"));
        assertThat(addressed).hasSize(200);
        assertThat(heldOut).hasSizeBetween(8, 40).doesNotContainAnyElementsOf(addressed);
        assertThat(Files.readAllLines(audience.resolve("audience.csv")).get(0))
                .isEqualTo("customer_id,place,score,leaning,expected_visits,last_visit,visits");
    }

    @Test
    void onlyCustomersWhoConsentedAndAreNotSuppressedLeaveTheHouse() throws IOException {
        Path audience = build("audience", "size: 500");

        Set<String> allowed = new HashSet<>();
        try (Stream<String> lines = Files.lines(shop.file("customers.csv"))) {
            lines.filter(line -> line.endsWith(",true"))
                    .map(line -> line.split(",")[0])
                    .forEach(allowed::add);
        }
        TestShop.ids(shop.file("suppression.csv")).forEach(allowed::remove);
        for (String file : List.of("audience.csv", "holdout.csv", "upload-plain.csv")) {
            assertThat(allowed).containsAll(TestShop.ids(audience.resolve(file)));
        }
    }

    @Test
    void whoIsHeldOutAltogetherIsNotAnAudience() throws IOException {
        TinyShop tiny = new TinyShop(folder);
        tiny.say("size: 1").say("holdout: 0.9");
        tiny.customers.subList(2, tiny.customers.size()).clear(); // one is left, and one seed in ten addresses that one
        tiny.transactions.removeIf(line -> !line.startsWith("t_dat") && !line.contains(",01,"));
        List<String> told = new ArrayList<>();
        for (int seed = 1; seed <= 3; seed++) {
            tiny.say("seed: " + seed);
            told.add(String.valueOf(catchThrowable(tiny::build)));
        }

        assertThat(told)
                .anySatisfy(message -> assertThat(message)
                        .contains("all 1 who were chosen are held out, and nobody is left to address. Lower holdout"));
    }

    @Test
    void consentInOtherWordsIsToldWithTheLineItStandsIn() throws IOException {
        TinyShop tiny = new TinyShop(folder);
        for (int i = 1; i < tiny.customers.size(); i++) {
            tiny.customers.set(i, "0" + i + ",,,ja");
        }

        assertThatThrownBy(tiny::build)
                .hasMessageContaining("none is left after \"consented\"")
                .hasMessageContaining("first in line 2: \"ja\"")
                .hasMessageContaining("write true, yes, y, t or 1");
    }

    /** What was bought earlier is told of as many as the rules would have chosen then, however few reach the threshold now. */
    @Test
    void aThresholdThatLeavesFewDoesNotMakeEarlierAudiencesSmaller() throws IOException {
        Path byThreshold = build("threshold", "size: 0", "threshold: 0.2", "date: 2025-03-31");
        Path byBoth = build("both", "size: 2500", "threshold: 0.2", "date: 2025-03-31");

        assertThat(windows(byBoth)).isEqualTo(windows(byThreshold)).isNotEmpty();
        assertThat(TestShop.ids(byBoth.resolve("audience.csv"))).hasSizeLessThan(2_000);
    }

    private static List<?> windows(Path audience) throws IOException {
        return (List<?>) Manifest.read(Files.readString(audience.resolve("manifest.json")))
                .get("earlier_windows");
    }

    @Test
    void thoseWhoHaveJustBoughtAreLeftOut() throws IOException {
        Path audience = build("audience", "size: 2000", "exclude_buyers_within_days: 60", "holdout: 0");

        Set<String> boots = new HashSet<>();
        try (Stream<String> lines = Files.lines(shop.file("articles.csv"))) {
            lines.skip(1)
                    .map(line -> line.split(","))
                    .filter(row -> Double.parseDouble(row[row.length - 1]) >= 0.5)
                    .forEach(row -> boots.add(row[0]));
        }
        Set<String> buyers = new HashSet<>();
        try (Stream<String> lines = Files.lines(shop.file("transactions.csv"))) {
            lines.skip(1)
                    .map(line -> line.split(","))
                    .filter(row -> row[0].compareTo("2025-09-04") >= 0 && boots.contains(row[2]))
                    .forEach(row -> buyers.add(row[1]));
        }
        assertThat(buyers).isNotEmpty().doesNotContainAnyElementsOf(TestShop.ids(audience.resolve("audience.csv")));
    }

    @Test
    void sameInputsAndSeedGiveTheSameBytesOnAnyNumberOfThreads() throws IOException {
        Path campaign = shop.campaign("size: 300");
        Path one = folder.resolve("one");
        Path other = folder.resolve("other");

        Audience.build(campaign, one, Optional.empty(), new Resources(1, "1GB", TestShop::model));
        Audience.build(campaign, other, Optional.empty(), new Resources(4, "500MB", TestShop::model));

        assertThat(filesOf(other))
                .isEqualTo(filesOf(one))
                .contains("manifest.json", "report.html", "upload-google.csv");
        for (String file : filesOf(one)) {
            assertThat(other.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
        }
    }

    @Test
    void anotherSeedHoldsOthersOut() throws IOException {
        Path one = build("one", "size: 300", "seed: 1");
        Path other = build("other", "size: 300", "seed: 2");

        assertThat(TestShop.ids(other.resolve("holdout.csv"))).isNotEqualTo(TestShop.ids(one.resolve("holdout.csv")));
    }

    @Test
    void tellsWhoIsNewAndWhoMustLeave() throws IOException {
        Path before = build("before", "size: 300", "date: 2025-10-06");
        Path now = folder.resolve("now");

        Audience.build(shop.campaign("size: 300", "date: 2025-11-03"), now, Optional.of(before), TestShop.RESOURCES);

        Set<String> mirrored = new HashSet<>(TestShop.ids(before.resolve("audience.csv")));
        mirrored.removeAll(TestShop.ids(now.resolve("removals.csv")));
        mirrored.addAll(TestShop.ids(now.resolve("additions.csv")));
        assertThat(mirrored).isEqualTo(new HashSet<>(TestShop.ids(now.resolve("audience.csv"))));
        assertThat(TestShop.ids(now.resolve("removals.csv"))).isNotEmpty();
    }

    @Test
    void theManifestHasTheFunnelAndWhatToExpect() throws IOException {
        Path audience = build("audience", "size: 200");

        Map<?, ?> manifest = Manifest.read(Files.readString(audience.resolve("manifest.json")));
        List<?> funnel = (List<?>) manifest.get("funnel");
        long before = Long.MAX_VALUE;
        for (Object step : funnel.subList(0, 9)) {
            long customers = ((Number) ((Map<?, ?>) step).get("customers")).longValue();
            assertThat(customers).isLessThanOrEqualTo(before);
            before = customers;
        }
        Map<?, ?> precision = (Map<?, ?>) manifest.get("expected_precision");
        assertThat((double) precision.get("expected"))
                .isBetween((double) precision.get("low"), (double) precision.get("high"));
        assertThat(manifest.get("model")).isEqualTo("small 1");
        assertThat((List<?>) manifest.get("inputs"))
                .hasSize(4)
                .first()
                .satisfies(input -> assertThat(((Map<?, ?>) input).get("sha256"))
                        .isEqualTo(TestShop.sha256(Files.readAllBytes(shop.file("articles.csv")))));
    }

    @Test
    void aCustomerMayBuyAThousandItemsInADay() throws IOException {
        TinyShop tiny = new TinyShop(folder);
        tiny.transactions.addAll(Collections.nCopies(1_100, "2025-11-01,01,003,12.50,1"));

        assertThat(tiny.build().addressed()).isEqualTo(3);
    }

    @Test
    void withoutConsentInTheFileItMayBeIgnoredInSoManyWords() throws IOException {
        TinyShop tiny = new TinyShop(folder);
        tiny.customers.replaceAll(line -> line.replaceFirst(",[a-z]*$", ""));
        tiny.say("consent: ignore").say("size: 6");

        assertThat(tiny.build().addressed()).isEqualTo(6);
    }

    @Test
    void columnsMayHaveOtherNames() throws IOException {
        TinyShop tiny = new TinyShop(folder);
        tiny.transactions.set(0, "Datum,Kunde,Artikel,Preis,Kanal");
        tiny.customers.set(0, "Kunde,email,phone,consent");
        tiny.articles.set(0, "Artikel,input,label,confidence,decision,error,Boot,Shirt");
        tiny.say("columns: {t_dat: Datum, customer_id: Kunde, article_id: Artikel, price: Preis}");

        assertThat(tiny.build().addressed()).isEqualTo(3);
    }

    @Test
    void columnsOfOursAfterTheErrorAreNoClasses() throws IOException {
        TinyShop tiny = new TinyShop(folder);
        tiny.articles.replaceAll(line -> line.replaceFirst("^([^,]*),([^,]*),(.*)$", "$3,$1,$2"));

        assertThat(tiny.build().addressed()).isEqualTo(3);
    }

    @Test
    void aFolderThatLooksLikeAPartitionAddsNoColumn() throws IOException {
        TinyShop tiny = new TinyShop(Files.createDirectories(folder.resolve("country=DE")));

        assertThat(tiny.build().addressed()).isEqualTo(3);
    }

    @Test
    void aVisitMayBeOfThousandsOfItems() throws IOException {
        TinyShop wholesale = new TinyShop(folder);
        List<String> visits = wholesale.transactions.subList(1, 20).stream()
                .map(line -> line.replaceFirst("2025-0[12]", "2025-10"))
                .toList();
        wholesale.transactions.subList(1, 101).clear();
        for (int i = 0; i < 2000; i++) {
            wholesale.transactions.addAll(visits);
        }

        assertThat(wholesale.build().addressed()).isEqualTo(3);
    }

    @Test
    void predictionsMayBeThoseOfAModelInAFile() throws IOException {
        TinyShop tiny = new TinyShop(folder);
        tiny.articles.replaceAll(line -> (line.startsWith("article_id") ? "model," : "small 1,") + line);
        tiny.say("model: ./small");

        assertThat(tiny.build().addressed()).isEqualTo(3);
    }

    @Test
    void articlesMayBeNamedByTheirPictures() throws IOException {
        TinyShop tiny = new TinyShop(folder);
        tiny.articles.replaceAll(line -> line.substring(line.indexOf(',') + 1));

        assertThat(tiny.build().addressed()).isEqualTo(3);
        assertThat(tiny.articles.get(1)).startsWith("pictures/001.jpg");
    }

    @Test
    void picturesThatAreNotClassifiedYetAreClassifiedByTheCampaignsModel() throws IOException {
        TinyShop tiny = shopOfPictures();

        Audience.Summary summary = tiny.build();

        assertThat(summary.addressed()).isEqualTo(3);
        assertThat(summary.report())
                .anySatisfy(line -> assertThat(line).contains("1 rows of articles.csv, no prediction", "\"003\""));
    }

    @Test
    void theFileOfTheModelMayHaveAnotherNameThanTheModel() throws IOException {
        TinyShop tiny = shopOfPictures().say("model: mine.onnx");
        Resources resources = new Resources(1, "1GB", name -> TestShop.model("small"));

        Audience.Summary summary = Audience.build(tiny.write(), tiny.out(), Optional.empty(), resources);

        assertThat(summary.addressed()).isEqualTo(3);
    }

    /** Two articles with pictures and one without, none classified. */
    private TinyShop shopOfPictures() throws IOException {
        TinyShop tiny = new TinyShop(folder);
        byte[] pixels = new byte[28 * 28];
        Arrays.fill(pixels, 200, 600, (byte) 200);
        Files.createDirectories(folder.resolve("pictures"));
        for (String id : List.of("001", "002")) {
            Png.writeGrey(folder.resolve("pictures/" + id + ".png"), 28, 28, pixels);
        }
        tiny.articles.clear();
        tiny.articles.addAll(
                List.of("article_id,picture", "001,pictures/001.png", "002,pictures/002.png", "003,none.png"));
        return tiny.say("columns: {input: picture}").say("model: small").say("classes: [Bag, Dress]");
    }

    @Test
    void parquetIsReadAsWellAsCsv() throws IOException {
        TinyShop tiny = new TinyShop(folder);
        tiny.build();
        List<String> fromCsv = tiny.lines("audience.csv");
        Files.move(tiny.out(), folder.resolve("from-csv"));
        try (Database database = TestShop.RESOURCES.open()) {
            database.execute(
                    "COPY (SELECT CAST(t_dat AS DATE) AS t_dat, customer_id, article_id, CAST(price AS DOUBLE) AS"
                            + " price FROM read_csv('" + folder.resolve("transactions.csv")
                            + "', all_varchar = true)) TO '"
                            + folder.resolve("transactions.parquet") + "' (FORMAT parquet)");
        }
        tiny.say("transactions: transactions.parquet");

        tiny.build();

        assertThat(tiny.lines("audience.csv")).isEqualTo(fromCsv);
    }

    private static List<String> filesOf(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
