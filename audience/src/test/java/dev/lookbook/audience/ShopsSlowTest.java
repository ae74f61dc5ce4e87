package dev.lookbook.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the method promises, on seeded shops whose truth is known; classes take turns. */
@Tag("slow")
class ShopsSlowTest {
    private static final int CUSTOMERS = 20_000;

    @TempDir
    private Path folder;

    @Test
    void beatsTheBestSimpleRuleInTasteShops() throws IOException {
        List<String> lines = new ArrayList<>();
        int better = 0;
        double gain = 0;
        double cost = 0;
        for (int seed = 101; seed <= 120; seed++) {
            BacktestReport report = backtest(ShopKind.TASTE, seed);
            better += report.overBest().value() > 1 ? 1 : 0;
            gain += report.overBest().value() / 20;
            cost += report.errorCost().orElseThrow().value() / 20;
            lines.add(say(
                    "seed %d, %s: %.3f of the first %d, %.2f times %s; mistakes cost %.3f",
                    seed,
                    label(seed),
                    report.row(Ranker.SCORE, report.k()).precision(),
                    report.k(),
                    report.overBest().value(),
                    report.best(),
                    report.errorCost().orElseThrow().value()));
        }
        lines.add(say("better in %d of 20, %.3f times in the mean; mistakes cost %.4f", better, gain, cost));

        assertThat(better).as(String.join("; ", lines)).isGreaterThanOrEqualTo(18);
        assertThat(gain).isGreaterThan(1.2);
    }

    @Test
    void claimsNoLiftInNullShops() throws IOException {
        List<String> lines = new ArrayList<>();
        int honest = 0;
        for (int seed = 201; seed <= 220; seed++) {
            BacktestReport report = backtest(ShopKind.NULL, seed);
            BacktestReport.Row row = report.row(Ranker.SCORE, report.k());
            honest += row.liftInterval().low() <= 1 && row.liftInterval().high() >= 1 ? 1 : 0;
            lines.add(say(
                    "seed %d, %s: lift %.3f (%.3f to %.3f)",
                    seed,
                    label(seed),
                    row.lift(),
                    row.liftInterval().low(),
                    row.liftInterval().high()));
        }
        lines.add(say("the interval holds 1 in %d of 20", honest));

        assertThat(honest).as(String.join("; ", lines)).isGreaterThanOrEqualTo(17);
    }

    @Test
    void expectedPrecisionHoldsTheTrueOne() throws IOException {
        List<String> lines = new ArrayList<>();
        int held = 0;
        int claimed = 0;
        double width = 0;
        for (int seed = 501; seed <= 600; seed++) {
            ShopKind kind = ShopKind.values()[seed % 3];
            TestShop shop = TestShop.make(folder.resolve("shop" + seed), kind, seed, 6_000);
            Path out = folder.resolve("audience" + seed);
            Audience.build(
                    shop.campaign("classes: [" + label(seed) + "]", "size: 400", "seed: " + seed),
                    out,
                    Optional.empty(),
                    TestShop.RESOURCES);
            double truth = shop.truePrecision(out, label(seed));
            Map<?, ?> manifest = Manifest.read(Files.readString(out.resolve("manifest.json")));
            Map<?, ?> expected = (Map<?, ?>) manifest.get("expected_precision");
            Map<?, ?> lift = (Map<?, ?>) manifest.get("expected_lift");
            double low = (double) expected.get("low");
            double high = (double) expected.get("high");
            held += low <= truth && truth <= high ? 1 : 0;
            claimed += kind == ShopKind.NULL && (double) lift.get("low") > 1 ? 1 : 0;
            width += (high - low) / 100;
            lines.add(say(
                    "seed %d %s %s: expected %.4f (%.4f to %.4f), true %.4f%s",
                    seed,
                    kind,
                    label(seed),
                    (double) expected.get("expected"),
                    low,
                    high,
                    truth,
                    low <= truth && truth <= high ? "" : " MISSED"));
        }
        lines.add(say("held in %d of 100, mean width %.4f; lift claimed in %d null shops", held, width, claimed));

        assertThat(held).as(String.join("; ", lines)).isGreaterThanOrEqualTo(82);
        assertThat(claimed).isLessThanOrEqualTo(4);
    }

    private BacktestReport backtest(ShopKind kind, int seed) throws IOException {
        TestShop shop = TestShop.make(folder.resolve(kind + "-" + seed), kind, seed, CUSTOMERS);
        Path campaign = shop.campaign("classes: [" + label(seed) + "]", "size: 1000", "holdout: 0", "seed: " + seed);
        return Backtest.test(campaign, 2, Optional.of(shop.file(DemoShop.TRUE_ARTICLES)), TestShop.RESOURCES);
    }

    private static String label(int seed) {
        return DemoWorld.GARMENTS.get(seed % DemoWorld.GARMENTS.size()).label();
    }

    /** The figures are for docs/results.md, so they are printed even if all is well. */
    private static String say(String format, Object... values) {
        String line = String.format(Locale.ROOT, format, values);
        System.out.println(line);
        return line;
    }
}
