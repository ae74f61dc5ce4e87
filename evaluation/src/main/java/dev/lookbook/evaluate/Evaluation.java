package dev.lookbook.evaluate;

import dev.lookbook.classify.Classifier;
import dev.lookbook.classify.Scores;
import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.model.ModelFile;
import dev.lookbook.run.EpochResult;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * How a model file did on labelled images: the exported file is what is scored, through the classifier that every door
 * uses. Equal models and images give equal reports, charts included.
 */
public final class Evaluation {
    private static final int BATCH = 500;

    private final ModelFile model;
    private final LabelledImages images;
    private final LabelMap map;
    private final Answers answers;
    private final Report report;

    private Evaluation(ModelFile model, LabelledImages images, LabelMap map, Answers answers, Report report) {
        this.model = model;
        this.images = images;
        this.map = map;
        this.answers = answers;
        this.report = report;
    }

    /**
     * Scores a model on images whose classes have the names of its labels.
     *
     * @param data what the images are, for the reader of the report, such as {@code fashion-mnist test}
     */
    public static Evaluation of(Classifier classifier, LabelledImages images, String data) throws EvaluationException {
        LabelMap sameNames =
                LabelMap.sameNames(images.labels(), classifier.model().info().labels());
        return of(classifier, images, sameNames, data);
    }

    /** Scores a model on images whose classes have other names than its labels; ignored classes are left out. */
    public static Evaluation of(Classifier classifier, LabelledImages images, LabelMap map, String data)
            throws EvaluationException {
        ModelFile model = classifier.model();
        if (images.height() != model.height() || images.width() != model.width() || model.channels() != 1) {
            throw new EvaluationException(
                    "%s has grey images of %dx%d pixels, but model %s wants %dx%dx%d. Give a model"
                                    .formatted(
                                            data,
                                            images.width(),
                                            images.height(),
                                            model.info().name(),
                                            model.width(),
                                            model.height(),
                                            model.channels())
                            + " that was trained on such images");
        }
        int[] scored = IntStream.range(0, images.count())
                .filter(i -> map.scores(images.label(i)))
                .toArray();
        if (scored.length == 0) {
            throw new EvaluationException(data + " has no picture to score. Check the data and the mapping");
        }
        int[] truth = IntStream.of(scored).map(images::label).toArray();
        Answers answers = answers(classifier, images, scored, truth, map);
        return of(model, images, map, data, answers);
    }

    private static Answers answers(
            Classifier classifier, LabelledImages images, int[] scored, int[] truth, LabelMap map) {
        int labels = classifier.model().info().labels().size();
        int size = images.height() * images.width();
        float[] probabilities = new float[Math.multiplyExact(scored.length, labels)];
        float[] unfamiliarity = new float[classifier.model().knowsUnfamiliarity() ? scored.length : 0];
        for (int first = 0; first < scored.length; first += BATCH) {
            int count = Math.min(BATCH, scored.length - first);
            byte[] batch = new byte[count * size];
            for (int i = 0; i < count; i++) {
                System.arraycopy(images.pixels(), scored[first + i] * size, batch, i * size, size);
            }
            Scores scores = classifier.score(batch, count);
            System.arraycopy(scores.probabilities(), 0, probabilities, first * labels, count * labels);
            if (unfamiliarity.length > 0) {
                System.arraycopy(scores.unfamiliarity(), 0, unfamiliarity, first, count);
            }
        }
        return Answers.of(probabilities, unfamiliarity, scored, truth, map);
    }

    static Evaluation of(ModelFile model, LabelledImages images, LabelMap map, String data, Answers answers) {
        return new Evaluation(model, images, map, answers, Scoring.report(model, images, map, data, answers));
    }

    /** The same evaluation, its report completed with what training knows. */
    public Evaluation trained(Report.Training training) {
        return new Evaluation(model, images, map, answers, report.trained(training));
    }

    public Report report() {
        return report;
    }

    /** What was scored. */
    public LabelledImages images() {
        return images;
    }

    /** The pictures of a class that were given a label, the most confident answers first; none if there are no such names. */
    public List<Report.Loss> cell(String label, String predicted) {
        int truth = map.classes().indexOf(label);
        int answer = map.labels().indexOf(predicted);
        return IntStream.range(0, answers.count())
                .filter(i -> answers.truth()[i] == truth && answers.predicted()[i] == answer)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -answers.confidence()[i]))
                .map(i -> new Report.Loss(
                        answers.picture()[i], label, predicted, answers.confidence()[i], answers.loss()[i]))
                .toList();
    }

    /**
     * Writes {@code report.html}, the charts and {@code report.json}.
     *
     * @return what the user should be told, if anything: why there are no charts
     */
    public Optional<String> write(RunFolder folder) throws IOException {
        folder.write("report.html", page(folder.readResults()).getBytes(StandardCharsets.UTF_8));
        if (Charts.problem().isEmpty()) {
            writeCharts(folder);
        }
        // Last: a run that has it is finished, and is not resumed to get what is missing.
        folder.write(RunFolder.REPORT, report.json().getBytes(StandardCharsets.UTF_8));
        return Charts.problem();
    }

    String page(List<EpochResult> epochs) {
        PagePictures pictures = new PagePictures(report, images, RiskCoverage.curve(answers), epochs);
        return new ReportPage(report, new PageModel(report, model), pictures).html();
    }

    private void writeCharts(RunFolder folder) throws IOException {
        Look look = Look.LIGHT;
        Charts.writeResults(folder);
        Charts.write(folder, "confusion_matrix.png", ConfusionChart.draw(report, false, look));
        Charts.write(folder, "confusion_matrix_normalized.png", ConfusionChart.draw(report, true, look));
        Charts.write(folder, "reliability.png", ReliabilityChart.draw(report, look));
        Charts.write(folder, "risk_coverage.png", RiskCoverageChart.draw(RiskCoverage.curve(answers), report, look));
        Charts.write(folder, "predictions.png", Gallery.predictions(report, images, map, answers, look));
        Charts.write(folder, "top_losses.png", Gallery.topLosses(report, images, look));
    }
}
