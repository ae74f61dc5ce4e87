package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworksTest {
    @ParameterizedTest
    @CsvSource({"mlp,101_770", "classic,421_642", "tiny,79_232", "small,296_672", "base,1_178_560"})
    void aNetworkHasTheWeightsThatTheDocsState(String model, String stated) throws IOException {
        Network network = Networks.create(Settings.of(model, 1, Map.of()), Pictures.real(100));
        long weights = Long.parseLong(stated.replace("_", ""));

        assertThat(network.parameters()).isEqualTo(weights);
        Path docs = Path.of(System.getProperty("lookbook.home"), "docs", "training.md");
        assertThat(Files.readString(docs)).contains(String.format(Locale.ROOT, "| %,d |", weights));
    }

    @ParameterizedTest
    @CsvSource({"mlp,3", "classic,8", "small,14"})
    void anUntrainedNetworkShowsItsLayers(String model, int atLeast) throws IOException {
        assertThat(Training.untrained(model).layers()).hasSizeGreaterThan(atLeast);
    }

    @ParameterizedTest
    @CsvSource({"0,small", "60,small", "149,small", "150,base", "36000,base"})
    void whoeverNamesNoNetworkGetsTheOneForTheBudget(int seconds, String model) {
        assertThat(Presets.defaultModel(Duration.ofSeconds(seconds))).isEqualTo(model);
    }

    @ParameterizedTest
    @ValueSource(strings = {"mlp", "classic", "tiny", "small", "base"})
    void everyPresetIsAValidRunOfAnyLength(String model) throws IOException {
        for (double epochs : new double[] {0.1, 1, 7, 100}) {
            Map<String, Object> preset = Presets.of(model, epochs);

            assertThat(Settings.of(model, 10, preset).model()).isEqualTo(model);
        }
    }
}
