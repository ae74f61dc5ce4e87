package dev.lookbook.evaluate;

import static dev.lookbook.evaluate.Html.number;
import static dev.lookbook.evaluate.Html.percent;

import dev.lookbook.explain.Evidence;
import dev.lookbook.explain.Explanation;
import dev.lookbook.explain.LayerView;
import dev.lookbook.explain.PixelMap;
import dev.lookbook.model.LayerType;
import java.util.Arrays;
import java.util.List;

/** From maps to a row of numbers, and which of these are loudest. */
final class PageFeatures {
    private static final int MOST = 8;
    private static final int STRIP = 56; // numbers in a line of the picture of a long row; divides 784 and 3,136

    private PageFeatures() {}

    static Html section(ExplainedPicture explained) {
        Explanation explanation = explained.explanation();
        return Html.of("""
                <section id="features">
                <h2>4. From maps to features</h2>
                <p>What decides in the end are neurons, and a neuron takes a row of numbers, not maps: it weighs each number
                and adds them up.</p>
                {}
                {}
                </section>""", flatten(explanation), Html.each(explanation.evidence(), e -> features(explanation, e)));
    }

    private static Html flatten(Explanation explanation) {
        List<LayerView> views = explanation.stages().stream()
                .flatMap(stage -> stage.layers().stream())
                .filter(view -> view.layer().type() == LayerType.FLATTEN)
                .toList();
        return Html.each(views, view -> {
            double reach = view.statistics().reach();
            return Html.of(
                    """
                    <h3>{}<small> a row of {} numbers</small></h3>
                    <p>The values are laid out one after the other; none is changed or lost. {} of them are zero.</p>
                    {}{}""",
                    view.layer().name(),
                    number("%,d", view.values().length),
                    percent(view.statistics().zeros()),
                    PageMaps.greyLegend(reach),
                    PageMaps.image(
                            PageMaps.grey(strip(view), reach),
                            "strip",
                            number(
                                    "the row of %s, %d numbers to a line",
                                    view.layer().name(), STRIP)));
        });
    }

    private static PixelMap strip(LayerView view) {
        int rows = (view.values().length + STRIP - 1) / STRIP;
        return new PixelMap(rows, STRIP, Arrays.copyOf(view.values(), rows * STRIP));
    }

    private static Html features(Explanation explanation, Evidence evidence) {
        String label = explanation.prediction().label();
        double forLabel = evidence.bias();
        double forRunnerUp = evidence.runnerUpBias();
        for (Evidence.Feature feature : evidence.features()) {
            forLabel += feature.label();
            forRunnerUp += feature.runnerUp();
        }
        long silent = evidence.features().stream()
                .filter(feature -> feature.activation() == 0)
                .count();
        String how = evidence.grid()
                .map(grid -> number(
                        "Of each of the %,d last maps, %dx%d, one number is kept: the strongest.",
                        evidence.features().size(), grid.height(), grid.width()))
                .orElse(number(
                        "The network ends in %,d features.", evidence.features().size()));
        return Html.of(
                """
                <h3>{}<small> {} features{}</small></h3>
                <p>{} {} of them are silent here. These are the loudest, and what each adds to the sum (logit) of the answer
                and of the runner-up:</p>
                <div class="wide"><table>
                <thead><tr><th scope=col>feature</th><th scope=col>activation</th><th scope=col>adds to {}</th><th scope=col>adds to {}</th></tr></thead>
                <tbody>
                {}
                <tr><th scope=row>all {} and the bias</th><td></td><td>{}</td><td>{}</td></tr>
                </tbody></table></div>""",
                evidence.source(),
                evidence.features().size(),
                evidence.member().isEmpty() ? "" : ", of " + evidence.member(),
                how,
                silent == 0 ? "None" : number("%,d", silent),
                label,
                explanation.runnerUp(),
                Html.each(
                        evidence.mostActive(MOST),
                        feature -> Html.of(
                                "<tr><th scope=row>{}</th><td>{}</td><td>{}</td><td>{}</td></tr>",
                                feature.index(),
                                number("%.2f", feature.activation()),
                                number("%+.2f", feature.label()),
                                number("%+.2f", feature.runnerUp()))),
                evidence.features().size(),
                number("%+.2f", forLabel),
                number("%+.2f", forRunnerUp));
    }
}
