package dev.lookbook.cli;

import dev.lookbook.classify.Prediction;
import dev.lookbook.classify.Result;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/** Results for people: what is of known width comes first, so that a line can be printed as soon as it is known. */
final class TableResults implements ResultWriter {

    private static final int GAP = 2;
    private static final int PERCENT = "100.0%".length();
    private static final int DECISION = "unsure".length();

    private final PrintStream out;
    private final ResultDetail detail;
    private final int labelWidth;

    TableResults(PrintStream out, List<String> labels, ResultDetail detail) {
        this.out = out;
        this.detail = detail.probabilities() ? new ResultDetail(true, labels.size()) : detail;
        this.labelWidth = labels.stream().mapToInt(String::length).reduce("error".length(), Math::max);
    }

    @Override
    public void write(Result result) {
        if (result.prediction().isEmpty()) {
            line("error", "", "", result.error().orElseThrow());
            return;
        }
        Prediction prediction = result.prediction().get();
        String decision = ResultWriter.decision(prediction);
        line(prediction.label(), percent(prediction.confidence()), decision, result.name());
        if (detail.top() > 1) {
            List<Map.Entry<String, Float>> top = detail.top(prediction);
            for (Map.Entry<String, Float> other : top.subList(1, top.size())) {
                line(other.getKey(), percent(other.getValue()), "", "");
            }
        }
    }

    /** Padded by hand: the first use of Java's formatter takes longer than classifying a picture. */
    private void line(String label, String confidence, String decision, String name) {
        StringBuilder line = new StringBuilder();
        line.append(label).append(" ".repeat(labelWidth - label.length() + GAP));
        line.append(" ".repeat(PERCENT - confidence.length()))
                .append(confidence)
                .append(" ".repeat(GAP));
        line.append(decision)
                .append(" ".repeat(DECISION - decision.length() + GAP))
                .append(name);
        out.println(line.toString().stripTrailing());
    }

    private static String percent(float share) {
        int tenths = Math.round(1000 * share);
        if (tenths == 1000 && share < 1) {
            return ">99.9%"; // what is less than all never reads as 100%
        }
        return tenths / 10 + "." + tenths % 10 + "%";
    }
}
