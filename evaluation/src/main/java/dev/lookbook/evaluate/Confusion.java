package dev.lookbook.evaluate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** Counts how often pictures of each class were given each label, and what follows for each class. */
final class Confusion {
    private final LabelMap map;
    private final int[][] counts; // [classes of the data][labels of the model]

    Confusion(Answers answers, LabelMap map) {
        this.map = map;
        counts = new int[map.classes().size()][map.labels().size()];
        for (int i = 0; i < answers.count(); i++) {
            counts[answers.truth()[i]][answers.predicted()[i]]++;
        }
    }

    /** The rows of the classes that are scored. */
    List<List<Integer>> counts() {
        List<List<Integer>> rows = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            if (map.scores(c)) {
                rows.add(Arrays.stream(counts[c]).boxed().toList());
            }
        }
        return List.copyOf(rows);
    }

    /** One score for each class that is scored. What would be divided by 0 is 0, as is usual. */
    List<Report.ClassScore> scores() {
        List<Report.ClassScore> scores = new ArrayList<>();
        for (int c = 0; c < counts.length; c++) {
            if (map.scores(c)) {
                scores.add(score(c));
            }
        }
        return List.copyOf(scores);
    }

    private Report.ClassScore score(int c) {
        int support = 0;
        int right = 0;
        int answered = 0; // how often one of this class's labels was the answer
        for (int label = 0; label < map.labels().size(); label++) {
            support += counts[c][label];
            if (map.accepts(c, label)) {
                right += counts[c][label];
                answered += column(label);
            }
        }
        double recall = share(right, support);
        String name = map.classes().get(c);
        if (!map.isUnambiguous()) {
            return new Report.ClassScore(
                    name, OptionalDouble.empty(), recall, OptionalDouble.empty(), support, countsAs(c));
        }
        double precision = share(right, answered);
        double f1 = share(2 * right, support + answered);
        return new Report.ClassScore(
                name, OptionalDouble.of(precision), recall, OptionalDouble.of(f1), support, countsAs(c));
    }

    private List<String> countsAs(int c) {
        List<String> accepted = map.accepted(c);
        return accepted.equals(List.of(map.classes().get(c))) ? List.of() : accepted;
    }

    /** The mean F1 of the classes that have pictures; empty if an answer may count for two classes. */
    static OptionalDouble macroF1(List<Report.ClassScore> scores) {
        if (scores.stream().anyMatch(score -> score.f1().isEmpty())) {
            return OptionalDouble.empty();
        }
        return scores.stream()
                .filter(score -> score.support() > 0)
                .mapToDouble(score -> score.f1().getAsDouble())
                .average();
    }

    private int column(int label) {
        int sum = 0;
        for (int[] row : counts) {
            sum += row[label];
        }
        return sum;
    }

    private static double share(int part, int whole) {
        return whole == 0 ? 0 : part / (double) whole;
    }
}
