package dev.lookbook.bench.results;

import dev.lookbook.bench.harness.Machine;
import dev.lookbook.bench.harness.OneLine;
import dev.lookbook.bench.harness.PropertiesFile;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Copies what the page needs of finished runs into the repository; {@code bench/keep-runs} starts it. */
@Command(
        name = "bench/keep-runs",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        usageHelpWidth = 110,
        description = {
            "Keeps settings, curves and report of runs in docs/results/runs/GROUP, as evidence for docs/results.md. The runs of",
            "a group differ in their seeds only. The goals of the page look for the groups 30s, 60s, 3m and 10m."
        })
final class KeepRuns implements Callable<Integer> {
    private static final List<String> KEPT = List.of(RunFolder.ARGS, RunFolder.RESULTS, RunFolder.REPORT);

    @Option(names = "--home", required = true, hidden = true)
    private Path home;

    @Option(names = "--group", required = true, description = "Their short name, such as 30s.")
    private String group;

    @Option(names = "--what", required = true, description = "What they are, such as \"30 s of training\".")
    private String what;

    @Option(names = "--command", required = true, description = "What made them, with N for the seed.")
    private String command;

    @Option(names = "--machine", description = "What they ran on; this machine if left out.")
    private String machine = Machine.name();

    @Parameters(arity = "1..*", paramLabel = "RUN", description = "Run directories of lookbook train.")
    private List<Path> runs;

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        return new CommandLine(new KeepRuns()).setExecutionExceptionHandler(new OneLine());
    }

    @Override
    public Integer call() throws IOException {
        Path folder = home.resolve("docs/results/runs").resolve(group);
        Map<String, String> words = new LinkedHashMap<>();
        words.put("what", what);
        words.put("command", command);
        words.put("machine", machine);
        requireSameWords(folder.resolve(RunGroup.FILE), words);
        for (Path run : runs) {
            keep(RunFolder.open(run), folder);
        }
        PropertiesFile.write(folder.resolve(RunGroup.FILE), words);
        System.out.println("kept in " + folder + "; bench/results writes the page anew");
        return 0;
    }

    /** What is said of a group is said of all its runs. */
    private static void requireSameWords(Path file, Map<String, String> words) throws IOException {
        if (Files.exists(file) && !PropertiesFile.read(file).equals(words)) {
            throw new IOException(file + " says " + PropertiesFile.read(file) + " of the runs that are kept, and not "
                    + words + "; give the same words, or remove those runs first");
        }
    }

    private static void keep(RunFolder run, Path folder) throws IOException {
        for (String name : KEPT) {
            if (!run.has(name)) {
                throw new IOException(run.path() + " is not finished: it has no " + name);
            }
        }
        byte[] report = Files.readAllBytes(run.file(RunFolder.REPORT));
        List<Path> before = RunGroup.children(folder);
        for (Path kept : before) {
            if (Arrays.equals(report, Files.readAllBytes(kept.resolve(RunFolder.REPORT)))) {
                throw new IOException(run + " is kept already, as " + kept);
            }
        }
        Path to = folder.resolve(Integer.toString(before.size() + 1));
        Files.createDirectories(to);
        for (String name : KEPT) {
            Files.copy(run.file(name), to.resolve(name));
        }
    }
}
