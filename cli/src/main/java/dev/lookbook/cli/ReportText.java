package dev.lookbook.cli;

import dev.lookbook.evaluate.Interval;
import dev.lookbook.evaluate.Report;
import dev.lookbook.train.TrainedRun;
import java.util.Locale;
import java.util.OptionalDouble;

/** A report for the terminal: the figures, then a line per class. */
final class ReportText {

    private ReportText() {}

    /** What a finished run came to, and where it lies. */
    static void print(TrainedRun run, Console console) {
        console.out().print(of(run.report()));
        console.out().println();
        console.out().print(new TextTable(2).row("run", run.folder()));
        console.note("The report: " + run.folder().resolve("report.html"));
    }

    static String of(Report report) {
        TextTable figures = new TextTable(2)
                .row("model", report.model() + " " + report.version())
                .row("data", report.data() + ", " + report.testImages() + " images")
                .row("accuracy", number(report.accuracy()) + between(report.accuracyInterval()));
        report.macroF1().ifPresent(f1 -> figures.row("macro F1", number(f1)));
        figures.row("NLL", number(report.nll()))
                .row(
                        "ECE",
                        number(report.ece()) + between(report.eceInterval()) + "; a perfectly calibrated model: "
                                + number(report.eceIfPerfect().mean()));
        report.sure()
                .ifPresent(sure -> figures.row(
                        "sure",
                        number(sure.share()) + " of the answers, " + number(sure.accuracy()) + " of them right"));
        return figures + System.lineSeparator() + classes(report);
    }

    private static TextTable classes(Report report) {
        TextTable table = new TextTable(1).row("class", "precision", "recall", "F1", "images");
        for (Report.ClassScore score : report.classes()) {
            table.row(
                    score.label(),
                    number(score.precision()),
                    number(score.recall()),
                    number(score.f1()),
                    score.support());
        }
        return table;
    }

    private static String between(Interval interval) {
        return " (95% interval " + number(interval.low()) + " to " + number(interval.high()) + ")";
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "-";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }
}
