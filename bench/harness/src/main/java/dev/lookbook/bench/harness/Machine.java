package dev.lookbook.bench.harness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a figure was measured on. */
public final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** Cores that this process may use, and the processor, such as {@code 2 cores, Intel(R) Xeon(R) @ 2.50GHz}. */
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
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException | UncheckedIOException e) {
            return System.getProperty("os.name") + " " + System.getProperty("os.arch");
        }
    }
}
