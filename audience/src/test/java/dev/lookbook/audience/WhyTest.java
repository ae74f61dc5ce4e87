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

        List<String> lines = Why.explain(tiny.write(), "04", Optional.empty(), TestShop.RESOURCES);

        assertThat(lines.get(0)).contains("without consent");
    }
}
