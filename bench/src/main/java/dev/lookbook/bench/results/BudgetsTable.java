package dev.lookbook.bench.results;

import dev.lookbook.run.RunSummary;
import java.util.List;

/** What training reaches in a given time. */
final class BudgetsTable {
    private BudgetsTable() {}

    static String of(List<RunGroup> groups) {
        if (groups.isEmpty()) {
            return "No runs are kept yet: `bench/keep-runs --help`.";
        }
        Markdown table = new Markdown(
                "what",
                "network",
                "runs",
                "steps",
                "seconds",
                "test accuracy, mean (range)",
                "NLL",
                "machine",
                "command");
        for (RunGroup group : groups) {
            table.row(
                    group.what(),
                    network(group),
                    Integer.toString(group.runs().size()),
                    group.steps().text(group.steps().mean(), Markdown::whole),
                    group.seconds().text(group.seconds().mean(), Markdown::seconds),
                    group.accuracy().text(group.accuracy().mean(), Markdown::percent),
                    Markdown.decimals(
                            3,
                            Spread.of(group.runs(), run -> run.nll().orElseThrow())
                                    .mean()),
                    group.machine(),
                    Markdown.code(group.command()));
        }
        return table.toString();
    }

    private static String network(RunGroup group) {
        return String.join(
                ", ",
                group.runs().stream()
                        .map(RunSummary::model)
                        .flatMap(model -> model.stream())
                        .distinct()
                        .map(Markdown::code)
                        .toList());
    }
}
