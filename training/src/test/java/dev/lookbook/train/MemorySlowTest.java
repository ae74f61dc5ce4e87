package dev.lookbook.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lookbook.dataset.LabelledImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "resident memory is read from /proc")
    void fiveHundredStepsTenTimesOverKeepResidentMemoryFlat() throws Exception {
        Trainer.useThreads(Runtime.getRuntime().availableProcessors());
        LabelledImages images = Pictures.drawn(3_000, 1);
        TrainSettings settings = Settings.of("tiny", ROUNDS * STEPS, Map.of("shift", 1, "holdout", 300));
        LabelledImages none = images.subset(new int[0]);
        Trainer trainer = new Trainer(Networks.create(settings, images), settings, images, none, Optional.empty());
        List<Long> resident = new ArrayList<>();

        for (int round = 1; round <= ROUNDS; round++) {
            trainer.run((long) round * STEPS, Trainer.Listener.NONE);
            System.gc();
            resident.add(residentKiB());
        }

        System.out.println("resident memory after each " + STEPS + " steps, KiB: " + resident);
        // The first round still fills caches; from the second on nothing may grow.
        long least = resident.stream().skip(1).min(Long::compare).orElseThrow();
        long most = resident.stream().skip(1).max(Long::compare).orElseThrow();
        assertThat((double) most / least)
                .as("resident memory, KiB: " + resident)
                .isLessThan(1.05);
    }

    private static long residentKiB() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .map(line -> Long.parseLong(line.replaceAll("\\D", "")))
                .findFirst()
                .orElseThrow();
    }
}
