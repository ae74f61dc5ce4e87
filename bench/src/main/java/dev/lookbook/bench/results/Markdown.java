package dev.lookbook.bench.results;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** A table for the page, and how its numbers are written. */
final class Markdown {
    private final List<List<String>> rows = new ArrayList<>();

    Markdown(String... columns) {
        row(columns);
        rows.add(rows.get(0).stream().map(column -> "---").toList());
    }

    void row(String... cells) {
        row(List.of(cells));
    }

    void row(List<String> cells) {
        if (!rows.isEmpty() && cells.size() != rows.get(0).size()) {
            throw new IllegalArgumentException("a row of " + cells.size() + " cells in a table of "
                    + rows.get(0).size() + " columns");
        }
        rows.add(cells.stream().map(cell -> cell.replace("|", "\\|")).toList());
    }

    @Override
    public String toString() {
        return rows.stream()
                .map(cells -> cells.stream()
                        .map(cell -> cell.isEmpty() ? " " : " " + cell + " ")
                        .collect(Collectors.joining("|", "|", "|\n")))
                .collect(Collectors.joining());
    }

    static String percent(double share) {
        return decimals(2, 100 * share) + "%";
    }

    static String whole(double number) {
        return String.format(Locale.ROOT, "%,.0f", number);
    }

    static String decimals(int count, double number) {
        return String.format(Locale.ROOT, "%." + count + "f", number);
    }

    /** Seconds with as many digits as mean something. */
    static String seconds(double seconds) {
        return decimals(seconds < 10 ? 2 : seconds < 100 ? 1 : 0, seconds);
    }

    static String code(String command) {
        return command.isEmpty() ? "" : "`" + command + "`";
    }
}
