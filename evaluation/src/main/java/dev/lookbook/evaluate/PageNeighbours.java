package dev.lookbook.evaluate;

import static dev.lookbook.evaluate.Html.number;

import dev.lookbook.explain.Explanation;
import dev.lookbook.explain.Neighbours;
import dev.lookbook.explain.Neighbours.Neighbour;

/** The training images that look alike to the network. */
final class PageNeighbours {
    private PageNeighbours() {}

    static Html section(ExplainedPicture explained) {
        Explanation explanation = explained.explanation();
        Html content = explanation
                .neighbours()
                .map(neighbours -> nearest(explained, neighbours))
                .orElseGet(() -> Html.of(
                        "<p class=\"note\">There is no index of training images for this model. Make one with"
                                + " <code>lookbook index --model {}</code> (and <code>--data</code>, if it was trained on"
                                + " pictures of your own), and explain the picture again.{}</p>",
                        explained.modelArgument(),
                        explained.note().map(note -> " " + note + ".").orElse("")));
        return Html.of("""
                <section id="nearest">
                <h2>7. The nearest training images</h2>
                {}
                </section>""", content);
    }

    private static Html nearest(ExplainedPicture explained, Neighbours neighbours) {
        String label = explained.explanation().prediction().label();
        long same = neighbours.nearest().stream()
                .filter(one -> one.label().equals(label))
                .count();
        return Html.of(
                """
                <p>Pictures whose features point the same way look alike to the network. Of the {} nearest of {}, {} called
                {} by their makers. If they do not look like this picture, the network sees something else in it than you
                do.{}{}</p>
                <div class="pictures">
                {}
                </div>""",
                neighbours.nearest().size(),
                neighbours.data(),
                same == neighbours.nearest().size()
                        ? "all are"
                        : same == 1 ? "one is" : (same == 0 ? "none" : same) + " are",
                label,
                neighbours.exact() ? "" : " The images are not at hand: similarity and order are rough.",
                explained.trainingImages().isEmpty()
                        ? explained.note().map(note -> " " + note + ".").orElse("")
                        : "",
                Html.each(neighbours.nearest(), one -> figure(explained, one)));
    }

    static Html figure(ExplainedPicture explained, Neighbour neighbour) {
        boolean same =
                neighbour.label().equals(explained.explanation().prediction().label());
        Html image = explained.trainingImages().containsKey(neighbour.image())
                ? PageMaps.image(explained.trainingImages().get(neighbour.image()), "", neighbour.label())
                : Html.of("<div class=\"missing\">no picture</div>");
        return Html.of(
                "<figure>{}<figcaption><b{}>{}</b>{}<small>#{}</small></figcaption></figure>",
                image,
                same ? Html.of(" class=\"right\"") : Html.NOTHING,
                neighbour.label(),
                number("similarity %.3f", neighbour.similarity()),
                neighbour.image());
    }
}
