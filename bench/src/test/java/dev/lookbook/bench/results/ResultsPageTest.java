package dev.lookbook.bench.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page in the repository is what {@code bench/results} writes: no table in it was changed by hand, or forgotten. */
class ResultsPageTest {
    private static final Path HOME = Path.of(System.getProperty("lookbook.home"));

    @Test
    void thePageIsWhatTheCommandWrites() throws IOException {
        assertThat(Files.readString(HOME.resolve("docs/results.md")))
                .as("docs/results.md; bench/results writes it anew")
                .isEqualTo(ResultsPage.of(HOME).text());
    }

    @Test
    void theChartsAreWhatTheCommandDraws() throws IOException {
        for (var chart : ResultsPage.of(HOME).charts().entrySet()) {
            byte[] png = Files.readAllBytes(HOME.resolve("docs/results").resolve(chart.getKey()));

            assertThat(PngStamp.isOn(png, chart.getValue().drawn()))
                    .as("docs/results/" + chart.getKey() + " is drawn from the figures; bench/results draws it anew")
                    .isTrue();
            assertThat(Files.readString(HOME.resolve("docs/results.md"))).contains("(results/" + chart.getKey() + ")");
        }
    }
}
