package dev.lookbook.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Runs side by side: how good, how long, how big. */
public final class Comparison {
    /** The columns, in the words of {@code report.json} where it has them. */
    public static final List<String> COLUMNS = List.of(
            "run",
            "model",
            "accuracy",
            "macro_f1",
            "nll",
            "ece",
            "train_seconds",
            "epochs",
            "steps",
            "parameters",
            "model_bytes");

    private final List<RunSummary> runs;

    private Comparison(List<RunSummary> runs) {
        this.runs = runs;
    }

    /** Reads the runs; in the order given. */
    public static Comparison of(List<Path> folders) throws IOException {
        List<RunSummary> runs = new ArrayList<>();
        for (Path folder : folders) {
            runs.add(RunFolder.open(folder).summary());
        }
        return new Comparison(runs);
    }

    public List<RunSummary> runs() {
        return List.copyOf(runs);
    }

    /** A line per run, a field per column of {@link #COLUMNS}; what a run does not have is empty. */
    public List<List<String>> rows() {
        return runs.stream().map(Comparison::row).toList();
    }

    private static List<String> row(RunSummary run) {
        return List.of(
                run.run(),
                run.model().orElse(""),
                number(run.accuracy(), 4),
                number(run.macroF1(), 4),
                number(run.nll(), 4),
                number(run.ece(), 4),
                number(run.trainSeconds(), 1),
                whole(run.epochs()),
                whole(run.steps()),
                whole(run.parameters()),
                whole(run.modelBytes()));
    }

    private static String number(OptionalDouble value, int decimals) {
        return value.isPresent() ? String.format(Locale.ROOT, "%." + decimals + "f", value.getAsDouble()) : "";
    }

    private static String whole(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "";
    }

    /** The rows as text for a terminal: names to the left, numbers to the right, a dash for what is not known. */
    public String table() {
        List<List<String>> lines = new ArrayList<>();
        lines.add(COLUMNS);
        lines.addAll(rows());
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            StringBuilder padded = new StringBuilder();
            for (int c = 0; c < COLUMNS.size(); c++) {
                int column = c;
                int width = lines.stream()
                        .mapToInt(l -> l.get(column).length())
                        .max()
                        .orElse(0);
                String field = line.get(c).isEmpty() ? "-" : line.get(c);
                padded.append(String.format(c < 2 ? "%-" + width + "s" : "%" + width + "s", field))
                        .append("  ");
            }
            text.append(padded.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }
}
