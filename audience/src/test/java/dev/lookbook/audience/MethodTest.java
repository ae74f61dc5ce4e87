package dev.lookbook.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The SQL against a slow, plain version of the same formulas, on whole small shops. */
class MethodTest {
    private static final Offset<Double> TINY = within(2e-6); // sums are of nine decimals

    @TempDir
    private Path folder;

    private record Scored(String customer, int cut, double[] figures) {}

    /** A backtest that learnt from the future would look better than a campaign can be. */
    @Test
    void whatHappensFromTheDateOnChangesNoScore() throws IOException {
        TestShop shop = TestShop.make(folder.resolve("shop"), ShopKind.TASTE, 6, 300);
        Campaign campaign = Campaign.read(shop.campaign("classes: [Trouser]"));
        LocalDate then = campaign.day().minusDays(3L * campaign.horizonDays());

        List<String> withTheFuture = scores(campaign, shop, then);
        List<String> lines = Files.readAllLines(shop.file("transactions.csv"));
        Files.write(
                shop.file("transactions.csv"),
                lines.stream()
                        .filter(line -> line.startsWith("t_dat") || line.compareTo(then.toString()) < 0)
                        .toList());

        assertThat(scores(campaign, shop, then)).isEqualTo(withTheFuture).hasSizeGreaterThan(200);
    }

    private static List<String> scores(Campaign campaign, TestShop shop, LocalDate day) throws IOException {
        try (Database database = TestShop.RESOURCES.open()) {
            Tables tables = Tables.load(database, campaign, shop.folder(), TestShop::model);
            Method method = new Method(database, campaign);
            method.readVisits("article_classes");
            method.score(day, tables.firstDay(), tables.customers());
            return database.ask(
                    "SELECT c.customer_id, n.score, n.leaning, n.expected_visits FROM scores n"
                            + " JOIN customers c ON c.customer = n.customer WHERE n.cut = 0 ORDER BY 1",
                    row -> row.getString(1) + " " + row.getDouble(2) + " " + row.getDouble(3) + " " + row.getDouble(4));
        }
    }

    @ParameterizedTest(name = "{0} {1}, half-life {2}, horizon {3}")
    @CsvSource({"TASTE, 1, 180, 28", "POPULAR, 2, 60, 14", "NULL, 3, 365, 28", "TASTE, 4, 30, 35", "NULL, 5, 180, 100"})
    void everyScoreIsThatOfThePlainVersion(ShopKind kind, long seed, double halfLife, int horizon) throws IOException {
        TestShop shop = TestShop.make(folder.resolve("shop"), kind, seed, 300);
        Path file = shop.campaign("half_life_days: " + halfLife, "horizon_days: " + horizon, "classes: [Trouser]");
        Campaign campaign = Campaign.read(file);
        List<Scored> scores = new ArrayList<>();
        int cuts;
        try (Database database = TestShop.RESOURCES.open()) {
            Tables tables = Tables.load(database, campaign, shop.folder(), TestShop::model);
            Method method = new Method(database, campaign);
            method.readVisits("article_classes");

            method.score(campaign.day(), tables.firstDay(), tables.customers());

            cuts = (int) database.number("SELECT max(cut) FROM cuts");
            database.each(
                    "SELECT c.customer_id, n.cut, n.pace, n.leaning, n.expected_visits, n.score, n.bought_after, n.bought,"
                            + " n.usual FROM scores n JOIN customers c ON c.customer = n.customer",
                    row -> {
                        double[] figures = new double[7];
                        for (int i = 0; i < figures.length; i++) {
                            figures[i] = row.getDouble(3 + i);
                        }
                        scores.add(new Scored(row.getString(1), row.getInt(2), figures));
                    });
        }

        PlainMethod plain = new PlainMethod(shop.folder(), "Trouser", campaign.day(), horizon, halfLife, cuts);

        assertThat(cuts).isPositive();
        assertThat(scores).hasSize(plain.states.stream().mapToInt(Map::size).sum());
        for (Scored one : scores) {
            PlainMethod.State state = plain.states.get(one.cut()).get(one.customer());
            double[] expected = {
                state.pace,
                state.leaning,
                state.expectedVisits,
                state.score,
                state.boughtAfter,
                state.bought,
                state.usual
            };
            for (int i = 0; i < expected.length; i++) {
                assertThat(one.figures()[i])
                        .as("figure %d of customer %s at cut %d", i, one.customer(), one.cut())
                        .isCloseTo(expected[i], within(TINY.value * (1 + 10 * Math.abs(expected[i]))));
            }
        }
    }
}
