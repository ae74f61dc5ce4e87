package dev.lookbook.evaluate;

import static dev.lookbook.evaluate.Html.number;
import static dev.lookbook.evaluate.Html.percent;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Which classes are taken for which labels. */
final class PageConfusion {
    /** With more labels the table is wider than the page, and a picture takes its place. */
    private static final int MOST_COLUMNS = 20;

    private record Mistake(String label, String answer, int count, int support) {}

    private PageConfusion() {}

    static Html section(Report report, PagePictures pictures) {
        Html matrix = report.labels().size() <= MOST_COLUMNS ? table(report) : pictures.confusion();
        return Html.of("""
                <section>
                <h2>What is taken for what</h2>
                <p>Each row is a class, each column an answer of the model. Right answers are blue, wrong ones orange,
                darker the larger their share of the row.</p>
                <div class="wide">{}</div>
                </section>""", matrix);
    }

    private static Html table(Report report) {
        return Html.of(
                """
                <table class="confusion">
                <thead><tr><th>class</th>{}</tr></thead>
                <tbody>
                {}
                </tbody></table>""",
                Html.each(report.labels(), PageConfusion::head),
                Html.each(IntStream.range(0, report.classes().size()).boxed().toList(), row -> row(report, row)));
    }

    private static Html head(String label) {
        return Html.of("<th{}>{}</th>", label.length() > 12 ? Html.of(" class=\"long\"") : Html.NOTHING, label);
    }

    private static Html row(Report report, int row) {
        return Html.of(
                "<tr><th>{}</th>{}</tr>",
                report.classes().get(row).label(),
                Html.each(
                        IntStream.range(0, report.labels().size()).boxed().toList(),
                        column -> cell(report, row, column)));
    }

    private static Html cell(Report report, int row, int column) {
        Report.ClassScore score = report.classes().get(row);
        String answer = report.labels().get(column);
        int count = report.confusion().get(row).get(column);
        double share = count / (double) Math.max(1, score.support());
        boolean right = score.accepts(answer);
        return Html.of(
                "<td class=\"{}\" style=\"--share:{}\" title=\"{}\">{}</td>",
                right ? "right" : "wrong",
                number("%.2f", right ? 0.65 * share : Math.min(0.85, Math.sqrt(share))),
                number("%s called %s: %,d (%s)", score.label(), answer, count, percent(share)),
                count == 0 ? Html.of("<span class=\"none\">·</span>") : number("%,d", count));
    }

    /** The most frequent mistakes, in words. */
    static Html worst(Report report) {
        List<Mistake> mistakes = new ArrayList<>();
        for (int r = 0; r < report.classes().size(); r++) {
            Report.ClassScore row = report.classes().get(r);
            for (int c = 0; c < report.labels().size(); c++) {
                String answer = report.labels().get(c);
                if (!row.accepts(answer) && report.confusion().get(r).get(c) > 0) {
                    mistakes.add(new Mistake(
                            row.label(), answer, report.confusion().get(r).get(c), row.support()));
                }
            }
        }
        mistakes.sort(Comparator.comparingInt(mistake -> -mistake.count()));
        if (mistakes.isEmpty()) {
            return Html.NOTHING;
        }
        return Html.of(
                " Most often: {}.",
                String.join(
                        ", ",
                        mistakes.stream()
                                .limit(3)
                                .map(m -> number(
                                        "%s was called %s (%,d of %,d)", m.label(), m.answer(), m.count(), m.support()))
                                .toList()));
    }
}
