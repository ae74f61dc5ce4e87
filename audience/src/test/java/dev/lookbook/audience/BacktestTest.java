package dev.lookbook.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BacktestTest {

    @TempDir
    private Path folder;

    @Test
    void findsTasteAndBeatsTheSimpleRules() throws IOException {
        TestShop shop = TestShop.make(folder.resolve("shop"), ShopKind.TASTE, 8, 4_000);

        BacktestReport report = Backtest.test(
                shop.campaign("size: 200", "holdout: 0"),
                3,
                Optional.of(shop.file(DemoShop.TRUE_ARTICLES)),
                TestShop.RESOURCES);

        assertThat(report.dates()).hasSize(3);
        assertThat(report.k()).isEqualTo(200);
        assertThat(report.row(Ranker.SCORE, 200).liftInterval().low()).isGreaterThan(2);
        assertThat(report.overBest().value()).isGreaterThan(1);
        assertThat(report.errorCost().orElseThrow().value()).isBetween(-0.1, 0.15);
        assertThat(report.deciles().get(0).lift())
                .isGreaterThan(report.deciles().get(9).lift());
    }

    @Test
    void claimsNothingWherePurchasesAreRandom() throws IOException {
        TestShop shop = TestShop.make(folder.resolve("shop"), ShopKind.NULL, 9, 4_000);
        Path out = folder.resolve("backtest");

        List<String> lines = Backtest.run(
                shop.campaign("size: 200"), out, 3, Optional.of(shop.file(DemoShop.TRUE_ARTICLES)), TestShop.RESOURCES);

        assertThat(lines).anySatisfy(line -> assertThat(line).startsWith("No lift is shown"));
        assertThat(Files.readString(out.resolve("report.html")))
                .contains("No lift is shown", "no proof of extra sales");
    }

    @Test
    void countsWhatAPlainCountCounts() throws IOException {
        TestShop shop = TestShop.make(folder.resolve("shop"), ShopKind.POPULAR, 10, 1_000);
        Path truth = shop.file(DemoShop.TRUE_ARTICLES);

        BacktestReport report =
                Backtest.test(shop.campaign("size: 100", "holdout: 0"), 1, Optional.of(truth), TestShop.RESOURCES);

        Map<String, String> labels = new HashMap<>();
        for (String line : Files.readAllLines(truth)) {
            labels.put(line.split(",")[0], line.split(",")[1]);
        }
        Set<String> known = new HashSet<>();
        Set<String> buyers = new HashSet<>();
        List<String> lines = Files.readAllLines(shop.file("transactions.csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] row = line.split(",");
            if (row[0].compareTo("2025-10-06") < 0) {
                known.add(row[1]);
            } else if ("Ankle boot".equals(labels.get(row[2]))) {
                buyers.add(row[1]);
            }
        }
        buyers.retainAll(known);
        assertThat(report.dates().get(0).date()).isEqualTo("2025-10-06");
        assertThat(report.dates().get(0).customers()).isEqualTo(known.size());
        assertThat(report.baseRate()).isCloseTo(buyers.size() / (double) known.size(), within(1e-7));
        for (List<Double> curve : report.gains().values()) {
            assertThat(curve.get(0)).isZero();
            assertThat(curve.get(curve.size() - 1)).isCloseTo(1, within(1e-9));
        }
        BacktestReport.Row row = report.row(Ranker.SCORE, 100);
        assertThat(row.lift()).isCloseTo(row.precision() / report.baseRate(), within(1e-9));
        assertThat(row.recall()).isCloseTo(row.precision() * 100 / buyers.size(), within(1e-7));
    }

    @Test
    void tooShortAHistoryIsRefused() throws IOException {
        TinyShop tiny = new TinyShop(folder);
        tiny.say("horizon_days: 60");

        assertThatThrownBy(() -> Backtest.test(tiny.write(), 4, Optional.empty(), TestShop.RESOURCES))
                .hasMessageContainingAll("a backtest needs purchases", "Shorten horizon_days");
    }

    @Test
    void trueLabelsThatAreNoneAreRefused() throws IOException {
        TinyShop tiny = new TinyShop(folder);
        Path campaign = tiny.write();
        Path truth = Files.writeString(folder.resolve("truth.csv"), "article_id,label\n001,Boot\n002,Hat\n003,Boot\n");

        assertThatThrownBy(() -> Backtest.test(campaign, 1, Optional.of(truth), TestShop.RESOURCES))
                .hasMessageContainingAll("truth.csv line 3", "unknown label \"Hat\"", "Boot, Shirt");
    }
}
