package dev.lookbook.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DemoShopTest {

    @TempDir
    private Path folder;

    @Test
    void equalSettingsGiveEqualBytes() throws IOException {
        TestShop one = TestShop.make(folder.resolve("one"), ShopKind.TASTE, 3, 400);
        TestShop other = TestShop.make(folder.resolve("other"), ShopKind.TASTE, 3, 400);
        TestShop third = TestShop.make(folder.resolve("third"), ShopKind.TASTE, 4, 400);

        for (String file : List.of("articles.csv", "transactions.csv", "customers.csv", "truth/transactions.csv")) {
            assertThat(other.file(file)).hasSameBinaryContentAs(one.file(file));
        }
        assertThat(Files.mismatch(one.file("transactions.csv"), third.file("transactions.csv")))
                .isNotNegative();
    }

    @Test
    void theCampaignHasTheSameDigitsInEveryCountry() throws IOException {
        TestShop.catalogue();
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
        try {
            TestShop shop = TestShop.make(folder.resolve("shop"), ShopKind.TASTE, 3, 400);

            assertThat(Files.readString(shop.file(DemoShop.CAMPAIGN))).contains("horizon_days: 28\n");
        } finally {
            Locale.setDefault(before);
        }
    }

    @ParameterizedTest
    @EnumSource
    void allIdsAreKnownAndTheFutureIsKeptApart(ShopKind kind) throws IOException {
        TestShop shop = TestShop.make(folder.resolve("shop"), kind, 5, 400);

        HashSet<String> customers = new HashSet<>(TestShop.ids(shop.file("customers.csv")));
        HashSet<String> articles = new HashSet<>(TestShop.ids(shop.file("articles.csv")));
        assertThat(customers).hasSize(400).allMatch(id -> id.length() == 8);
        assertThat(articles).hasSize(10_000).allMatch(id -> id.startsWith("0"));
        for (String file : List.of("transactions.csv", DemoShop.TRUE_PURCHASES)) {
            List<String> lines = Files.readAllLines(shop.file(file));
            assertThat(lines).hasSizeGreaterThan(100);
            boolean isFuture = file.equals(DemoShop.TRUE_PURCHASES);
            List<String> wrong = lines.stream()
                    .skip(1)
                    .filter(line -> {
                        String[] row = line.split(",");
                        return row[0].compareTo("2025-11-03") >= 0 != isFuture
                                || !customers.contains(row[1])
                                || !articles.contains(row[2])
                                || Double.parseDouble(row[3]) <= 0;
                    })
                    .toList();
            assertThat(wrong).isEmpty();
        }
    }

    @Test
    void onlyTasteMakesCustomersBuyTheSameClassAgain() throws IOException {
        double taste = sameClassAgain(ShopKind.TASTE);
        double popular = sameClassAgain(ShopKind.POPULAR);
        double random = sameClassAgain(ShopKind.NULL);

        assertThat(taste).isGreaterThan(0.25);
        assertThat(popular).isBetween(0.08, 0.16);
        assertThat(random).isBetween(0.08, 0.12); // ten classes, each as likely
    }

    /** How often a customer's last purchase is of the class of the first; both by the true labels. */
    private double sameClassAgain(ShopKind kind) throws IOException {
        TestShop shop = TestShop.make(folder.resolve(kind.toString()), kind, 6, 4_000);
        Map<String, String> labels = new HashMap<>();
        for (String line : Files.readAllLines(shop.file(DemoShop.TRUE_ARTICLES))) {
            labels.put(line.split(",")[0], line.split(",")[1]);
        }
        Map<String, String[]> ends = new HashMap<>();
        List<String> lines = Files.readAllLines(shop.file("transactions.csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] row = line.split(",");
            String[] end = ends.computeIfAbsent(row[1], customer -> new String[] {row[0], labels.get(row[2]), "", ""});
            if (!row[0].equals(end[0])) { // not of the same visit
                end[2] = row[0];
                end[3] = labels.get(row[2]);
            }
        }
        ends.values().removeIf(end -> end[2].isEmpty());
        return ends.values().stream().filter(end -> end[1].equals(end[3])).count() / (double) ends.size();
    }
}
