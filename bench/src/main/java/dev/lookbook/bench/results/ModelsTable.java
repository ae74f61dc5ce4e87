package dev.lookbook.bench.results;

import java.util.List;

/** The shipped models, by their cards. */
final class ModelsTable {
    private ModelsTable() {}

    static String of(List<Card> cards) {
        Markdown table = new Markdown(
                "model",
                "weights",
                "MFLOP",
                "accuracy",
                "macro F1",
                "NLL",
                "calibration error",
                "sure: share, right",
                "seconds",
                "command");
        for (Card card : cards) {
            table.row(
                    "[`" + card.name() + "`](../models/" + card.name() + ".md)",
                    Markdown.whole(card.number("parameters")),
                    Markdown.decimals(1, card.number("flops") / 1e6),
                    Markdown.percent(card.number("accuracy")),
                    Markdown.decimals(4, card.number("macro_f1")),
                    Markdown.decimals(3, card.number("nll")),
                    Markdown.decimals(3, card.number("ece")),
                    sure(card),
                    Markdown.whole(card.number("train_seconds")),
                    Markdown.code(card.text("command")));
        }
        return table.toString();
    }

    private static String sure(Card card) {
        return card.optional("sure_share").isEmpty()
                ? ""
                : Markdown.decimals(1, 100 * card.number("sure_share")) + "%, "
                        + Markdown.decimals(1, 100 * card.number("sure_accuracy")) + "%";
    }
}
