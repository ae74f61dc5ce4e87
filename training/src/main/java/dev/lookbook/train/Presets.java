package dev.lookbook.train;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The recipes of {@code presets.yaml}: the settings of each network before anybody changes one. */
final class Presets {
    private static final String ALL = "all";
    private static final String DEFAULT_MODEL = "default_model";
    private static final String FROM_EPOCHS = "from_epochs";
    /** How long the textbook networks train if nobody says; not a setting of a run, which has steps. */
    private static final String EPOCHS = "epochs";

    private static final Map<String, Map<String, Object>> PRESETS = read();

    private Presets() {}

    static List<String> names() {
        return PRESETS.keySet().stream()
                .filter(name -> !name.equals(ALL) && !name.equals(DEFAULT_MODEL))
                .toList();
    }

    /** The network of a run that names none, by how long it may train. */
    static String defaultModel(Duration budget) {
        String model = null;
        for (Map.Entry<String, Object> entry : PRESETS.get(DEFAULT_MODEL).entrySet()) {
            if (budget.toSeconds() >= Long.parseLong(entry.getKey())) {
                model = entry.getValue().toString();
            }
        }
        return model;
    }

    /** The settings that hold for every network: what is not a number of its own does nothing. */
    static Map<String, Object> ofAll() {
        return new LinkedHashMap<>(PRESETS.get(ALL));
    }

    /** A run's {@code args.yaml}, with what it lacks, being of an older version: settings that do nothing. */
    static Map<String, Object> ofArgs(Map<String, Object> args) {
        Map<String, Object> settings = ofAll();
        settings.putAll(args);
        // From when a run could have one teacher only.
        Object teacher = settings.remove("teacher");
        Object hash = settings.remove("teacher_sha256");
        if (teacher instanceof String run && !run.isEmpty()) {
            settings.put("teachers", List.of(run));
            settings.put("teachers_sha256", List.of(hash));
        }
        return settings;
    }

    /** The settings of a network by their names in {@code args.yaml}, for a run of so many passes over the data. */
    static Map<String, Object> of(String model, double epochs) {
        Map<String, Object> settings = new LinkedHashMap<>(PRESETS.get(ALL));
        Map<String, Object> own = PRESETS.get(model);
        settings.putAll(own);
        settings.remove(FROM_EPOCHS);
        settings.remove(EPOCHS);
        if (own.get(FROM_EPOCHS) instanceof Map<?, ?> changes) {
            changes.forEach((from, changed) -> {
                if (epochs >= Double.parseDouble((String) from)) {
                    ((Map<?, ?>) changed).forEach((key, value) -> settings.put((String) key, value));
                }
            });
        }
        return settings;
    }

    /** How many passes over the data a network takes if nobody says; null: as many as fit into the default budget. */
    static Double epochs(String model) {
        return PRESETS.get(model).get(EPOCHS) instanceof Number epochs ? epochs.doubleValue() : null;
    }

    private static Map<String, Map<String, Object>> read() {
        try (InputStream in = Presets.class.getResourceAsStream("presets.yaml")) {
            return new YAMLMapper().readValue(in, new TypeReference<LinkedHashMap<String, Map<String, Object>>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
