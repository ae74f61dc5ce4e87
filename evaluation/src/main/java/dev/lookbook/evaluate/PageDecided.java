package dev.lookbook.evaluate;

import static dev.lookbook.evaluate.Html.number;

import dev.lookbook.explain.Evidence;
import dev.lookbook.explain.Explanation;
import dev.lookbook.explain.Occlusion;
import dev.lookbook.explain.PixelMap;
import dev.lookbook.explain.ReceptiveField;

/** Which pixels the answer hangs on. */
final class PageDecided {
    private PageDecided() {}

    static Html section(ExplainedPicture explained) {
        Explanation explanation = explained.explanation();
        String label = explanation.prediction().label();
        Occlusion occlusion = explanation.occlusion();
        PixelMap map = explanation.maps().label();
        PixelMap rather = explanation.maps().rather();
        return Html.of(
                """
                <section id="decided">
                <h2>6. What decided</h2>
                <p>A square of {} x {} pixels is covered with {}, and the network is asked again; then the square moves on by
                {}. Where covering costs the answer most, the network looked. {}</p>
                <div class="row">
                {}
                <figure>{}<figcaption>for {}{}</figcaption></figure>
                <figure>{}<figcaption>for {} rather than {}{}</figcaption></figure>
                </div>
                <p class="note">The unit is the natural logarithm of the probability, before the temperature: +0.7 means that
                covering halves it, below zero that it rises. Orange speaks for the answer, blue against it.</p>
                {}
                </section>""",
                occlusion.window(),
                occlusion.window(),
                occlusion.fill() == 0 ? "black, the ground" : number("grey %d", occlusion.fill()),
                occlusion.stride() == 1 ? "one pixel" : occlusion.stride() + " pixels",
                peak(label, map),
                PageMaps.figure(explanation.prepared().toPicture(), "large", "as the network gets it", ""),
                PageMaps.image(PageMaps.signed(map, map.reach()), "large", "what covering each pixel costs " + label),
                label,
                PageMaps.signedLegend(map.reach()),
                PageMaps.image(PageMaps.signed(rather, rather.reach()), "large", "what speaks for " + label),
                label,
                explanation.runnerUp(),
                PageMaps.signedLegend(rather.reach()),
                Html.each(explanation.evidence(), evidence -> cells(explanation, evidence)));
    }

    private static String peak(String label, PixelMap map) {
        return map.largest() <= 0
                ? "Here no square lowers the probability of " + label + "."
                : number(
                        "%s lost most by covering around row %d, column %d: its probability, before the temperature, falls to"
                                + " %.2f times what it was, in the mean over the squares that cover that pixel.",
                        label, map.peak() / map.width(), map.peak() % map.width(), Math.exp(-map.largest()));
    }

    private static Html cells(Explanation explanation, Evidence evidence) {
        if (evidence.grid().isEmpty()) {
            return Html.NOTHING;
        }
        PixelMap label = evidence.labelMap().orElseThrow();
        PixelMap rather = evidence.ratherMap().orElseThrow();
        ReceptiveField field = evidence.field().orElseThrow();
        int side = explanation.prepared().side();
        return Html.of(
                """
                <h3>Where the winning features lie<small>{}</small></h3>
                <p>Each of the {} features is the strongest answer of one map, and wins in one of {} x {} cells. Here is what
                the winners of each cell add to the sums. This is coarse: there are {} cells, and each sees {}.{}</p>
                <div class="row">
                <figure>{}<figcaption>for {}{}</figcaption></figure>
                <figure>{}<figcaption>for {} rather than {}{}</figcaption></figure>
                </div>""",
                evidence.member().isEmpty() ? "" : " " + evidence.member(),
                evidence.features().size(),
                label.height(),
                label.width(),
                label.values().length,
                PageMaps.sees(field, side),
                field.mirrored()
                        ? " The member sees the picture mirrored; here left and right are the picture's again."
                        : "",
                PageMaps.image(PageMaps.signed(label, label.reach()), "cells", "what each cell adds"),
                explanation.prediction().label(),
                PageMaps.signedLegend(label.reach()),
                PageMaps.image(PageMaps.signed(rather, rather.reach()), "cells", "what each cell adds, compared"),
                explanation.prediction().label(),
                explanation.runnerUp(),
                PageMaps.signedLegend(rather.reach()));
    }
}
