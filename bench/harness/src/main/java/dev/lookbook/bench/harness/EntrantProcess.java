package dev.lookbook.bench.harness;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Starts an entrant for one measurement, in a Java of its own.
 *
 * @param name such as {@code djl}
 * @param mainClass calls {@link Child#run}
 * @param flags for Java
 * @param environment variables to set
 */
record EntrantProcess(
        String name, Path classPath, String mainClass, List<String> flags, Map<String, String> environment) {

    /**
     * What a process told, by name.
     *
     * @param seconds from its start to its end
     * @param secondsToFirst from its start to the first value
     * @param timedOut whether it was ended because it took too long
     */
    record Told(Map<String, String> values, double seconds, double secondsToFirst, boolean timedOut) {

        String value(String key) {
            return values.getOrDefault(key, "");
        }
    }

    /**
     * Runs to the end.
     *
     * @param log where everything else goes that the process writes
     * @throws IOException if it fails, with the end of what it wrote
     */
    Told run(List<String> arguments, Path log, Duration most) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        if (Runtime.version().feature() >= 22) {
            command.add("--enable-native-access=ALL-UNNAMED");
        }
        command.addAll(List.of("-cp", Files.readString(classPath).strip(), mainClass));
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);

        Files.write(log, new byte[0]);
        long start = System.nanoTime();
        Process process = builder.start();
        Thread ender = new Thread(process::destroyForcibly);
        Runtime.getRuntime().addShutdownHook(ender); // nobody would stop it when this program is stopped
        Thread watch = new Thread(() -> end(process, most), "watch");
        watch.setDaemon(true);
        watch.start();
        Map<String, String> values = new LinkedHashMap<>();
        double first = 0;
        try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                if (line.startsWith(Child.MARK)) {
                    first = values.isEmpty() ? seconds(start) : first;
                    String[] parts = line.substring(Child.MARK.length()).split(" ", 2);
                    values.put(parts[0], parts[1]);
                } else {
                    Files.writeString(log, line + "\n", StandardOpenOption.APPEND); // a crash tells its reason here
                }
            }
        }
        int status = process.waitFor();
        double seconds = seconds(start);
        Runtime.getRuntime().removeShutdownHook(ender);
        boolean timedOut = seconds > most.toMillis() / 1e3;
        if (status != 0 && !timedOut) {
            List<String> lines = Files.readAllLines(log);
            throw new IOException(name + " failed at " + String.join(" ", arguments) + ", see " + log + ":\n"
                    + String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size())));
        }
        return new Told(values, seconds, first, timedOut);
    }

    private static void end(Process process, Duration most) {
        try {
            if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
                process.toHandle().destroyForcibly(); // the process's own method closes what is being read
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }
}
