package dev.lookbook.evaluate;

import static dev.lookbook.evaluate.Html.number;
import static dev.lookbook.evaluate.Html.percent;

import dev.lookbook.classify.Decision;
import dev.lookbook.classify.Prediction;
import dev.lookbook.explain.Explanation;
import dev.lookbook.explain.Stage;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** {@code explain.html}: from the picture to the answer, to be read from top to bottom. */
final class ExplanationPage {
    private static final int LONGEST_SIDE = 448;

    private final ExplainedPicture explained;
    private final Explanation explanation;

    ExplanationPage(ExplainedPicture explained) {
        this.explained = explained;
        this.explanation = explained.explanation();
    }

    String html() {
        Prediction prediction = explanation.prediction();
        String title =
                explained.shortName() + ": " + prediction.label() + " " + Html.percent(prediction.confidence(), 0);
        Html body = Html.join(
                head(),
                input(),
                network(),
                PageSteps.section(explanation),
                PageFeatures.section(explained),
                probabilities(),
                PageDecided.section(explained),
                PageNeighbours.section(explained),
                PageRunnerUp.section(explained),
                footer());
        return PageFrame.html(title, body, "report.css", "explain.css");
    }

    private Html head() {
        Prediction prediction = explanation.prediction();
        return Html.of(
                """
                <header>
                <h1>Why is {} called {}?</h1>
                <p class="headline">{} {} <small>{}; runner-up {} {}</small></p>
                <p>This page follows the picture through the network, from its pixels to the answer. Everything on it was
                computed for this picture, by the model <b>{}</b>, version {}.</p>
                </header>""",
                explained.shortName(),
                prediction.label(),
                prediction.label(),
                percent(prediction.confidence()),
                decision(prediction),
                explanation.runnerUp(),
                percent(prediction.probabilities().get(explanation.runnerUp())),
                prediction.model(),
                prediction.version());
    }

    private static String decision(Prediction prediction) {
        Optional<Decision> decision = prediction.decision();
        return decision.isEmpty()
                ? "the model was not told when to be sure"
                : decision.get() == Decision.SURE ? "sure" : "unsure: better have somebody look";
    }

    private Html input() {
        int side = explanation.prepared().side();
        Html photo = explained
                .original()
                .filter(picture -> picture.width() != side
                        || picture.height() != side
                        || !Arrays.equals(
                                picture.greyPixels(), explanation.prepared().pixels()))
                .map(picture -> PageMaps.figure(
                        PageMaps.shrunk(picture, LONGEST_SIDE),
                        "photo",
                        "the picture",
                        number("%,d x %,d pixels", picture.width(), picture.height())))
                .orElse(Html.NOTHING);
        return Html.of(
                """
                <section id="picture">
                <h2>1. The picture as the network gets it</h2>
                <p>The network takes {} x {} grey pixels, light cloth on black. A photo is prepared for it: the garment is
                cut out, scaled and put on black. What is lost here, no network can find again; look here first when an
                answer is odd.</p>
                {}
                <div class="row">{}{}</div>
                </section>""",
                side,
                side,
                warning(),
                photo,
                PageMaps.figure(
                        explanation.prepared().toPicture(),
                        "large",
                        "as the network gets it",
                        number("%d numbers from 0 (black) to 255 (white)", side * side)));
    }

    private Html warning() {
        if (!explanation.prepared().garmentFound()) {
            return Html.of(
                    "<p class=\"warning\">Nothing in this picture stood out as a garment. The network answers all the"
                            + " same, but its answer is not to be relied on.</p>");
        }
        OptionalDouble unfamiliarity = explanation.prediction().unfamiliarity();
        if (unfamiliarity.orElse(0) <= 1) {
            return Html.NOTHING;
        }
        return Html.of(
                "<p class=\"warning\">This picture is unlike the garments that the network was trained on: its unfamiliarity"
                        + " is {}, and only one in a hundred garments that it had never seen was above 1. The network answers"
                        + " all the same, but its answer is not to be relied on.</p>",
                number("%.1f", unfamiliarity.getAsDouble()));
    }

    private Html network() {
        List<String> members = explanation.members();
        Html several = members.size() < 2
                ? Html.NOTHING
                : Html.of(
                        "<p>This model has {} views or members, {}. Each looks for itself; their probabilities are"
                                + " averaged. Each is shown.</p>",
                        members.size(),
                        String.join(
                                ", ",
                                members.stream().map(PageSteps::memberName).toList()));
        Html none = explanation.hasConvolutions()
                ? Html.NOTHING
                : Html.of(
                        "<p class=\"warning\">This network has no convolution, no pooling and no feature maps: it weighs"
                                + " all pixels at once. There is less to see in it, which is shown.</p>");
        return Html.of("""
                <section id="network">
                <h2>2. The network at a glance</h2>
                <p>Each line is a step. A <i>value</i> is what the step makes for this picture. <i>Zeros</i> are the silent
                ones; the last column says what is left of the step's values when the picture moves by one pixel: 1 is all,
                0 nothing (cosine, mean of the four directions).</p>
                {}{}
                {}
                </section>""", several, none, PageSteps.table(explanation));
    }

    private Html probabilities() {
        List<Map.Entry<String, Float>> sorted = explanation.prediction().probabilities().entrySet().stream()
                .sorted(Map.Entry.<String, Float>comparingByValue().reversed())
                .toList();
        return Html.of(
                """
                <section id="probabilities">
                <h2>5. The probabilities</h2>
                <p>Each class has a neuron that adds up the features with weights of its own. The sums become probabilities
                that add up to 100% (softmax){}{}.</p>
                <div class="wide"><table class="probabilities"><tbody>
                {}
                </tbody></table></div>
                </section>""",
                explanation.members().size() > 1
                        ? ", in each member for itself, and these are averaged over the members"
                        : "",
                explained.model().info().calibrated() ? ", calibrated on pictures held out of the training" : "",
                Html.each(
                        sorted,
                        entry -> Html.of(
                                "<tr><th scope=row>{}</th><td>{}</td><td class=\"text\"><span class=\"bar\""
                                        + " style=\"width:{}px\"></span></td></tr>",
                                entry.getKey(),
                                number("%.2f%%", 100 * entry.getValue()),
                                number("%.0f", Math.max(1, 220 * entry.getValue())))));
    }

    private Html footer() {
        List<Stage> stages = explanation.stages();
        return Html.of(
                """
                <footer>Picture {}. Model {} {}, content {}. {} steps; values as ONNX Runtime computes them from the file that
                classifies. Maps of one step share a scale, so that they can be compared. Signed colours grow with
                the square root of the number, so that small ones can be seen. The same numbers as data:
                <code>lookbook explain --format json</code>.</footer>""",
                explained.input(),
                explanation.prediction().model(),
                explanation.prediction().version(),
                explained.model().contentSha256().substring(0, 12),
                stages.stream().mapToInt(stage -> stage.layers().size()).sum());
    }
}
