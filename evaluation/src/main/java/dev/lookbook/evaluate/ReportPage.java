package dev.lookbook.evaluate;

import static dev.lookbook.evaluate.Html.number;
import static dev.lookbook.evaluate.Html.percent;

/** {@code report.html}. */
final class ReportPage {
    private final Report report;
    private final PageModel model;
    private final PagePictures pictures;

    ReportPage(Report report, PageModel model, PagePictures pictures) {
        this.report = report;
        this.model = model;
        this.pictures = pictures;
    }

    String html() {
        String title = number("%s: %s on %s", report.model(), percent(report.accuracy()), report.data());
        Html body = Html.join(
                head(),
                tiles(),
                summary(),
                PageClasses.section(report),
                PageConfusion.section(report, pictures),
                confidence(),
                silence(),
                pictures.mostWrong(),
                model.section(pictures.curves()),
                footer());
        return PageFrame.html(title, body, "report.css");
    }

    private Html head() {
        return Html.of(
                """
                <header>
                <h1>{} {} on {}</h1>
                <p class="headline">{} <small>right; 95% interval {} to {}, {} pictures</small></p>
                </header>""",
                report.model(),
                report.version(),
                report.data(),
                percent(report.accuracy()),
                number("%.1f", 100 * report.accuracyInterval().low()),
                percent(report.accuracyInterval().high()),
                number("%,d", report.testImages()));
    }

    private Html tiles() {
        Html macroF1 = report.macroF1().isEmpty()
                ? Html.NOTHING
                : tile(number("%.3f", report.macroF1().getAsDouble()), "macro-F1", "mean over the classes");
        Html sure = report.sure()
                .map(s -> s.images() == 0
                        ? tile("never", "sure", number("no answer reached a confidence of %.4f", s.at()))
                        : tile(
                                percent(s.accuracy()),
                                "right when sure",
                                number("%s of the answers, confidence %.4f and above", percent(s.share()), s.at())))
                .orElse(tile("never", "sure", "the model was not told when to be"));
        Html unfamiliar = report.unfamiliar().isEmpty()
                ? Html.NOTHING
                : tile(
                        percent(report.unfamiliar().getAsDouble()),
                        "unfamiliar",
                        "pictures unlike the training pictures: never called sure; 1% of held-out ones are");
        Html time = report.trainSeconds().isEmpty()
                ? Html.NOTHING
                : tile(
                        duration(report.trainSeconds().getAsDouble()),
                        "training",
                        number("%,d steps", report.steps().orElse(0)));
        return Html.of(
                "<ul class=\"tiles\">\n{}\n</ul>",
                Html.join(
                        macroF1,
                        tile(number("%.3f", report.nll()), "NLL", "negative log-likelihood, lower is better"),
                        tile(
                                number("%.4f", report.ece()),
                                "calibration error",
                                number(
                                        "a perfect model would show %.4f",
                                        report.eceIfPerfect().mean())),
                        sure,
                        unfamiliar,
                        tile(number("%,d", report.parameters()), "parameters", "numbers in the network"),
                        time));
    }

    private static Html tile(String value, String name, String note) {
        return Html.of("<li><b>{}</b>{}<small>{}</small></li>", value, name, note);
    }

    static String duration(double seconds) {
        long whole = Math.round(seconds);
        return whole < 120
                ? number("%.1f s", seconds)
                : whole < 7200
                        ? number("%d min %02d s", whole / 60, whole % 60)
                        : number("%d h %02d min", whole / 3600, whole % 3600 / 60);
    }

    private Html summary() {
        long right = Math.round(report.accuracy() * report.testImages());
        Html leftOut = report.leftOut().isEmpty()
                ? Html.NOTHING
                : Html.of(
                        " Left out by the mapping: {}.",
                        String.join(
                                ", ",
                                report.leftOut().stream()
                                        .map(out -> number("%s (%,d)", out.label(), out.images()))
                                        .toList()));
        return Html.of(
                "<p>Of {} pictures, {} got the right answer and {} a wrong one.{}{}</p>",
                number("%,d", report.testImages()),
                number("%,d", right),
                number("%,d", report.testImages() - right),
                PageConfusion.worst(report),
                leftOut);
    }

    private Html confidence() {
        return Html.of(
                """
                <section>
                <h2>Can its confidence be believed?</h2>
                <p>Of the answers given with a confidence of 80%, 80% should be right. The calibration error is the mean
                gap between the two over 15 bins: {} (95% interval {} to {}). Even a perfectly calibrated model would show
                about {} on as many pictures ({} to {}), because each bin has only so many.{}</p>
                {}
                </section>""",
                number("%.4f", report.ece()),
                number("%.4f", report.eceInterval().low()),
                number("%.4f", report.eceInterval().high()),
                number("%.4f", report.eceIfPerfect().mean()),
                number("%.4f", report.eceIfPerfect().interval().low()),
                number("%.4f", report.eceIfPerfect().interval().high()),
                report.calibrated()
                        ? ""
                        : " This model was not calibrated: no images were held out to fit its temperature on.",
                pictures.reliability());
    }

    private Html silence() {
        return Html.of(
                """
                <section>
                <h2>If it may keep silent</h2>
                <p>Answers below some confidence can be left to people. The fewer pictures are answered, the more of the
                answers are right.</p>
                {}
                <div class="wide"><table>
                <thead><tr>
                <th>answered</th><th>pictures</th><th>confidence from</th><th>right</th><th>95% interval</th>
                </tr></thead>
                <tbody>
                {}
                </tbody></table></div>
                </section>""",
                pictures.riskCoverage(),
                Html.each(
                        report.riskCoverage(),
                        point -> Html.of(
                                "<tr><th>{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                                percent(point.share()),
                                number("%,d", point.images()),
                                number("%.4f", point.confidence()),
                                number("%.2f%%", 100 * point.accuracy()),
                                number(
                                        "%.2f to %.2f%%",
                                        100 * point.interval().low(),
                                        100 * point.interval().high()))));
    }

    private static Html footer() {
        return Html.of("""
                <footer>Intervals of shares are Wilson's; that of the calibration error is a bootstrap over pictures with
                a fixed seed. NLL is in natural logarithms. The same numbers are in <code>report.json</code>.</footer>""");
    }
}
