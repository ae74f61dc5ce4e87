package dev.lookbook.evaluate;

import dev.lookbook.dataset.LabelledImages;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Scored pictures with what was answered: a sample of all, and the worst. */
final class Gallery {
    private static final int SAMPLE = 48;
    private static final int COLUMNS = 8;
    private static final long SEED = 1;

    private Gallery() {}

    static BufferedImage predictions(Report report, LabelledImages images, LabelMap map, Answers answers, Look look) {
        List<PictureGrid.Cell> cells = new Random(SEED)
                .ints(0, answers.count())
                .distinct()
                .limit(Math.min(SAMPLE, answers.count()))
                .sorted()
                .mapToObj(i -> cell(
                        picture(images, answers.picture()[i]),
                        map.classes().get(answers.truth()[i]),
                        map.labels().get(answers.predicted()[i]),
                        answers.confidence()[i],
                        answers.right()[i]))
                .toList();
        long right = cells.stream().filter(PictureGrid.Cell::right).count();
        String note = String.format(
                Locale.ROOT,
                "%d of %,d pictures, drawn at random; %d of them right. Below each its class, then the answer and its "
                        + "confidence; wrong answers in orange",
                cells.size(),
                answers.count(),
                right);
        return PictureGrid.draw("Predictions on " + report.data(), note, cells, COLUMNS, look);
    }

    static BufferedImage topLosses(Report report, LabelledImages images, Look look) {
        List<PictureGrid.Cell> cells = report.mostWrong().stream()
                .map(loss -> cell(
                        picture(images, loss.image()),
                        loss.label(),
                        loss.predicted(),
                        loss.confidence(),
                        report.isRight(loss)))
                .toList();
        String note =
                "The pictures whose class was given the least probability. Below each its class, then the answer and "
                        + "its confidence";
        return PictureGrid.draw("Most wrong on " + report.data(), note, cells, COLUMNS, look);
    }

    static BufferedImage picture(LabelledImages images, int i) {
        return PictureGrid.picture(images.pixels(i), images.height(), images.width());
    }

    private static PictureGrid.Cell cell(
            BufferedImage picture, String truth, String predicted, double confidence, boolean right) {
        return new PictureGrid.Cell(picture, truth, predicted + " " + Html.percent(confidence, 0), right);
    }
}
