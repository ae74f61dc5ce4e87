package dev.lookbook.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What a figure was measured on. */
public final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Machine() {}

    /**
     * Cores that this process may use, and the processor, such as {@code 2 cores, AMD EPYC (family 26 model 2, bf16)}: the
     * names that virtual machines tell do not say which one it is.
     */
    public static String name() {
        int cores = Runtime.getRuntime().availableProcessors();
        return cores + (cores == 1 ? " core, " : " cores, ") + processor();
    }

    /** Name and version of this Java. */
    public static String java() {
        return System.getProperty("java.vendor") + " " + Runtime.version();
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            Map<String, String> first = lines.takeWhile(line -> !line.isBlank())
                    .filter(line -> line.indexOf(':') > 0)
                    .collect(Collectors.toMap(
                            line -> line.substring(0, line.indexOf(':')).strip(),
                            line -> line.substring(line.indexOf(':') + 1).strip(),
                            (one, other) -> one));
            String name = first.getOrDefault("model name", System.getProperty("os.arch"));
            if (!first.containsKey("cpu family")) {
                return name;
            }
            boolean hasBf16 = first.getOrDefault("flags", "").contains("bf16");
            return name + " (family " + first.get("cpu family") + " model " + first.get("model")
                    + (hasBf16 ? ", bf16)" : ")");
        } catch (IOException | UncheckedIOException e) {
            return System.getProperty("os.name") + " " + System.getProperty("os.arch");
        }
    }
}
