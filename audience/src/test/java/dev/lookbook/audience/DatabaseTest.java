package dev.lookbook.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    private static final int SECONDS = 60;

    @TempDir
    private Path folder;

    @Test
    void aMomentIsOfTheSameDayWhereverTheComputerStands() throws Exception {
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
        try (Database database = Database.open(1, "1GB")) {
            assertThat(database.ask(
                            "SELECT CAST(CAST('2025-11-02T23:30:00Z' AS TIMESTAMPTZ) AS VARCHAR)",
                            row -> row.getString(1)))
                    .singleElement()
                    .asString()
                    .startsWith("2025-11-02");
        } finally {
            TimeZone.setDefault(before);
        }
    }

    /** A program that is ended while it works. */
    static final class Interrupted {
        public static void main(String[] args) throws IOException {
            Database database = Database.open(1, "1GB");
            Files.writeString(database.temporaryFile("spilled"), "much");
            System.exit(0);
        }
    }

    @Test
    void leavesNothingBehindWhenTheProcessIsEnded() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-Djava.io.tmpdir=" + folder,
                        Interrupted.class.getName())
                .inheritIO()
                .start();

        assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();

        assertThat(process.exitValue()).isZero();
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.map(file -> file.getFileName().toString()))
                    .noneMatch(name -> name.startsWith("lookbook-audience"));
        }
    }
}
