package dev.lookbook.evaluate;

import static dev.lookbook.evaluate.Html.number;

import java.util.OptionalDouble;

/** The table of classes. */
final class PageClasses {
    private PageClasses() {}

    static Html section(Report report) {
        boolean mapped =
                report.classes().stream().anyMatch(row -> !row.countsAs().isEmpty());
        return Html.of(
                """
                <section>
                <h2>By class</h2>
                <p>Precision: how many of the pictures called so are so. Recall: how many of the class's pictures were
                found. F1: their harmonic mean.</p>
                <div class="wide"><table>
                <thead><tr>
                <th>class</th>{}<th>pictures</th><th>precision</th><th>recall</th><th>F1</th><th class="text"></th>
                </tr></thead>
                <tbody>
                {}
                </tbody></table></div>
                </section>""",
                mapped ? Html.of("<th class=\"text\">right answers</th>") : Html.NOTHING,
                Html.each(report.classes(), row -> row(row, mapped)));
    }

    private static Html row(Report.ClassScore row, boolean mapped) {
        double bar = row.f1().orElse(row.recall());
        return Html.of(
                "<tr><th>{}</th>{}<td>{}</td><td>{}</td><td>{}</td><td>{}</td><td class=\"text\">{}</td></tr>",
                row.label(),
                mapped
                        ? Html.of(
                                "<td class=\"text\">{}</td>",
                                row.countsAs().isEmpty() ? row.label() : String.join(", ", row.countsAs()))
                        : Html.NOTHING,
                number("%,d", row.support()),
                share(row.precision()),
                number("%.3f", row.recall()),
                share(row.f1()),
                Html.of("<span class=\"bar\" style=\"width:{}px\"></span>", number("%.0f", 160 * bar)));
    }

    private static String share(OptionalDouble value) {
        return value.isEmpty() ? "–" : number("%.3f", value.getAsDouble());
    }
}
