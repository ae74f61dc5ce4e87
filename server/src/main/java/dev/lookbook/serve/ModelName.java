package dev.lookbook.serve;

import java.util.Comparator;
import java.util.regex.Pattern;

/** What a served model is called: the name of its file tells, {@code NAME.onnx} or {@code NAME@VERSION.onnx}. */
record ModelName(String name, String version) implements Comparable<ModelName> {
    static final String ENDING = ".onnx";

    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Comparator<ModelName> ORDER =
            Comparator.comparing(ModelName::name).thenComparing(ModelName::compareVersions);

    /** @param ownVersion the one in the file, for when the file's name has none */
    static ModelName of(String fileName, String ownVersion) {
        String stem = fileName.substring(0, fileName.length() - ENDING.length());
        int at = stem.lastIndexOf('@');
        return at > 0 && at < stem.length() - 1
                ? new ModelName(stem.substring(0, at), stem.substring(at + 1))
                : new ModelName(stem, ownVersion);
    }

    /** By name, then from the oldest version to the newest: numbers by value, before all other texts. */
    @Override
    public int compareTo(ModelName other) {
        return ORDER.compare(this, other);
    }

    private static int compareVersions(ModelName a, ModelName b) {
        boolean isNumber = NUMBER.matcher(a.version).matches();
        if (isNumber != NUMBER.matcher(b.version).matches()) {
            return isNumber ? -1 : 1;
        }
        return isNumber
                ? Long.compare(Long.parseLong(a.version), Long.parseLong(b.version))
                : a.version.compareTo(b.version);
    }

    @Override
    public String toString() {
        return name + " " + version;
    }
}
