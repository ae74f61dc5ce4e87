package dev.lookbook.audience;

import static dev.lookbook.evaluate.Html.number;
import static dev.lookbook.evaluate.Html.percent;

import dev.lookbook.evaluate.Html;
import dev.lookbook.evaluate.Interval;
import dev.lookbook.evaluate.PageFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** {@code report.html} of a backtest, and the same in a few lines. */
final class BacktestPage {
    private final BacktestReport report;

    private BacktestPage(BacktestReport report) {
        this.report = report;
    }

    static String html(BacktestReport report) {
        return new BacktestPage(report).html();
    }

    static List<String> lines(BacktestReport report) {
        BacktestPage page = new BacktestPage(report);
        List<String> lines = new ArrayList<>();
        for (BacktestReport.Row row : page.rowsAtK()) {
            lines.add(number(
                    "%-12s precision@%d %5.1f%% (%.1f to %.1f)  recall %5.1f%%  lift %.2f (%.2f to %.2f)",
                    row.ranker(),
                    row.k(),
                    100 * row.precision(),
                    100 * row.precisionInterval().low(),
                    100 * row.precisionInterval().high(),
                    100 * row.recall(),
                    row.lift(),
                    row.liftInterval().low(),
                    row.liftInterval().high()));
        }
        lines.add(number("over %d dates, from %s", report.dates().size(), page.firstDate()));
        lines.add(page.verdict());
        lines.add(page.beside());
        report.errorCost().ifPresent(cost -> lines.add(page.cost(cost)));
        report.skipped().forEach(skipped -> lines.add("left out: " + Expectations.sentence(skipped)));
        lines.add("Lift in a backtest is no proof of extra sales: the hold-out of a campaign is there for that.");
        return lines;
    }

    private String firstDate() {
        return report.dates().stream()
                .map(BacktestReport.Day::date)
                .min(String::compareTo)
                .orElseThrow();
    }

    private List<BacktestReport.Row> rowsAtK() {
        return report.rows().stream().filter(row -> row.k() == report.k()).toList();
    }

    private BacktestReport.Row score() {
        return report.row(Ranker.SCORE, report.k());
    }

    private String html() {
        String classes = String.join(" or ", report.campaign().classes());
        Html body = Html.join(
                Html.of(
                        """
                        <header>
                        <h1>Backtest: {}, {} dates</h1>
                        <p class="headline">{} <small>of the first {} bought within {} days; {} of all</small></p>
                        </header>
                        <p>{} {}</p>
                        <p><b>Lift in a backtest is no proof of extra sales.</b> Whoever is likely to buy may buy without being
                        asked; only the hold-out of a campaign shows what the campaign has brought.</p>""",
                        classes,
                        report.dates().size(),
                        percent(score().precision()),
                        number("%,d", report.k()),
                        report.campaign().horizonDays(),
                        percent(report.baseRate()),
                        verdict(),
                        beside()),
                rankers(),
                sizes(),
                deciles(),
                gains(),
                dates(),
                Html.of(
                        """
                        <footer>95% intervals are a bootstrap over customers, each with all dates at once, with a fixed
                        seed. Customers are those who had bought before the date; {}. The same numbers are in
                        <code>backtest.json</code>.</footer>""",
                        report.labels().equals("true")
                                ? "who bought is counted by the true labels of the articles"
                                : "who bought is counted by the probabilities of the articles' classes, for want of true"
                                        + " labels"));
        return PageFrame.html("Backtest: " + classes, body, AudiencePage.SHEETS);
    }

    private String verdict() {
        Interval lift = score().liftInterval();
        return lift.low() > 1
                ? number(
                        "The score finds buyers %.2f times as often as chance would (95%% interval %.2f to %.2f).",
                        score().lift(), lift.low(), lift.high())
                : number(
                        "No lift is shown: %.2f times chance, 95%% interval %.2f to %.2f.",
                        score().lift(), lift.low(), lift.high());
    }

    private String beside() {
        BacktestReport.Ratio ratio = report.overBest();
        String how = ratio.interval().low() > 1
                ? "better than"
                : ratio.interval().high() < 1 ? "worse than" : "not to be told apart from";
        return number(
                "It is %s the best simple rule, %s: %.2f times its precision (%.2f to %.2f).",
                how,
                report.best(),
                ratio.value(),
                ratio.interval().low(),
                ratio.interval().high());
    }

    private String cost(BacktestReport.Ratio cost) {
        return number(
                "The classifier's mistakes cost %.1f%% of the precision (%.1f to %.1f%%).",
                100 * cost.value(),
                100 * cost.interval().low(),
                100 * cost.interval().high());
    }

    private Html rankers() {
        double most = report.rows().stream()
                .filter(row -> row.k() == report.k())
                .mapToDouble(BacktestReport.Row::precision)
                .max()
                .orElse(1);
        return Html.of(
                """
                <section>
                <h2>Beside simple rules</h2>
                {}
                <div class="wide"><table class="funnel">
                <thead><tr><th>ranked by</th><th>precision@{}</th><th>95% interval</th><th>recall</th><th>lift</th>
                <th>95% interval</th><th class="text"></th></tr></thead>
                <tbody>
                {}
                </tbody></table></div>
                <ul class="note">
                {}
                </ul>
                </section>""",
                report.errorCost().map(cost -> Html.of("<p>{}</p>", cost(cost))).orElse(Html.NOTHING),
                number("%,d", report.k()),
                Html.each(
                        rowsAtK(),
                        row -> Html.of(
                                """
                                <tr><th>{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>
                                <td class="text track">{}</td></tr>""",
                                row.ranker(),
                                percent(row.precision()),
                                number(
                                        "%.1f to %.1f%%",
                                        100 * row.precisionInterval().low(),
                                        100 * row.precisionInterval().high()),
                                percent(row.recall()),
                                number("%.2f", row.lift()),
                                number(
                                        "%.2f to %.2f",
                                        row.liftInterval().low(),
                                        row.liftInterval().high()),
                                AudiencePage.bar(row.precision() / most))),
                Html.each(
                        Arrays.stream(Ranker.values())
                                .filter(ranker -> rowsAtK().stream()
                                        .anyMatch(row -> row.ranker().equals(ranker.title())))
                                .toList(),
                        ranker -> Html.of("<li>{}: {}</li>", ranker.title(), ranker.meaning())));
    }

    private Html sizes() {
        List<Integer> sizes =
                report.rows().stream().map(BacktestReport.Row::k).distinct().toList();
        List<String> rankers = report.rows().stream()
                .map(BacktestReport.Row::ranker)
                .distinct()
                .toList();
        return Html.of(
                """
                <section>
                <h2>Shorter and longer lists</h2>
                <p>Precision: the share of the first so many who bought.</p>
                <div class="wide"><table>
                <thead><tr><th>ranked by</th>{}</tr></thead>
                <tbody>
                {}
                </tbody></table></div>
                </section>""",
                Html.each(sizes, size -> Html.of("<th>first {}</th>", number("%,d", size))),
                Html.each(
                        rankers,
                        ranker -> Html.of(
                                "<tr><th>{}</th>{}</tr>",
                                ranker,
                                Html.each(
                                        report.rows().stream()
                                                .filter(row -> row.ranker().equals(ranker))
                                                .toList(),
                                        row -> Html.of("<td>{}</td>", percent(row.precision()))))));
    }

    private Html deciles() {
        double most = report.deciles().stream()
                .mapToDouble(BacktestReport.Decile::lift)
                .max()
                .orElse(1);
        return Html.of(
                """
                <section>
                <h2>Lift by tenths</h2>
                <p>All customers, best score first, in ten equal parts. A ranking that works falls from row to row; one that
                does not stays at 1.</p>
                <div class="wide"><table class="funnel">
                <thead><tr><th>tenth</th><th>bought</th><th>lift</th><th>95% interval</th><th class="text"></th></tr></thead>
                <tbody>
                {}
                </tbody></table></div>
                </section>""",
                Html.each(
                        report.deciles(),
                        decile -> Html.of(
                                """
                                <tr><th>{}</th><td>{}</td><td>{}</td><td>{}</td><td class="text track">{}</td></tr>""",
                                decile.decile(),
                                percent(decile.share()),
                                number("%.2f", decile.lift()),
                                number(
                                        "%.2f to %.2f",
                                        decile.liftInterval().low(),
                                        decile.liftInterval().high()),
                                AudiencePage.bar(decile.lift() / most))));
    }

    private Html gains() {
        List<String> names = List.copyOf(report.gains().keySet());
        return Html.of(
                """
                <section>
                <h2>Cumulative gains</h2>
                <p>Up: the share of all buyers who are reached. Across: the share of customers who are addressed, best first.
                Chance is the diagonal.</p>
                <ul class="key">
                {}
                </ul>
                <figure class="chart">{}</figure>
                </section>""",
                Html.each(
                        names,
                        name -> Html.of(
                                "<li><svg viewBox=\"0 0 26 8\"><line class=\"c{}\" x1=\"0\" y1=\"4\" x2=\"26\" y2=\"4\"/></svg>{}</li>",
                                names.indexOf(name),
                                name)),
                PageCharts.gains(report.gains(), "Cumulative gains"));
    }

    private Html dates() {
        return Html.of(
                """
                <section>
                <h2>Date by date</h2>
                <div class="wide"><table>
                <thead><tr><th>date</th><th>customers</th><th>of all</th><th>by score</th><th>by {}</th></tr></thead>
                <tbody>
                {}
                </tbody></table></div>
                </section>""",
                report.best(),
                Html.each(
                        report.dates(),
                        day -> Html.of(
                                "<tr><th>{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                                day.date(),
                                number("%,d", day.customers()),
                                percent(day.bought()),
                                percent(day.precision()),
                                percent(day.bestPrecision()))));
    }
}
