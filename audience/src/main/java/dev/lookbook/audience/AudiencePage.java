package dev.lookbook.audience;

import static dev.lookbook.evaluate.Html.number;
import static dev.lookbook.evaluate.Html.percent;

import dev.lookbook.evaluate.Html;
import dev.lookbook.evaluate.PageFrame;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code report.html} of an audience. */
final class AudiencePage {
    static final String[] SHEETS = {"report.css", "/dev/lookbook/audience/audience.css"};

    private final Manifest manifest;
    private final PagePictures pictures;

    private AudiencePage(Manifest manifest, Path folder) {
        this.manifest = manifest;
        this.pictures = new PagePictures(folder);
    }

    /** @param folder in which the campaign file lies, for pictures that are named relative to it */
    static String html(Manifest manifest, Path folder) {
        return new AudiencePage(manifest, folder).html();
    }

    private String html() {
        String title = number("Audience: %s", name());
        return PageFrame.html(
                title,
                Html.join(
                        head(),
                        tiles(),
                        funnel(),
                        expectation(),
                        scores(),
                        classes(),
                        articles(),
                        change(),
                        leftOut(),
                        origin()),
                SHEETS);
    }

    private String name() {
        Campaign campaign = manifest.campaign();
        return campaign.name().isBlank() ? String.join(" or ", campaign.classes()) : campaign.name();
    }

    private long step(int fromLast) {
        return manifest.funnel().get(manifest.funnel().size() - 1 - fromLast).customers();
    }

    private Html head() {
        Optional<Forecast> precision = manifest.expectedPrecision();
        String classes = String.join(" or ", manifest.campaign().classes());
        return Html.of(
                """
                <header>
                <h1>{}</h1>
                <p class="headline">{} <small>{}</small></p>
                </header>""",
                name(),
                precision.map(one -> percent(one.expected())).orElse("?"),
                precision
                        .map(one -> number(
                                "of them should buy %s in the %d days from %s; 90%% interval %.1f to %.1f%%",
                                classes,
                                manifest.campaign().horizonDays(),
                                manifest.campaign().date(),
                                100 * one.low(),
                                100 * one.high()))
                        .orElse(
                                manifest.earlierWindows().isEmpty()
                                        ? "how many will buy cannot be said: too few purchases lie before the date"
                                        : "how many will buy cannot be said: nobody would have been chosen before"));
    }

    private Html tiles() {
        Manifest.Upload upload = manifest.upload();
        return Html.of(
                "<ul class=\"tiles\">\n{}\n</ul>",
                Html.join(
                        tile(number("%,d", step(0)), "addressed", "the list, audience.csv"),
                        tile(
                                number("%,d", step(1)),
                                "held out",
                                number(
                                        "%s of the chosen, not to be addressed",
                                        percent(manifest.campaign().holdout()))),
                        manifest.expectedLift()
                                .map(lift -> lift.low() > 1
                                        ? tile(
                                                number("%.1f times", lift.expected()),
                                                "lift",
                                                number(
                                                        "beside all eligible; %.1f to %.1f, not proof of extra sales",
                                                        lift.low(), lift.high()))
                                        : tile(
                                                "none shown",
                                                "lift",
                                                number(
                                                        "%.1f times all eligible, %.1f to %.1f: may be chance",
                                                        lift.expected(), lift.low(), lift.high())))
                                .orElse(Html.NOTHING),
                        tile(
                                number("%,d", upload.emails()),
                                "e-mail addresses",
                                number("%,d given are none", upload.emailsThatAreNone())
                                        + withheld(upload.emailsWithheld())),
                        tile(
                                number("%,d", upload.phones()),
                                "phone numbers",
                                number("%,d given lack the country or are none", upload.phonesWithoutCountry())
                                        + withheld(upload.phonesWithheld()))));
    }

    private static String withheld(long count) {
        return count == 0 ? "" : number(", %,d left out: also of somebody suppressed or held out", count);
    }

    static Html tile(String value, String name, String note) {
        return Html.of("<li><b>{}</b>{}<small>{}</small></li>", value, name, note);
    }

    private Html funnel() {
        long most = Math.max(1, manifest.funnel().get(0).customers());
        return Html.of(
                """
                <section>
                <h2>From all customers to the list</h2>
                <p>Each line is who is left after a condition. The hold-out is drawn at random from the chosen and must not
                be addressed: only what it buys, beside the others, shows what the campaign has brought.</p>
                <div class="wide"><table class="funnel">
                <thead><tr><th>step</th><th>customers</th><th class="text"></th></tr></thead>
                <tbody>
                {}
                </tbody></table></div>
                </section>""",
                Html.each(
                        manifest.funnel(),
                        step -> Html.of(
                                "<tr><th>{}</th><td>{}</td><td class=\"text track\">{}</td></tr>",
                                step.step(),
                                number("%,d", step.customers()),
                                bar(step.customers() / (double) most))));
    }

    /** A bar as wide as a share of its place. */
    static Html bar(double share) {
        return Html.of("<span class=\"bar\" style=\"width:{}\"></span>", percent(Math.min(1, share)));
    }

    private Html expectation() {
        if (manifest.earlierWindows().isEmpty()) {
            return Html.NOTHING;
        }
        return Html.of(
                """
                <section>
                <h2>How good should it be?</h2>
                <p>{} The same rules were tried at earlier dates, on what each customer had bought by then, and what the
                chosen bought in the {} days after was counted. The interval holds both the chance of single customers and
                that no window is like the one before; nine of ten such intervals should hold what will come.</p>
                <p><b>This is no proof of extra sales:</b> who is likely to buy may buy without being asked. The hold-out
                is there to find out.</p>
                <div class="wide"><table>
                <thead><tr><th>from</th><th>eligible</th><th>chosen</th><th>predicted</th><th>bought</th>
                <th>of all eligible</th><th>lift</th></tr></thead>
                <tbody>
                {}
                </tbody></table></div>
                </section>""",
                Expectations.sentence(manifest),
                manifest.campaign().horizonDays(),
                Html.each(
                        manifest.earlierWindows(),
                        window -> Html.of(
                                "<tr><th>{}</th><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                                window.date(),
                                number("%,d", window.eligible()),
                                number("%,d", window.chosen()),
                                percent(window.predicted()),
                                percent(window.bought()),
                                percent(window.boughtOfAll()),
                                window.chosen() > 0 && window.boughtOfAll() > 0
                                        ? number("%.1f", window.bought() / window.boughtOfAll())
                                        : "–")));
    }

    private Html scores() {
        return Html.of("""
                <section>
                <h2>Scores</h2>
                <p>A score is the probability to buy within the horizon, as the method sees it. Blue: the chosen; grey:
                the others who meet the conditions. Bars rise with the square root of the number, so that few are seen
                beside many.</p>
                <figure class="chart">{}</figure>
                </section>""", PageCharts.histogram(manifest.scores()));
    }

    private Html classes() {
        double most = manifest.classMix().stream()
                .mapToDouble(share -> Math.max(share.ofChosen(), share.ofAll()))
                .max()
                .orElse(1);
        return Html.of(
                """
                <section>
                <h2>What they buy</h2>
                <p>Shares of the classes in the purchases of the last 364 days; each purchase is spread over the classes by
                its article's probabilities.</p>
                <div class="wide"><table class="funnel">
                <thead><tr><th>class</th><th>the chosen</th><th>all customers</th><th class="text"></th></tr></thead>
                <tbody>
                {}
                </tbody></table></div>
                </section>""",
                Html.each(
                        manifest.classMix(),
                        share -> Html.of(
                                "<tr><th>{}</th><td>{}</td><td>{}</td><td class=\"text track\">{}{}</td></tr>",
                                share.label(),
                                percent(share.ofChosen()),
                                percent(share.ofAll()),
                                bar(share.ofChosen() / most),
                                Html.of(
                                        "<span class=\"bar other\" style=\"width:{}\"></span>",
                                        percent(share.ofAll() / most)))));
    }

    private Html articles() {
        if (manifest.topArticles().isEmpty()) {
            return Html.NOTHING;
        }
        return Html.of(
                """
                <section>
                <h2>What the chosen bought most of {}</h2>
                <ul class="pictures">
                {}
                </ul>
                </section>""",
                String.join(" or ", manifest.campaign().classes()),
                Html.each(
                        manifest.topArticles(),
                        article -> Html.of(
                                "<li><figure>{}<figcaption><b class=\"right\">{}</b>{}<br>{}</figcaption></figure></li>",
                                pictures.image(article.picture(), article.label()),
                                article.articleId(),
                                number("%s, %s", article.label(), percent(article.probability())),
                                number("%,d bought by %,d", article.purchases(), article.customers()))));
    }

    private Html change() {
        return manifest.change()
                .map(change -> Html.of(
                        """
                        <section>
                        <h2>Beside {}</h2>
                        <p>{} customers are new (additions.csv), {} must leave the list (removals.csv), {} stay.</p>
                        </section>""",
                        change.previous(),
                        number("%,d", change.added()),
                        number("%,d", change.removed()),
                        number("%,d", change.kept())))
                .orElse(Html.NOTHING);
    }

    private Html leftOut() {
        if (manifest.skipped().isEmpty()) {
            return Html.NOTHING;
        }
        return Html.of(
                """
                <section>
                <h2>Rows that were left out</h2>
                <div class="wide"><table>
                <thead><tr><th>file</th><th class="text">why</th><th>rows</th><th>first in line</th>
                <th class="text">where it says</th></tr></thead>
                <tbody>
                {}
                </tbody></table></div>
                </section>""",
                Html.each(
                        manifest.skipped(),
                        some -> Html.of(
                                "<tr><th>{}</th><td class=\"text\">{}</td><td>{}</td><td>{}</td><td class=\"text\">{}</td></tr>",
                                some.file(),
                                some.problem(),
                                number("%,d", some.rows()),
                                some.line() > 0 ? number("%,d", some.line()) : "–",
                                some.value())));
    }

    private Html origin() {
        Campaign campaign = manifest.campaign();
        Manifest.Data data = manifest.data();
        List<String[]> facts = List.of(
                new String[] {"model", manifest.model().isEmpty() ? "not named in the predictions" : manifest.model()},
                new String[] {
                    "purchases",
                    number(
                            "%,d, since %s, of %,d articles by %,d customers",
                            data.transactions(), data.firstDay(), data.articles(), data.customers())
                },
                new String[] {"half-life", number("%.0f days", campaign.halfLifeDays())},
                new String[] {
                    "how customers differ",
                    number(
                            "leaning: prior of %s usual items; pace: shape %s, %.0f days between visits",
                            strength(manifest.population().leaningShape()),
                            strength(manifest.population().paceShape()),
                            manifest.population().meanDaysBetweenVisits())
                },
                new String[] {"seed", Long.toString(campaign.seed())});
        return Html.of(
                """
                <section>
                <h2>Where it comes from</h2>
                <table class="facts"><tbody>
                {}
                {}
                </tbody></table>
                </section>
                <footer>The formulas are in docs/audience-method.md; the same numbers in <code>manifest.json</code>.</footer>""",
                Html.each(facts, fact -> Html.of("<tr><th>{}</th><td>{}</td></tr>", fact[0], fact[1])),
                Html.each(
                        manifest.inputs(),
                        input -> Html.of(
                                "<tr><th>{}</th><td>{} bytes, SHA-256 <code>{}</code></td></tr>",
                                input.file(),
                                number("%,d", input.bytes()),
                                input.sha256())));
    }

    private static String strength(double shape) {
        return shape >= 1e5 ? "countless (they do not differ)" : number("%.1f", shape);
    }
}
