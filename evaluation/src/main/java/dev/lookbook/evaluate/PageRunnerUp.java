package dev.lookbook.evaluate;

import static dev.lookbook.evaluate.Html.number;
import static dev.lookbook.evaluate.Html.percent;

import dev.lookbook.explain.Evidence;
import dev.lookbook.explain.Explanation;
import dev.lookbook.explain.Neighbours;
import java.util.List;

/** The second most probable class, and what speaks for it. */
final class PageRunnerUp {
    private static final int MOST = 5;

    private PageRunnerUp() {}

    static Html section(ExplainedPicture explained) {
        Explanation explanation = explained.explanation();
        String runnerUp = explanation.runnerUp();
        return Html.of(
                """
                <section id="runner-up">
                <h2>8. What speaks for {}</h2>
                <p>The second most probable class has {}.{}</p>
                {}
                {}
                </section>""",
                runnerUp,
                percent(explanation.prediction().probabilities().get(runnerUp)),
                explanation.maps().rather().smallest() < 0
                        ? number(
                                " What speaks for it are the blue pixels of the map \"rather than %s\" above: covering them"
                                        + " moves the answer away from %s.",
                                runnerUp, runnerUp)
                        : number(" No pixels speak for %s: covering none moves the answer away from it.", runnerUp),
                explanation.neighbours().map(n -> nearest(explained, n)).orElse(Html.NOTHING),
                Html.each(explanation.evidence(), evidence -> features(explanation, evidence)));
    }

    private static Html nearest(ExplainedPicture explained, Neighbours neighbours) {
        String runnerUp = explained.explanation().runnerUp();
        long among = neighbours.nearest().stream()
                .filter(one -> one.label().equals(runnerUp))
                .count();
        return neighbours
                .ofRunnerUp()
                .map(one -> Html.of(
                        """
                        <p>{} of the {} nearest training images {} of this class. The nearest that is:</p>
                        <div class="pictures">{}</div>""",
                        among == 0 ? "None" : among,
                        neighbours.nearest().size(),
                        among == 1 ? "is" : "are",
                        PageNeighbours.figure(explained, one)))
                .orElse(Html.NOTHING);
    }

    private static Html features(Explanation explanation, Evidence evidence) {
        return Html.of(
                """
                <div class="columns">
                {}
                {}
                </div>""",
                list("Features for " + explanation.prediction().label() + member(evidence), evidence.forLabel(MOST)),
                list("Features for " + explanation.runnerUp() + member(evidence), evidence.forRunnerUp(MOST)));
    }

    private static String member(Evidence evidence) {
        return evidence.member().isEmpty() ? "" : ", " + evidence.member();
    }

    private static Html list(String title, List<Evidence.Feature> features) {
        return Html.of(
                """
                <div><table>
                <caption>{}</caption>
                <thead><tr><th scope=col>feature</th><th scope=col>activation</th><th scope=col>speaks by</th></tr></thead>
                <tbody>{}</tbody></table></div>""",
                title,
                features.isEmpty()
                        ? Html.of("<tr><th scope=row>none</th><td></td><td></td></tr>")
                        : Html.each(
                                features,
                                feature -> Html.of(
                                        "<tr><th scope=row>{}</th><td>{}</td><td>{}</td></tr>",
                                        feature.index(),
                                        number("%.2f", feature.activation()),
                                        number("%.2f", Math.abs(feature.rather())))));
    }
}
