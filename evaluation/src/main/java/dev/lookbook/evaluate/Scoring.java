package dev.lookbook.evaluate;

import dev.lookbook.dataset.LabelledImages;
import dev.lookbook.model.ModelFile;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Puts a {@link Report} together. */
final class Scoring {
    /** Fixed: intervals that change from run to run would make equal models look different. */
    private static final long SEED = 1;

    private static final int MOST_WRONG = 40;

    private Scoring() {}

    static Report report(ModelFile model, LabelledImages images, LabelMap map, String data, Answers answers) {
        Confusion confusion = new Confusion(answers, map);
        List<Report.ClassScore> classes = confusion.scores();
        Report.Expected ifPerfect = Reliability.ifPerfect(answers, SEED);
        return new Report(
                model.info().name(),
                model.info().version(),
                model.contentSha256(),
                data,
                answers.count(),
                answers.accuracy(),
                Interval.wilson(answers.rightCount(), answers.count()),
                Confusion.macroF1(classes),
                answers.nll(),
                Reliability.error(answers),
                Reliability.interval(answers, ifPerfect, SEED),
                ifPerfect,
                model.info().calibrated(),
                sure(model.info().sureAt(), answers),
                unfamiliar(answers),
                OptionalDouble.empty(),
                OptionalLong.empty(),
                model.parameters(),
                Optional.empty(),
                classes,
                map.labels(),
                confusion.counts(),
                Reliability.bins(answers),
                RiskCoverage.table(RiskCoverage.curve(answers)),
                mostWrong(answers, map),
                leftOut(images, map));
    }

    private static Optional<Report.Sure> sure(OptionalDouble sureAt, Answers answers) {
        if (sureAt.isEmpty()) {
            return Optional.empty();
        }
        double at = sureAt.getAsDouble();
        int[] sure = IntStream.range(0, answers.count())
                .filter(i -> answers.confidence()[i] >= at && answers.familiar(i))
                .toArray();
        int right = (int) IntStream.of(sure).filter(i -> answers.right()[i]).count();
        return Optional.of(new Report.Sure(
                at,
                sure.length,
                sure.length / (double) answers.count(),
                sure.length == 0 ? 0 : right / (double) sure.length,
                sure.length == 0 ? Optional.empty() : Optional.of(Interval.wilson(right, sure.length))));
    }

    private static OptionalDouble unfamiliar(Answers answers) {
        if (answers.unfamiliarity().length == 0) {
            return OptionalDouble.empty();
        }
        long strange = IntStream.range(0, answers.count())
                .filter(i -> !answers.familiar(i))
                .count();
        return OptionalDouble.of(strange / (double) answers.count());
    }

    private static List<Report.Loss> mostWrong(Answers answers, LabelMap map) {
        return IntStream.range(0, answers.count())
                .boxed()
                .sorted(Comparator.comparingDouble(i -> -answers.loss()[i]))
                .limit(MOST_WRONG)
                .map(i -> new Report.Loss(
                        answers.picture()[i],
                        map.classes().get(answers.truth()[i]),
                        map.labels().get(answers.predicted()[i]),
                        answers.confidence()[i],
                        answers.loss()[i]))
                .toList();
    }

    private static List<Report.LeftOut> leftOut(LabelledImages images, LabelMap map) {
        int[] counts = images.countOfEachLabel();
        return IntStream.range(0, counts.length)
                .filter(c -> !map.scores(c))
                .mapToObj(c -> new Report.LeftOut(map.classes().get(c), counts[c]))
                .toList();
    }
}
