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
        addFile(card, served);
        return card;
    }

    private static void addFile(Map<String, Object> card, ServedModel served) {
        String modelFile = served.file().getFileName().toString();
        Path file = served.file().resolveSibling(modelFile.replaceFirst("\\.onnx$", ".md"));
        try {
            if (Files.isRegularFile(file) && Files.size(file) <= MOST_BYTES) {
                Map<String, Object> found = parts(Files.readString(file).replace("\r\n", "\n"));
                if (isOfAnotherFile(found, served.fileSha256())) {
                    card.put(
                            "card_problem",
                            file.getFileName() + " is the card of another file: its sha256 is not that of " + modelFile
                                    + ". Put the card that belongs to the model in its place");
                } else {
                    card.putAll(found);
                }
            }
        } catch (IOException | JacksonException e) {
            // A card that cannot be read is no card; the model answers all the same.
        }
    }

    /** A file is often replaced without its card, whose figures are then those of a model that is gone. */
    private static boolean isOfAnotherFile(Map<String, Object> found, String fileSha256) {
        return found.get("card") instanceof Map<?, ?> said
                && said.get("sha256") instanceof String sha256
                && !sha256.strip().equalsIgnoreCase(fileSha256);
    }

    private static Map<String, Object> parts(String file) {
        int end = file.startsWith(FENCE) ? file.indexOf("\n" + FENCE, FENCE.length()) : -1;
        Map<String, Object> parts = new LinkedHashMap<>();
        if (end >= 0) {
            parts.put("card", YAML.readValue(file.substring(FENCE.length(), end + 1), Map.class));
        }
        parts.put("text", (end < 0 ? file : file.substring(end + 1 + FENCE.length())).strip());
        return parts;
    }
}
