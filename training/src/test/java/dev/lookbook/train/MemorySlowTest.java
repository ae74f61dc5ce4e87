package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.dataset.LabelledImages;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Tag("slow")
class MemorySlowTest {
    private static final int ROUNDS = 10;
    private static final int STEPS = 500;

    /**
     * In a Java of its own whose heap is all there from the start: otherwise its collector takes and gives back some 12 MiB
     * as it thinks best, which hides what is asked here. Malloc keeps memory as the launcher tells it to.
     */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "resident memory is read from /proc")
    void fiveHundredStepsTenTimesOverKeepResidentMemoryFlat() throws Exception {
        ProcessBuilder rounds = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms128m",
                "-Xmx128m",
                "-XX:+AlwaysPreTouch",
                "-Dlookbook.home=" + System.getProperty("lookbook.home"),
                "-cp",
                System.getProperty("java.class.path"),
                MemorySlowTest.class.getName());
        rounds.environment()
                .putAll(Map.of(
                        "MALLOC_ARENA_MAX", "1",
                        "MALLOC_MMAP_THRESHOLD_", "33554432",
                        "MALLOC_TRIM_THRESHOLD_", "2147483647"));
        Process process = rounds.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(printed).isZero();
        List<Long> resident = printed.lines().map(Long::parseLong).toList();

        System.out.println("resident memory after each " + STEPS + " steps, KiB: " + resident);
        assertThat(resident).hasSize(ROUNDS);
        // The first round still fills caches; from the second on nothing may grow.
        long least = resident.stream().skip(1).min(Long::compare).orElseThrow();
        long most = resident.stream().skip(1).max(Long::compare).orElseThrow();
        assertThat((double) most / least)
                .as("resident memory, KiB: " + resident)
                .isLessThan(1.05);
    }

    /** Trains, and prints the resident memory in KiB after each round, a line each. */
    public static void main(String[] args) throws Exception {
        Trainer.useThreads(Runtime.getRuntime().availableProcessors());
        LabelledImages images = Pictures.drawn(3_000, 1);
        TrainSettings settings = Settings.of("tiny", ROUNDS * STEPS, Map.of("shift", 1, "holdout", 300));
        LabelledImages none = images.subset(new int[0]);
        Trainer trainer = new Trainer(Networks.create(settings, images), settings, images, none, Optional.empty());
        for (int round = 1; round <= ROUNDS; round++) {
            trainer.run((long) round * STEPS, Trainer.Listener.NONE);
            System.gc();
            System.out.println(residentKiB());
        }
    }

    private static long residentKiB() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
