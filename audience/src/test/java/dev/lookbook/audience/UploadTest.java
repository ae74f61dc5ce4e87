package dev.lookbook.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The files of addresses that are given to others. */
class UploadTest {
    @TempDir
    private Path folder;

    private TinyShop tiny;

    @BeforeEach
    void openShop() {
        tiny = new TinyShop(folder);
    }

    @Test
    void thatForGoogleHoldsHashesOnly() throws IOException {
        tiny.build();

        assertThat(tiny.lines("upload-google.csv"))
                .containsExactlyInAnyOrder(
                        "Email,Phone",
                        sha256("ann@example.com") + "," + sha256("+12125550101"),
                        sha256("bob@example.com") + "," + sha256("+442079460001"));
        assertThat(tiny.lines("audience.csv")).hasSize(4).noneMatch(line -> line.contains("@"));
        assertThat(tiny.lines("upload-plain.csv"))
                .contains("01,ann@example.com,+12125550101", "02,bob@example.com,+442079460001");
        assertThat(counts(tiny.out()))
                .contains("emails=2", "phones=2", "emails_that_are_none=1", "phones_without_country=1");
    }

    @Test
    void theZeroInBracketsIsNoPartOfAPhoneNumber() throws IOException {
        tiny.customers.set(1, "01,,+49 (0)170 1234567,true");
        tiny.customers.set(2, "02,,0049 (0) 30 / 123456,true");
        tiny.customers.set(3, "03,,(+49) (0)170 1234568,true");

        tiny.build();

        assertThat(tiny.lines("upload-plain.csv"))
                .contains("01,,+491701234567", "02,,+4930123456", "03,,+491701234568");
    }

    @Test
    void anAddressThatAlsoBelongsToSomebodySuppressedIsInNeither() throws IOException {
        tiny.customers.set(2, "02, ANN@example.com,0044 20 7946 0001,true");
        tiny.customers.set(3, "03,carl@example.com,+44 20 7946 0001,true");
        tiny.suppression.add("01");
        tiny.say("suppression: suppression.csv").build();

        assertThat(tiny.lines("upload-plain.csv")).contains("02,,+442079460001", "03,carl@example.com,+442079460001");
        assertThat(Files.readString(tiny.out().resolve("upload-google.csv"))).doesNotContain(sha256("ann@example.com"));
        assertThat(counts(tiny.out())).contains("emails_withheld=1", "phones_withheld=0");
        assertThat(Files.readString(tiny.out().resolve("report.html")))
                .contains("1 left out: also of somebody suppressed or held out");
    }

    @Test
    void anAddressThatAlsoBelongsToSomebodyHeldOutIsInNeither() throws IOException {
        tiny.customers.replaceAll(line -> line.startsWith("0") ? line.substring(0, 2) + ",us@example.com,,true" : line);
        tiny.say("size: 3").say("holdout: 0.5");
        Path out = folder.resolve("none");
        Audience.Summary summary = null;
        for (int seed = 1;
                summary == null || summary.heldOut() == 0;
                seed++) { // at most one seed in eight holds none out
            assertThat(seed).isLessThan(20);
            out = folder.resolve("seed" + seed);
            summary = Audience.build(tiny.say("seed: " + seed).write(), out, Optional.empty(), TestShop.RESOURCES);
        }

        assertThat(Files.readAllLines(out.resolve("upload-google.csv"))).containsExactly("Email,Phone");
        assertThat(counts(out)).contains("emails=0", "emails_withheld=" + summary.addressed());
    }

    private static String counts(Path audience) throws IOException {
        Map<?, ?> manifest = Manifest.read(Files.readString(audience.resolve("manifest.json")));
        return manifest.get("upload").toString();
    }

    private static String sha256(String text) {
        return TestShop.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
