package dev.lookbook.train;

import dev.lookbook.evaluate.Calibration;
import dev.lookbook.model.ModelInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.presets.torch;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where a model comes from, as JSON: its birth certificate. */
final class Provenance {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String CALIBRATION = "calibration";
    private static final String TEMPERATURE = "temperature";

    private Provenance() {}

    static String of(TrainSettings settings, String weightsSha256, double trainSeconds, Calibration calibration) {
        Map<String, Object> certificate = new LinkedHashMap<>();
        certificate.put("settings", settings);
        certificate.put("weights_sha256", weightsSha256);
        certificate.put("train_seconds", trainSeconds);
        Map<String, Object> fitted = new LinkedHashMap<>();
        fitted.put(TEMPERATURE, calibration.temperature());
        fitted.put("held_out", settings.holdout());
        certificate.put(CALIBRATION, fitted);
        certificate.put("lookbook", version());
        certificate.put("git_commit", commit());
        certificate.put("libtorch", torch.class.getPackage().getImplementationVersion());
        certificate.put("java", Runtime.version().toString());
        certificate.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        certificate.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return JSON.writeValueAsString(certificate);
    }

    /** The temperature in a model's graph, as its certificate has it. */
    static double temperature(ModelInfo info) throws IOException {
        try {
            JsonNode temperature =
                    JSON.readTree(info.provenance()).path(CALIBRATION).path(TEMPERATURE);
            if (temperature.isNumber()) {
                return temperature.asDouble();
            }
        } catch (JacksonException e) {
            throw new TrainException("the model " + info.name() + " has no readable provenance", e);
        }
        throw new TrainException("the model " + info.name() + " does not say its temperature");
    }

    private static String version() {
        String version = Provenance.class.getPackage().getImplementationVersion();
        return version == null ? "unreleased" : version;
    }

    /** The checkout's commit; empty outside of one or without git. */
    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "HEAD")
                    .directory(Path.of(System.getProperty("lookbook.home", ".")).toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String answer = new String(git.getInputStream().readNBytes(100), StandardCharsets.UTF_8).strip();
            return git.waitFor(5, TimeUnit.SECONDS) && git.exitValue() == 0 ? answer : "";
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "";
        }
    }
}
