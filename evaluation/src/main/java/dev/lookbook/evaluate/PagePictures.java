package dev.lookbook.evaluate;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.run.EpochResult;
import java.awt.image.BufferedImage;
import java.util.List;

/** The pictures of the page, each chart twice: for light and for dark screens. */
final class PagePictures {
    private final Report report;
    private final LabelledImages images;
    private final List<Report.Coverage> curve;
    private final List<EpochResult> epochs;

    PagePictures(Report report, LabelledImages images, List<Report.Coverage> curve, List<EpochResult> epochs) {
        this.report = report;
        this.images = images;
        this.curve = curve;
        this.epochs = epochs;
    }

    /** Draws a chart in the colours of a look. */
    private interface Chart {
        BufferedImage draw(Look look);
    }

    Html curves() {
        return epochs.isEmpty()
                ? Html.NOTHING
                : chart(
                        "Loss and accuracy by epoch",
                        "Training figures are measured on augmented images while the weights still change, held-out ones "
                                + "after the epoch: either may be the better one.",
                        look -> CurvesChart.draw(epochs, look));
    }

    Html reliability() {
        return chart("Accuracy by confidence, in 15 bins", "", look -> ReliabilityChart.draw(report, look));
    }

    Html riskCoverage() {
        return chart(
                "Accuracy by the share of pictures answered", "", look -> RiskCoverageChart.draw(curve, report, look));
    }

    Html confusion() {
        return chart("Confusion matrix", "", look -> ConfusionChart.draw(report, false, look));
    }

    private static Html chart(String description, String note, Chart chart) {
        if (Charts.problem().isPresent()) {
            return Html.of("<p class=\"note\">({}: not drawn, for want of fonts)</p>", description);
        }
        BufferedImage light = chart.draw(Look.LIGHT);
        return Html.of(
                """
                <figure class="chart"><picture>
                <source media="(prefers-color-scheme: dark)" srcset="{}">
                <img src="{}" width="{}" height="{}" alt="{}">
                </picture><figcaption><small>{}</small></figcaption></figure>""",
                Html.picture(chart.draw(Look.DARK)),
                Html.picture(light),
                light.getWidth() / Sheet.SCALE,
                light.getHeight() / Sheet.SCALE,
                description,
                note);
    }

    Html mostWrong() {
        return Html.of("""
                <section>
                <h2>The most wrong pictures</h2>
                <p>Those whose class was given the least probability. Below each its class, then the model's answer and
                its confidence.</p>
                <div class="pictures">
                {}
                </div>
                </section>""", Html.each(report.mostWrong(), this::figure));
    }

    private Html figure(Report.Loss loss) {
        return Html.of(
                "<figure><img src=\"{}\" alt=\"{}\"><figcaption>{}<b{}>{} {}</b><small>#{}</small></figcaption></figure>",
                Html.picture(Gallery.picture(images, loss.image())),
                loss.label(),
                loss.label(),
                report.isRight(loss) ? Html.of(" class=\"right\"") : Html.NOTHING,
                loss.predicted(),
                Html.percent(loss.confidence(), 0),
                loss.image());
    }
}
