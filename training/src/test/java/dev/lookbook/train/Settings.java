package dev.lookbook.train;

import dev.lookbook.run.Yaml;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Settings for tests: a preset with some lines replaced. */
final class Settings {
    private Settings() {}

    static TrainSettings of(String model, long steps, Map<String, Object> changes) throws IOException {
        Map<String, Object> settings = new LinkedHashMap<>(Presets.of(model, 1));
        settings.putAll(Map.of(
                "model", model, "data", "test", "data_sha256", "", "threads", 1, "precision", "fp32", "holdout", 0));
        settings.putAll(Map.of("steps", steps, "batch", 32));
        settings.putAll(changes);
        return Yaml.convert(settings, TrainSettings.class, "test");
    }
}
