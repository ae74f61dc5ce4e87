package dev.lookbook.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WhyTest {

    @TempDir
    private Path folder;

    @Test
    void givesTheScoreOfTheListAndThePurchasesBehindIt() throws IOException {
        TestShop shop = TestShop.make(folder.resolve("shop"), ShopKind.TASTE, 12, 1_000);
        Path campaign = shop.campaign("size: 50");
        Path audience = folder.resolve("audience");
        Audience.build(campaign, audience, Optional.empty(), TestShop.RESOURCES);
        String[] first =
                Files.readAllLines(audience.resolve("audience.csv")).get(1).split(",");
        Path out = folder.resolve("why");

        List<String> lines = Why.explain(campaign, first[0], Optional.of(out), TestShop.RESOURCES);

        double score = Double.parseDouble(first[2]);
        assertThat(lines.get(0)).contains(first[0]).contains(rounded(score)).contains("addressed");
        assertThat(String.join("\n", lines)).contains("Ankle boot").contains("weight");
        String page = Files.readString(out.resolve("why.html"));
        assertThat(page).contains("data:image/png;base64,").doesNotContain("no picture");
    }

    private static String rounded(double score) {
        return String.format(java.util.Locale.ROOT, "%.4f", score);
    }

    @Test
    void tellsWhatKeptACustomerOut() throws IOException {
        TinyShop tiny = new TinyShop(folder);

        for (String refused : List.of("04", "06")) { // says no, says nothing
            List<String> lines = Why.explain(tiny.write(), refused, Optional.empty(), TestShop.RESOURCES);

            assertThat(lines.get(0)).contains("without consent");
        }
    }

    @Test
    void equalsHaveThePlacesOfTheList() throws IOException {
        TinyShop tiny = new TinyShop(folder);
        tiny.transactions.subList(1, tiny.transactions.size()).clear();
        for (int month = 1; month <= 9; month++) {
            for (int customer = 1; customer <= 6; customer++) {
                tiny.transactions.add("2025-0" + month + "-07,0" + customer + ",001,12.50,1");
            }
        }
        tiny.say("consent: ignore").say("size: 6").build();

        List<String> list = tiny.lines("audience.csv");
        for (String line : list.subList(1, list.size())) {
            String[] row = line.split(",");
            List<String> why = Why.explain(tiny.write(), row[0], Optional.empty(), TestShop.RESOURCES);
            assertThat(why.get(0)).contains("place " + row[1] + " of 6");
        }
    }
}
