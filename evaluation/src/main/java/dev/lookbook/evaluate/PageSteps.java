package dev.lookbook.evaluate;

import static dev.lookbook.evaluate.Html.number;
import static dev.lookbook.evaluate.Html.percent;

import dev.lookbook.explain.Explanation;
import dev.lookbook.explain.LayerView;
import dev.lookbook.explain.Stage;
import dev.lookbook.model.LayerType;
import java.util.List;
import java.util.stream.Collectors;

/** The network's steps: a table of all, then each convolution with its kernels and maps. */
final class PageSteps {
    private PageSteps() {}

    static String memberName(String member) {
        return member.isEmpty() ? "the first" : member;
    }

    static Html table(Explanation explanation) {
        List<LayerView> views = explanation.stages().stream()
                .flatMap(stage -> stage.layers().stream())
                .toList();
        return Html.of("""
                <div class="wide"><table>
                <thead><tr><th scope=col>step</th><th scope=col class="text">what it does</th><th scope=col>makes</th><th scope=col>values</th><th scope=col>below 0</th>
                <th scope=col>zeros</th><th scope=col>after a shift</th></tr></thead>
                <tbody>
                {}
                </tbody></table></div>""", Html.each(views, PageSteps::row));
    }

    private static Html row(LayerView view) {
        return Html.of(
                "<tr><th scope=row>{}</th><td class=\"text\">{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td></tr>",
                view.layer().name(),
                view.layer().kind(),
                shape(view),
                number("%,d", view.values().length),
                share(view.statistics().negatives()),
                share(view.statistics().zeros()),
                number("%.2f", view.statistics().shiftSimilarity()));
    }

    static String shape(LayerView view) {
        return view.layer().shape().stream().map(String::valueOf).collect(Collectors.joining("x"));
    }

    private static String share(double share) {
        return share == 0 ? "–" : number("%.0f%%", 100 * share);
    }

    static Html section(Explanation explanation) {
        List<Stage> stages = explanation.stages().stream()
                .filter(stage -> stage.isConvolution() || weighsPixels(stage, explanation))
                .toList();
        return Html.of(
                """
                <section id="steps">
                <h2>3. {}</h2>
                {}
                {}
                </section>""",
                explanation.hasConvolutions() ? "Kernel by kernel" : "Neuron by neuron",
                explanation.hasConvolutions() ? convolutionText(explanation) : Html.NOTHING,
                Html.each(stages, stage -> stage(stage, explanation)));
    }

    /** Whether a dense layer has a weight for each pixel, so that its weights can be looked at as a picture. */
    private static boolean weighsPixels(Stage stage, Explanation explanation) {
        int side = explanation.prepared().side();
        return stage.isDense()
                && stage.first().weights().orElseThrow().shape().get(1) == side * side
                && explanation.looksAtPixels(stage);
    }

    private static Html convolutionText(Explanation explanation) {
        return Html.of("""
                <p>A <b>kernel</b> is a small table of numbers. It is laid over the picture at every place in turn; each of
                its numbers is multiplied with the pixel under it, the products are added up, and one number more, the
                bias, is added. Where the picture looks like the kernel the sum is large, where it looks like the opposite
                the sum is below zero. All the sums together are a <b>feature map</b>.</p>
                {}
                <p><b>ReLU</b> then replaces every sum below zero by zero: the kernel says how much of its pattern is there,
                and otherwise nothing. That leaves the map sparse.{}</p>""", PageExample.of(explanation), poolingText(explanation));
    }

    private static Html poolingText(Explanation explanation) {
        return explanation.stages().stream()
                .flatMap(stage -> stage.find(LayerType.MAX_POOL).stream())
                .flatMap(pool -> pool.layer().window().stream())
                .findFirst()
                .map(window -> Html.of(
                        " <b>Max-pooling</b> keeps the strongest of each {} x {} answers, in steps of {}: the map shrinks to"
                                + " 1/{}, and where exactly the pattern was matters less.",
                        window.height(),
                        window.width(),
                        window.stride(),
                        window.stride() * window.stride()))
                .orElse(Html.NOTHING);
    }

    private static Html stage(Stage stage, Explanation explanation) {
        String member = stage.member().isEmpty() ? "" : ", of " + stage.member();
        return Html.of(
                """
                <h3>{}<small> {}{}</small></h3>
                <p>{}</p>
                {}""",
                stage.first().layer().name(),
                stage.first().layer().kind(),
                member,
                words(stage, explanation),
                PageFilters.of(stage, explanation));
    }

    private static String words(Stage stage, Explanation explanation) {
        return (stage.isConvolution() ? convolutionWords(stage, explanation) : neuronWords(stage))
                + (explanation.isMirrored(stage.member())
                        ? " This member sees the picture mirrored, and so these pictures are mirrored, too: left is right."
                        : "");
    }

    private static String neuronWords(Stage stage) {
        return number(
                "%,d neurons, each with a weight for every pixel. %s of their sums are below zero%s.",
                stage.first().channels(),
                percent(stage.first().statistics().negatives()),
                stage.find(LayerType.RELU).isPresent() ? "; ReLU makes them 0" : "");
    }

    private static String convolutionWords(Stage stage, Explanation explanation) {
        int side = explanation.prepared().side();
        LayerView first = stage.first();
        List<Integer> kernels = first.weights().orElseThrow().shape();
        StringBuilder words = new StringBuilder(number(
                "%,d kernels of %dx%d%s make %,d maps of %dx%d; each place of a map sees %s.",
                kernels.get(0),
                kernels.get(2),
                kernels.get(3),
                kernels.get(1) == 1 ? "" : number(", %,d layers deep (one for each map before them)", kernels.get(1)),
                first.channels(),
                first.layer().shape().get(1),
                first.layer().shape().get(2),
                first.field().map(field -> PageMaps.sees(field, side)).orElse("part of the picture")));
        stage.find(LayerType.RELU)
                .ifPresent(relu -> words.append(number(
                        " Before ReLU %s of the values are below zero; after it %s are zero.",
                        percent(first.statistics().negatives()),
                        percent(relu.statistics().zeros()))));
        stage.find(LayerType.ADD)
                .ifPresent(sum -> words.append(number(
                        " What went into the step is added to what came out (a shortcut): %s of the sums are zero.",
                        percent(sum.statistics().zeros()))));
        stage.pool().ifPresent(pool -> words.append(pooling(stage.active(), pool)));
        return words.toString();
    }

    private static String pooling(LayerView before, LayerView pool) {
        return number(
                " Pooling makes %dx%d out of %dx%d, %,d values out of %,d. When the picture moves by one pixel, the maps"
                        + " before pooling stay alike to %.2f and those after it to %.2f (cosine).",
                pool.layer().shape().get(1),
                pool.layer().shape().get(2),
                before.layer().shape().get(1),
                before.layer().shape().get(2),
                pool.values().length,
                before.values().length,
                before.statistics().shiftSimilarity(),
                pool.statistics().shiftSimilarity());
    }
}
