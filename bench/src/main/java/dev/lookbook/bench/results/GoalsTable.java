package dev.lookbook.bench.results;

import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;

/** What the models and the training set out to reach, and what was measured. */
final class GoalsTable {
    private static final String PEERS = "bench/peers";
    private static final double PEER_TARGET = 0.92;

    private GoalsTable() {}

    /** What was measured for a goal. */
    private record Measured(double value, String detail, String command) {}

    /** The goals may be reached from below (accuracy) or from above (errors). */
    private record Goal(
            String what, double floor, double aim, DoubleFunction<String> format, Optional<Measured> measured) {

        boolean isMissed() {
            double value = measured.orElseThrow().value();
            return floor < aim ? value < floor : value > floor;
        }

        List<String> row() {
            String result = measured.isEmpty()
                    ? "not measured yet"
                    : (isMissed() ? "**missed**: " : "")
                            + format.apply(measured.get().value())
                            + (measured.get().detail().isEmpty()
                                    ? ""
                                    : " (" + measured.get().detail() + ")");
            return List.of(
                    what,
                    format.apply(floor),
                    format.apply(aim),
                    result,
                    measured.map(m -> Markdown.code(m.command())).orElse(""));
        }
    }

    static String of(Evidence evidence) {
        Markdown table = new Markdown("what", "floor", "aim", "measured", "command");
        goals(evidence).forEach(goal -> table.row(goal.row()));
        return table.toString();
    }

    private static List<Goal> goals(Evidence evidence) {
        return List.of(
                budget("30 s of training, mean of 5 seeds", 0.930, 0.936, "30s", evidence),
                budget("60 s, mean of 5 seeds", 0.937, 0.943, "60s", evidence),
                budget("3 minutes, mean of 3 seeds", 0.943, 0.949, "3m", evidence),
                budget("10 minutes, mean of 3 seeds", 0.948, 0.953, "10m", evidence),
                shipped("`tiny`, fewer than 100,000 weights", "tiny", 0.935, 0.945, evidence),
                shipped("`small`, fewer than 300,000", "small", 0.948, 0.955, evidence),
                shipped("`base`", "base", 0.953, 0.960, evidence),
                shipped("`ensemble`", "ensemble", 0.957, 0.964, evidence),
                peers(
                        "time to 92% against the fastest peer's `classic`",
                        4, 10, evidence.peers().timeRatio(PEER_TARGET)),
                peers(
                        "training images/s, `classic` against the fastest peer's",
                        1.5,
                        2.5,
                        evidence.peers().trainingRatio()),
                figure("share of the measured peak while training `base`", 0.55, 0.70, "peak-share-base", evidence),
                error("calibration error of `base`", "ece", 0.0150, 0.0100, evidence),
                error("NLL of `base`", "nll", 0.16, 0.13, evidence),
                figure("AUROC of unfamiliarity against MNIST digits", 0.96, 0.99, "unfamiliarity-auroc", evidence),
                figure("accuracy on the most certain 85%, `base`", 0.988, 0.992, "accuracy-at-85-base", evidence));
    }

    private static Goal budget(String what, double floor, double aim, String name, Evidence evidence) {
        Optional<Measured> measured = evidence.runs().stream()
                .filter(group -> group.name().equals(name))
                .findFirst()
                .map(group -> new Measured(group.accuracy().mean(), runs(group), group.command()));
        return new Goal(what, floor, aim, Markdown::percent, measured);
    }

    private static String runs(RunGroup group) {
        int count = group.runs().size();
        double[] values = group.accuracy().values();
        return count == 1
                ? "one run"
                : count + " runs, " + Markdown.percent(values[0]) + " to " + Markdown.percent(values[count - 1]);
    }

    private static Goal shipped(String what, String model, double floor, double aim, Evidence evidence) {
        return new Goal(
                what, floor, aim, Markdown::percent, card(model, evidence).map(GoalsTable::accuracy));
    }

    private static Measured accuracy(Card card) {
        String weights = Markdown.whole(card.number("parameters")) + " weights, trained for "
                + Markdown.seconds(card.number("train_seconds")) + " s";
        return new Measured(card.number("accuracy"), weights, card.text("command"));
    }

    private static Goal error(String what, String key, double floor, double aim, Evidence evidence) {
        Optional<Measured> measured = card("base", evidence)
                .map(card -> new Measured(card.number(key), "", "./lookbook evaluate --model " + card.name()));
        return new Goal(what, floor, aim, value -> Markdown.decimals(4, value), measured);
    }

    private static Optional<Card> card(String model, Evidence evidence) {
        return evidence.cards().stream()
                .filter(card -> card.name().equals(model))
                .findFirst();
    }

    private static Goal peers(String what, double floor, double aim, Optional<PeerFigures.Ratio> ratio) {
        return new Goal(
                what,
                floor,
                aim,
                PeerFigures::times,
                ratio.map(found -> new Measured(found.value(), found.detail(), PEERS)));
    }

    private static Goal figure(String what, double floor, double aim, String name, Evidence evidence) {
        Optional<Measured> measured = Figure.named(name, evidence.figures())
                .map(figure -> new Measured(figure.value(), figure.detail(), figure.command()));
        boolean isAreaUnderCurve = what.startsWith("AUROC");
        return new Goal(
                what,
                floor,
                aim,
                isAreaUnderCurve ? value -> Markdown.decimals(3, value) : Markdown::percent,
                measured);
    }
}
