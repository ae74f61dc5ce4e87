package dev.lookbook.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever can be wrong with what a marketer brings: refused in a line, or left out and counted. */
class BadInputTest {

    @TempDir
    private Path folder;

    private TinyShop shop;

    @BeforeEach
    void openShop() {
        shop = new TinyShop(folder);
    }

    private static Arguments row(String what, Consumer<TinyShop> spoil, String... message) {
        return Arguments.of(what, spoil, message);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                row(
                        "no campaign key of that name",
                        s -> s.say("sice: 3"),
                        "campaign.yaml",
                        "unknown key \"sice\"",
                        "size"),
                row(
                        "a size that is no number",
                        s -> s.say("size: many"),
                        "campaign.yaml",
                        "\"size\"",
                        "a whole number"),
                row(
                        "a share above one",
                        s -> s.say("holdout: 1.5"),
                        "campaign.yaml",
                        "holdout must be from 0 to 0.9",
                        "1.5"),
                row("no date", s -> s.campaign.removeIf(line -> line.startsWith("date")), "does not say date"),
                row("a date that is none", s -> s.say("date: 3.11.2025"), "date must be a day such as", "3.11.2025"),
                row("neither size nor threshold", s -> s.say("size: 0"), "does not say size or threshold"),
                row(
                        "a class that the model does not know",
                        s -> s.say("classes: [Boots]"),
                        "class \"Boots\" is unknown",
                        "Boot, Shirt"),
                row(
                        "a class without a name",
                        s -> s.say("classes: [Boot, null]"),
                        "campaign.yaml: key \"classes\" is [\"Boot\",null], whose entry 2 is empty"),
                row(
                        "a class with a blank for a name",
                        s -> s.say("classes: [Boot, ' ']"),
                        "campaign.yaml",
                        "classes must not have an empty entry"),
                row(
                        "a half-life shorter than the horizon allows",
                        s -> s.say("half_life_days: 10"),
                        "half_life_days",
                        "28"),
                row(
                        "a column name of ours that there is not",
                        s -> s.say("columns: {mail: e}"),
                        "columns may name",
                        "mail"),
                row(
                        "a column that is called nothing",
                        s -> s.say("columns: {email: }"),
                        "campaign.yaml: key \"columns\" is {\"email\":null}, whose entry \"email\" is empty"),
                row("no such file", s -> s.say("customers: people.csv"), "people.csv", "no such file"),
                row(
                        "articles without a probability",
                        s -> s.articles.replaceAll(line -> line.replaceAll(",[^,]*,[^,]*$", "")),
                        "articles.csv has no probabilities",
                        "lookbook classify"),
                row(
                        "pictures that are not classified, and no model",
                        s -> s.articles.replaceAll(line -> line.split(",")[0] + "," + line.split(",")[1]),
                        "articles.csv names pictures that are not classified yet",
                        "model: small"),
                row(
                        "a picture without id, before it is classified",
                        s -> {
                            picturesOnly(s);
                            s.articles.add(",x.jpg");
                        },
                        "articles.csv line 5",
                        "article_id is empty"),
                row(
                        "a class that the model to classify by does not know",
                        s -> {
                            picturesOnly(s);
                            s.say("classes: [Boot]");
                        },
                        "class \"Boot\" is unknown to the model",
                        "small.onnx",
                        "Ankle boot"),
                row(
                        "pictures of which none is there",
                        BadInputTest::picturesOnly,
                        "articles.csv names no picture that can be read; line 2: ",
                        "pictures/001.jpg"),
                row(
                        "no column of customers, before pictures are classified",
                        s -> {
                            picturesOnly(s);
                            s.transactions.set(0, "t_dat,client,article_id,price,channel");
                        },
                        "transactions.csv has no column \"customer_id\""),
                row(
                        "an article twice",
                        s -> s.articles.add("001,x.jpg,Boot,1,sure,,1,0"),
                        "articles.csv line 5",
                        "article_id \"001\" is there again, first in line 2"),
                row(
                        "an article without id",
                        s -> s.articles.add(",x.jpg,Boot,1,sure,,1,0"),
                        "articles.csv line 5",
                        "article_id is empty"),
                row("predictions of several models", BadInputTest::twoModels, "several models", "base 1, small 1"),
                row(
                        "predictions of another model",
                        BadInputTest::otherModel,
                        "predictions of the model small 1",
                        "wants those of base"),
                row(
                        "predictions of another model than the one in a file",
                        s -> {
                            otherModel(s);
                            s.articles.replaceAll(line -> line.replace("small 1", "other 1"));
                            s.say("model: ./small");
                        },
                        "predictions of the model other 1",
                        "wants those of ./small"),
                row(
                        "a customer twice",
                        s -> s.customers.add("01,,,true"),
                        "customers.csv line 8",
                        "customer_id \"01\" is there again, first in line 2"),
                row(
                        "no column of consent",
                        s -> s.customers.replaceAll(line -> line.replace("consent", "agreed")),
                        "customers.csv has no column \"consent\"",
                        "consent: ignore"),
                row(
                        "no column of customers",
                        s -> s.transactions.set(0, "t_dat,client,article_id,price,channel"),
                        "transactions.csv has no column \"customer_id\"",
                        "it has t_dat, client",
                        "columns: {customer_id:"),
                row(
                        "a header that is shorter than the rows",
                        s -> s.transactions.set(0, "t_dat,customer_id,article_id"),
                        "transactions.csv"),
                row(
                        "dates of another form",
                        s -> s.transactions.replaceAll(line -> line.replaceFirst("^(\\d+)-(\\d+)-(\\d+)", "$3.$2.$1")),
                        "transactions.csv line 2",
                        "unreadable date \"01.01.2025\"",
                        "in 100 of 100 rows"),
                row(
                        "prices with a comma",
                        s -> s.transactions.replaceAll(line -> line.replace("12.50", "\"12,50\"")),
                        "transactions.csv line 2",
                        "unreadable price \"12,50\""),
                row(
                        "no purchase that can be used",
                        s -> s.transactions.replaceAll(line -> line.replace(",0", ",9")),
                        "transactions.csv has no purchase",
                        "line 2: unknown customer \"91\""),
                row(
                        "no purchase before the date, and another file with a row that is left out",
                        s -> {
                            s.articles.add("004,d.jpg,,,,no picture,,");
                            s.say("date: 2024-01-01");
                        },
                        "transactions.csv has no purchase before 2024-01-01",
                        "article. Check the date"),
                row(
                        "a campaign that nobody meets",
                        s -> s.say("bought_within_days: 1"),
                        "nobody meets the campaign",
                        "none is left after \"bought recently enough\""),
                row(
                        "nobody who consented",
                        s -> s.customers.replaceAll(line -> line.replaceFirst("(true|yes)$", "no")),
                        "nobody meets the campaign",
                        "none is left after \"consented\""),
                row(
                        "a threshold that nobody reaches",
                        s -> s.say("threshold: 0.9999"),
                        "nobody meets the campaign",
                        "above the threshold"));
    }

    private static void picturesOnly(TinyShop shop) {
        shop.articles.replaceAll(line -> line.split(",")[0] + "," + line.split(",")[1]);
        shop.say("model: small").say("classes: [Bag]");
    }

    private static void twoModels(TinyShop shop) {
        shop.articles.replaceAll(line ->
                (line.startsWith("article_id") ? "model," : line.startsWith("002") ? "base 1," : "small 1,") + line);
    }

    private static void otherModel(TinyShop shop) {
        twoModels(shop);
        shop.articles.replaceAll(line -> line.replace("base 1", "small 1"));
        shop.say("model: base");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    void isRefusedInALine(String what, Consumer<TinyShop> spoil, String[] message) {
        spoil.accept(shop);

        assertThatThrownBy(shop::build)
                .isInstanceOf(IOException.class)
                .hasMessageContainingAll(message)
                .message()
                .doesNotContain("\n")
                .doesNotContain("lookbook-audience"); // the folder of our own files, which nobody knows
        assertThat(shop.out()).doesNotExist();
    }

    static Stream<Arguments> leftOut() {
        return Stream.of(
                row(
                        "a purchase of an unknown article",
                        s -> s.transactions.add("2025-05-05,01,999,1,1"),
                        "1 rows of transactions.csv, unknown article; first in line 102: \"999\""),
                row(
                        "a purchase by an unknown customer",
                        s -> s.transactions.add("2025-05-05,99,001,1,1"),
                        "1 rows of transactions.csv, unknown customer; first in line 102: \"99\""),
                row(
                        "a purchase by nobody, and one by an unknown customer",
                        s -> s.transactions.addAll(List.of("2025-05-05,,001,1,1", "2025-05-05,99,001,1,1")),
                        "2 rows of transactions.csv, unknown customer; first in line 102: \"\""),
                row(
                        "a date in the future",
                        s -> s.transactions.add("2026-05-05,01,001,1,1"),
                        "1 rows of transactions.csv, on or after the date"),
                row(
                        "one date that cannot be read",
                        s -> s.transactions.add("yesterday,01,001,1,1"),
                        "1 rows of transactions.csv, unreadable date; first in line 102: \"yesterday\""),
                row(
                        "one negative price",
                        s -> s.transactions.add("2025-05-05,01,001,-1,1"),
                        "1 rows of transactions.csv, negative price; first in line 102: \"-1\""),
                row(
                        "an article that could not be classified",
                        s -> s.articles.add("004,d.jpg,,,,no picture,,"),
                        "1 rows of articles.csv, no prediction; first in line 5: \"004\""),
                row(
                        "probabilities that are none",
                        s -> s.articles.add("004,d.jpg,Boot,3,,,3,1"),
                        "1 rows of articles.csv, probabilities that do not add up to 1; first in line 5: \"004\""),
                row(
                        "a suppressed id that is nobody's",
                        s -> {
                            s.suppression.addAll(List.of("01", "1"));
                            s.say("suppression: suppression.csv");
                        },
                        "1 rows of suppression.csv, unknown customer; first in line 3: \"1\""),
                row(
                        "a consent that may mean anything",
                        s -> s.customers.add("07,,,maybe"),
                        "1 rows of customers.csv, unclear consent, taken as none; first in line 8: \"maybe\""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("leftOut")
    void isLeftOutAndCounted(String what, Consumer<TinyShop> spoil, String[] message) throws IOException {
        while (shop.transactions.size() < 101) {
            shop.transactions.add("2025-05-06,02,001,1,1");
        }
        spoil.accept(shop);

        Audience.Summary summary = shop.build();

        assertThat(summary.report()).anySatisfy(line -> assertThat(line).contains(message));
        assertThat(shop.lines("report.html"))
                .anySatisfy(line -> assertThat(line).contains("Rows that were left out"));
    }

    @Test
    void blanksAroundASuppressedIdSuppressAllTheSame() throws IOException {
        shop.suppression.add(" 01 ");
        shop.say("suppression: suppression.csv");

        shop.build();

        assertThat(shop.lines("audience.csv"))
                .hasSizeGreaterThan(1)
                .noneSatisfy(line -> assertThat(line).startsWith("01,"));
    }

    @Test
    void anExistingFolderIsRefusedBeforeTheWork() throws IOException {
        Files.createDirectories(shop.out());

        assertThatThrownBy(shop::build).isInstanceOf(FileAlreadyExistsException.class);
    }

    @Test
    void anEarlierAudienceOfAnotherModelIsRefused() throws IOException {
        shop.build();
        Path before = Files.move(shop.out(), folder.resolve("before"));
        shop.articles.replaceAll(line -> line.replace("Shirt", "Blouse"));

        assertThatThrownBy(() -> Audience.build(shop.write(), shop.out(), Optional.of(before), TestShop.RESOURCES))
                .hasMessageContainingAll("predictions of another model", "[Boot, Shirt]", "[Boot, Blouse]");
        assertThat(shop.out()).doesNotExist();
    }

    @Test
    void aFolderWithoutAnAudienceIsNoEarlierOne() {
        assertThatThrownBy(() -> Audience.build(shop.write(), shop.out(), Optional.of(folder), TestShop.RESOURCES))
                .hasMessageContaining("holds no audience");
    }

    @Test
    void anUnknownCustomerIsNoReason() {
        assertThatThrownBy(() -> Why.explain(shop.write(), "1", Optional.empty(), TestShop.RESOURCES))
                .hasMessageContainingAll("there is no customer \"1\"", "leading zeros count");
    }
}
