package dev.lookbook.cli;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** How {@code classify} prints its results. */
enum ResultFormat {
    /** For people. */
    TABLE {
        @Override
        ResultWriter to(PrintStream out, List<String> labels, ResultDetail detail) {
            return new TableResults(out, labels, detail);
        }
    },
    /** For spreadsheets and data bases: columns are only ever added at the end. */
    CSV {
        @Override
        ResultWriter to(PrintStream out, List<String> labels, ResultDetail detail) {
            return new CsvResults(out, labels, detail);
        }
    },
    /** A JSON object per line. */
    JSONL {
        @Override
        ResultWriter to(PrintStream out, List<String> labels, ResultDetail detail) {
            return new JsonResults(out, detail);
        }
    };

    /**
     * A writer of this format.
     *
     * @param labels of the model, in its order
     */
    abstract ResultWriter to(PrintStream out, List<String> labels, ResultDetail detail);

    /** What a file of this name should hold; a table when the name does not tell. */
    static ResultFormat ofFile(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".csv") ? CSV : lower.endsWith(".jsonl") ? JSONL : TABLE;
    }
}
