package dev.lookbook.serve;

import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What people want to know of a model: what its file says, and its card if {@code NAME.md} lies beside it. */
final class ModelCard {
    private static final String FENCE = "---\n";
    private static final int MOST_BYTES = 1 << 20;
    private static final YAMLMapper YAML = new YAMLMapper(); // thread-safe, and slow to make

    private ModelCard() {}

    static Map<String, Object> of(ServedModel served, boolean isDefault) {
        ModelFile model = served.model();
        ModelInfo info = model.info();
        Map<String, Object> card = new LinkedHashMap<>();
        card.put("name", served.name().name());
        card.put("version", served.name().version());
        card.put("default", isDefault);
        card.put("labels", info.labels());
        card.put("preparation", info.preparation());
        card.put("calibrated", info.calibrated());
        info.sureAt().ifPresent(sureAt -> card.put("sure_at", sureAt));
        card.put("knows_unfamiliarity", model.knowsUnfamiliarity());
        card.put("parameters", model.parameters());
        card.put("flops", model.flops());
        card.put("content_sha256", model.contentSha256());
        addFile(card, served.file());
        return card;
    }

    private static void addFile(Map<String, Object> card, Path modelFile) {
        String name = modelFile.getFileName().toString().replaceFirst("\\.onnx$", ".md");
        Path file = modelFile.resolveSibling(name);
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES) {
                addText(card, Files.readString(file).replace("\r\n", "\n"));
            }
        } catch (IOException | JacksonException e) {
            // A card that cannot be read is no card; the model answers all the same.
        }
    }

    private static void addText(Map<String, Object> card, String text) {
        int end = text.startsWith(FENCE) ? text.indexOf("\n" + FENCE, FENCE.length()) : -1;
        if (end < 0) {
            card.put("text", text.strip());
            return;
        }
        card.put("card", YAML.readValue(text.substring(FENCE.length(), end + 1), Map.class));
        card.put("text", text.substring(end + 1 + FENCE.length()).strip());
    }
}
