package dev.lookbook.bench.harness;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How each library is started: what its documentation recommends for two cores and no network, and for training the
 * settings of memory that Lookbook's launcher makes.
 */
final class Entrants {
    /**
     * glibc gives the memory of each training step back and takes it anew. PyTorch's tuning guide recommends another
     * allocator; these settings do as much without one, and all contestants have them in training.
     */
    private static final Map<String, String> KEEP_MEMORY = Map.of(
            "MALLOC_ARENA_MAX", "1",
            "MALLOC_MMAP_THRESHOLD_", "33554432",
            "MALLOC_TRIM_THRESHOLD_", "2147483647",
            "GLIBC_TUNABLES", "glibc.malloc.hugetlb=1");

    private static final List<String> FLAGS = List.of("-Djava.awt.headless=true");

    private Entrants() {}

    /** @param what the measurement, as {@link Child} calls it */
    static EntrantProcess named(String name, Path home, int threads, String what) {
        boolean trains = what.equals(Child.TRAIN);
        Map<String, String> environment = new LinkedHashMap<>(trains ? KEEP_MEMORY : Map.of());
        List<String> flags = new ArrayList<>(FLAGS);
        switch (name) {
            case "lookbook" -> environment.put("ORT_DISABLE_TELEMETRY", "1");
            case "lookbook-fp32" -> {
                environment.put("ORT_DISABLE_TELEMETRY", "1");
                flags.add("-D" + Entrant.PRECISION + "=fp32");
            }
            case "djl" -> {
                environment.put("OMP_NUM_THREADS", Integer.toString(threads));
                flags.add("-Dai.djl.offline=true");
                flags.add("-Dai.djl.pytorch.num_threads=" + threads);
                flags.add("-Dai.djl.pytorch.num_interop_threads=1");
                flags.add("-DDJL_CACHE_DIR=" + home.resolve("bench/target/djl-cache"));
            }
            case "dl4j" -> environment.put("OMP_NUM_THREADS", Integer.toString(threads));
            default ->
                throw new IllegalArgumentException(
                        "unknown library \"" + name + "\". Known: lookbook, lookbook-fp32, djl, dl4j");
        }
        String module = name.replace("-fp32", "");
        Path classPath = home.resolve("bench/entrants/" + module + "/target/classpath");
        return new EntrantProcess(name, classPath, "dev.lookbook.bench." + module + ".Main", flags, environment);
    }
}
