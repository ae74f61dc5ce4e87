package dev.lookbook.bench.harness;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How each library is started: what its documentation recommends for two cores and no network, and nothing else. */
final class Entrants {
    private Entrants() {}

    static EntrantProcess named(String name, Path home, int threads) {
        String count = Integer.toString(threads);
        List<String> flags = List.of("-Djava.awt.headless=true");
        Map<String, String> environment = Map.of("OMP_NUM_THREADS", count);
        return switch (name) {
            // The launcher sets these for "lookbook train" (see docs/training.md).
            case "lookbook" ->
                process(
                        name,
                        home,
                        flags,
                        Map.of(
                                "ORT_DISABLE_TELEMETRY", "1",
                                "MALLOC_ARENA_MAX", "1",
                                "MALLOC_MMAP_THRESHOLD_", "33554432",
                                "MALLOC_TRIM_THRESHOLD_", "2147483647",
                                "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1"));
            case "djl" ->
                process(
                        name,
                        home,
                        List.of(
                                "-Djava.awt.headless=true",
                                "-Dai.djl.offline=true",
                                "-Dai.djl.pytorch.num_threads=" + count,
                                "-Dai.djl.pytorch.num_interop_threads=1",
                                "-DDJL_CACHE_DIR=" + home.resolve("bench/target/djl-cache")),
                        environment);
            case "dl4j" -> process(name, home, flags, environment);
            default ->
                throw new IllegalArgumentException("unknown library \"" + name + "\". Known: lookbook, djl, dl4j");
        };
    }

    private static EntrantProcess process(String name, Path home, List<String> flags, Map<String, String> environment) {
        Path classPath = home.resolve("bench/entrants/" + name + "/target/classpath");
        return new EntrantProcess(name, classPath, "dev.lookbook.bench." + name + ".Main", flags, environment);
    }
}
