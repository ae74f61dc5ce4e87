package dev.lookbook.audience;

import static dev.lookbook.evaluate.Html.number;
import static dev.lookbook.evaluate.Html.percent;

import dev.lookbook.evaluate.Html;
import dev.lookbook.evaluate.PageFrame;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Why a customer has the score that it has: the numbers that it is made of, and the purchases behind them. */
public final class Why {
    private static final int MOST_LINES = 10;
    private static final int MOST_PICTURES = 60;

    /** A purchase, and what it adds to the decayed count of the class. */
    private record Purchase(
            String date,
            String articleId,
            String picture,
            String label,
            double probability,
            double weight,
            double adds) {}

    /** The customer at the date; the words are those of docs/audience-method.md. */
    private record Score(
            double score,
            long place,
            long ranked,
            String outcome,
            String firstDay,
            String lastDay,
            long visits,
            double bought,
            double usual,
            double leaningShape,
            double leaning,
            double pace,
            double returnRatio,
            double expectedVisits,
            double level) {}

    private final Campaign campaign;
    private final String customer;
    private final Score score;
    private final List<Purchase> purchases;

    private Why(Campaign campaign, String customer, Score score, List<Purchase> purchases) {
        this.campaign = campaign;
        this.customer = customer;
        this.score = score;
        this.purchases = purchases;
    }

    /**
     * Explains one customer.
     *
     * @param out a new folder for {@code why.html} with the pictures; empty: no page
     * @return the explanation in lines for people
     */
    public static List<String> explain(Path campaignFile, String customer, Optional<Path> out, Resources resources)
            throws IOException {
        if (out.isPresent() && Files.exists(out.get(), LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(out.get().toString());
        }
        Campaign campaign = Campaign.read(campaignFile);
        Path folder = campaignFile.toAbsolutePath().getParent();
        Why why;
        try (Database database = resources.open()) {
            Tables tables = Tables.load(database, campaign, folder, resources.models());
            why = of(database, campaign, tables, customer);
        }
        if (out.isPresent()) {
            byte[] page = why.html(folder).getBytes(StandardCharsets.UTF_8);
            RunFolder.create(out.get()).write("why.html", page);
        }
        return why.lines();
    }

    private static Why of(Database database, Campaign campaign, Tables tables, String customer)
            throws AudienceException {
        String id = Database.text(customer);
        if (database.number("SELECT count(*) FROM customers WHERE customer_id = " + id) == 0) {
            throw new AudienceException("there is no customer \"" + customer + "\" in " + campaign.customers()
                    + ". Ids are texts: leading zeros count");
        }
        Method method = new Method(database, campaign);
        method.readVisits("article_classes");
        method.score(campaign.day(), tables.firstDay(), tables.customers());
        database.run("funnel.sql");
        database.run("selection.sql");
        List<Score> scores = database.runAndAsk(
                "why_score.sql",
                Map.of("customer", id),
                row -> new Score(
                        row.getDouble("score"),
                        row.getLong("place"),
                        row.getLong("ranked"),
                        row.getString("outcome"),
                        row.getString("first_day"),
                        row.getString("last_day"),
                        row.getLong("visits"),
                        row.getDouble("bought"),
                        row.getDouble("usual"),
                        row.getDouble("leaning_shape"),
                        row.getDouble("leaning"),
                        row.getDouble("pace"),
                        row.getDouble("return_ratio"),
                        row.getDouble("expected_visits"),
                        row.getDouble("level")));
        if (scores.isEmpty()) {
            throw new AudienceException("customer \"" + customer + "\" has bought nothing before " + campaign.date()
                    + " that could be used, and has no score. Take an earlier customer or a later date");
        }
        List<Purchase> purchases = database.runAndAsk(
                "why_purchases.sql",
                Map.of("customer", id),
                row -> new Purchase(
                        row.getString("day"),
                        row.getString("article_id"),
                        Optional.ofNullable(row.getString("picture")).orElse(""),
                        row.getString("label"),
                        row.getDouble("probability"),
                        row.getDouble("weight"),
                        row.getDouble("adds")));
        return new Why(campaign, customer, scores.get(0), purchases);
    }

    private String classes() {
        return String.join(" or ", campaign.classes());
    }

    /** The score, step by step. */
    private List<String> steps() {
        return List.of(
                number(
                        "Customer %s buys %s within %d days from %s with probability %.4f: place %,d of %,d who were ranked, %s.",
                        customer,
                        classes(),
                        campaign.horizonDays(),
                        campaign.date(),
                        score.score,
                        score.place,
                        score.ranked,
                        score.outcome),
                number(
                        "Leaning: %.3f items of the class, recent ones counting more, where all customers would have"
                                + " bought %.3f in such visits; drawn to the others (as if %.2f usual items more) that is"
                                + " %.2f times the usual.",
                        score.bought, score.usual, score.leaningShape, score.leaning),
                number(
                        "Pace: %d visits from %s to %s, one in %.0f days; customers away for as long came %.2f times as"
                                + " often as their pace says: %.3f visits are expected.",
                        score.visits,
                        score.firstDay,
                        score.lastDay,
                        1 / score.pace,
                        score.returnRatio,
                        score.expectedVisits),
                number("Season: a visit has %.3f items of the class just then.", score.level),
                number(
                        "Together: %.3f x %.3f x %.2f = %.4f items expected.",
                        score.expectedVisits,
                        score.level,
                        score.leaning,
                        score.expectedVisits * score.level * score.leaning));
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>(steps());
        lines.add(number("Of %d purchases these add most to the leaning:", purchases.size()));
        purchases.stream()
                .limit(MOST_LINES)
                .map(one -> number(
                        "%s  %s  %-11s  %.3f of the class x weight %.3f = %.4f",
                        one.date, one.articleId, one.label, one.probability, one.weight, one.adds))
                .forEach(lines::add);
        return lines;
    }

    private String html(Path folder) {
        PagePictures pictures = new PagePictures(folder);
        List<Purchase> shown = purchases.stream().limit(MOST_PICTURES).toList();
        pictures.load(shown.stream().map(Purchase::picture).toList());
        Html body = Html.of(
                """
                <header>
                <h1>Why customer {}?</h1>
                <p class="headline">{} <small>to buy {} within {} days; place {} of {}, {}</small></p>
                </header>
                <ul class="steps">
                {}
                </ul>
                <section>
                <h2>The purchases behind it</h2>
                <p>{} What adds most comes first: the probability that the article is {}, times the weight of its age.</p>
                <ul class="pictures">
                {}
                </ul>
                </section>
                <footer>The formulas are in docs/audience-method.md.</footer>""",
                customer,
                percent(score.score),
                classes(),
                campaign.horizonDays(),
                number("%,d", score.place),
                number("%,d", score.ranked),
                score.outcome,
                Html.each(steps().subList(1, steps().size()), step -> Html.of("<li>{}</li>", step)),
                purchases.size() > shown.size()
                        ? number("%d of %d purchases.", shown.size(), purchases.size())
                        : number("All %d purchases.", purchases.size()),
                classes(),
                Html.each(
                        shown,
                        one -> Html.of(
                                "<li><figure>{}<figcaption><b class=\"right\">{}</b>{}<br>{}<br>adds {}</figcaption></figure></li>",
                                pictures.image(one.picture, one.label),
                                one.date,
                                one.articleId,
                                number("%s; %s", one.label, percent(one.probability)),
                                number("%.3f", one.adds))));
        return PageFrame.html("Why customer " + customer + "?", body, AudiencePage.SHEETS);
    }
}
