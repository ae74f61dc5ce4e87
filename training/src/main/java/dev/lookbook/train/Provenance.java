package dev.lookbook.train;

import dev.lookbook.model.ModelInfo;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.bytedeco.pytorch.presets.torch;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where a model comes from, as JSON: its birth certificate. */
final class Provenance {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String WEIGHTS = "weights_sha256";
    private static final String CALIBRATION = "calibration";
    private static final String TEMPERATURE = "temperature";
    private static final String DISTANCES = "typical_and_rare_distance";

    private Provenance() {}

    static String of(Ensemble ensemble, Fitted fittedTo, Optional<Twin> twin) {
        Map<String, Object> certificate = new LinkedHashMap<>();
        certificate.put("average_mirror", ensemble.mirrored());
        if (ensemble.members().size() == 1) {
            describe(certificate, ensemble.members().get(0));
        } else {
            certificate.put(
                    "members",
                    ensemble.members().stream()
                            .map(member -> describe(new LinkedHashMap<>(), member))
                            .toList());
        }
        int heldOut = ensemble.members().get(0).settings().holdout();
        Map<String, Object> fitted = new LinkedHashMap<>();
        fitted.put(TEMPERATURE, fittedTo.calibration().temperature());
        fitted.put("held_out", twin.map(Twin::heldOut).orElse(heldOut));
        twin.ifPresent(known -> fitted.put("twins_weights_sha256", known.weightsSha256()));
        fittedTo.distance().ifPresent(d -> fitted.put(DISTANCES, List.of(d.typical(), d.rare())));
        certificate.put(CALIBRATION, fitted);
        certificate.put("lookbook", version());
        certificate.put("git_commit", commit());
        certificate.put("libtorch", torch.class.getPackage().getImplementationVersion());
        certificate.put("java", Runtime.version().toString());
        certificate.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        certificate.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
        return JSON.writeValueAsString(certificate);
    }

    private static Map<String, Object> describe(Map<String, Object> certificate, Ensemble.Member member) {
        certificate.put("settings", member.settings());
        certificate.put(WEIGHTS, member.network().weightsSha256());
        certificate.put("train_seconds", member.trainSeconds());
        return certificate;
    }

    /** The temperature in a model's graph, as its certificate has it. */
    static double temperature(ModelInfo info) throws IOException {
        JsonNode temperature = calibration(info).path(TEMPERATURE);
        if (!temperature.isNumber()) {
            throw new TrainException("the model " + info.name() + " does not say its temperature");
        }
        return temperature.asDouble();
    }

    /** What the model's held-out pictures were away from its training pictures: typically, and rarely. */
    static Optional<float[]> distances(ModelInfo info) throws IOException {
        JsonNode distances = calibration(info).path(DISTANCES);
        return distances.size() == 2
                ? Optional.of(new float[] {
                    distances.get(0).asFloat(), distances.get(1).asFloat()
                })
                : Optional.empty();
    }

    /** The hash of the weights of a model of one network; empty if it does not say. */
    static String weightsSha256(ModelInfo info) throws IOException {
        return read(info).path(WEIGHTS).asString("");
    }

    private static JsonNode calibration(ModelInfo info) throws IOException {
        return read(info).path(CALIBRATION);
    }

    private static JsonNode read(ModelInfo info) throws IOException {
        try {
            return JSON.readTree(info.provenance());
        } catch (JacksonException e) {
            throw new TrainException("the model " + info.name() + " has no readable provenance", e);
        }
    }

    private static String version() {
        String version = Provenance.class.getPackage().getImplementationVersion();
        return version == null ? "unreleased" : version;
    }

    /** The checkout's commit; empty outside of one, also within somebody else's, or without git. */
    private static String commit() {
        String home = System.getProperty("lookbook.home");
        if (home == null || !Files.exists(Path.of(home, ".git"))) {
            return "";
        }
        try {
            Process git = new ProcessBuilder("git", "rev-parse", "HEAD")
                    .directory(Path.of(home).toFile())
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
