package dev.lookbook.model;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** {@link ModelInfo} as the text entries of a file, and back. */
final class Metadata {
    static final int MAJOR = 1;
    static final String FORMAT_VERSION = "format_version";
    static final String CONTENT_SHA256 = "content_sha256";

    private static final String WRITTEN_VERSION = MAJOR + ".1";
    private static final String NAME = "name";
    private static final String VERSION = "version";
    private static final String LABELS = "labels";
    private static final String PREPARATION = "preparation";
    private static final String CALIBRATED = "calibrated";
    private static final String SURE_AT = "sure_at";
    private static final String PROVENANCE = "provenance";

    private Metadata() {}

    static Map<String, String> write(ModelInfo info) {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put(FORMAT_VERSION, WRITTEN_VERSION);
        entries.put(NAME, info.name());
        entries.put(VERSION, info.version());
        entries.put(LABELS, String.join("\n", info.labels())); // one a line: every language can split that
        entries.put(PREPARATION, info.preparation());
        entries.put(CALIBRATED, Boolean.toString(info.calibrated()));
        info.sureAt().ifPresent(sureAt -> entries.put(SURE_AT, Double.toString(sureAt)));
        entries.put(PROVENANCE, info.provenance());
        return entries;
    }

    /** @throws IllegalArgumentException if an entry is missing or says nothing sensible */
    static ModelInfo read(Map<String, String> entries) {
        String sureAt = entries.get(SURE_AT);
        return new ModelInfo(
                require(entries, NAME),
                require(entries, VERSION),
                List.of(require(entries, LABELS).split("\n", -1)),
                require(entries, PREPARATION),
                yesOrNo(require(entries, CALIBRATED)),
                sureAt == null ? OptionalDouble.empty() : OptionalDouble.of(Double.parseDouble(sureAt)),
                require(entries, PROVENANCE));
    }

    /** The number before the point of {@code format_version}; -1 if there is none. */
    static int major(String formatVersion) {
        try {
            return Integer.parseInt(formatVersion.split("\\.", 2)[0]);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private static boolean yesOrNo(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(CALIBRATED + " must be true or false, but was '" + text + "'");
        }
        return text.equals("true");
    }

    private static String require(Map<String, String> entries, String key) {
        String value = entries.get(key);
        if (value == null) {
            throw new IllegalArgumentException("its metadata has no " + key);
        }
        return value;
    }
}
