package dev.lookbook.bench.results;

import dev.lookbook.bench.harness.Contestant;
import dev.lookbook.bench.harness.Ladder;
import dev.lookbook.bench.harness.ScheduleRow;
import dev.lookbook.bench.harness.Setup;
import dev.lookbook.bench.harness.SpeedRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Lookbook beside what else a Java user would pick. */
final class PeersTables {
    private PeersTables() {}

    static String of(PeerFigures peers) {
        if (peers.setup().isEmpty()) {
            return "Nothing is measured yet: `bench/peers`.";
        }
        Setup setup = peers.setup().get();
        return setup.value("machine") + ", " + setup.value("java") + ", commit " + setup.value("commit") + ", "
                + setup.value("date") + ". " + commands(setup) + "\n\n" + speed(peers) + "\n" + schedules(peers);
    }

    private static String commands(Setup setup) {
        return Arrays.stream(setup.value("command").split("; "))
                .map(Markdown::code)
                .collect(Collectors.joining("; "));
    }

    private static String speed(PeerFigures peers) {
        Markdown table = new Markdown(
                "library: network",
                "training, images/s",
                "its memory, MiB",
                "classification, images/s",
                "its memory, MiB",
                "first answer, s",
                "rounds");
        for (Contestant contestant : peers.contestants()) {
            List<SpeedRow> rows = peers.speed(contestant);
            if (!rows.isEmpty()) {
                table.row(
                        name(contestant),
                        median(Spread.of(rows, SpeedRow::trainImagesPerSecond)) + ", " + precisions(rows),
                        median(Spread.of(rows, SpeedRow::trainResident)),
                        median(Spread.of(rows, SpeedRow::classifyImagesPerSecond)),
                        median(Spread.of(rows, SpeedRow::classifyResident)),
                        first(Spread.of(rows, SpeedRow::firstAnswer)),
                        Integer.toString(rows.size()));
            }
        }
        return table.toString();
    }

    private static String precisions(List<SpeedRow> rows) {
        return rows.stream().map(SpeedRow::precision).distinct().collect(Collectors.joining(", "));
    }

    private static String median(Spread spread) {
        return spread.text(spread.median(), Markdown::whole);
    }

    private static String first(Spread spread) {
        return spread.text(spread.median(), Markdown::seconds);
    }

    private static String schedules(PeerFigures peers) {
        Ladder ladder = peers.ladder();
        List<String> columns = new ArrayList<>(List.of("library: network"));
        ladder.targets().forEach(target -> columns.add("seconds to " + Markdown.decimals(0, 100 * target) + "%"));
        columns.add("best tried");
        Markdown table = new Markdown(columns.toArray(String[]::new));
        for (Contestant contestant : peers.contestants()) {
            List<ScheduleRow> rows = peers.schedules(contestant);
            if (!rows.isEmpty()) {
                List<String> cells = new ArrayList<>(List.of(name(contestant)));
                ladder.targets().forEach(target -> cells.add(secondsTo(target, ladder, rows)));
                cells.add(best(ladder, rows));
                table.row(cells);
            }
        }
        return table.toString();
    }

    private static String secondsTo(double target, Ladder ladder, List<ScheduleRow> rows) {
        Optional<Ladder.Result> reached = ladder.reached(target, rows);
        if (reached.isPresent()) {
            Spread seconds = Spread.of(reached.get().runs(), ScheduleRow::trainSeconds);
            return "**" + Markdown.seconds(seconds.mean()) + "** ("
                    + seconds.range(Markdown::seconds)
                            .map(range -> range + "; ")
                            .orElse("")
                    + epochs(reached.get().epochs()) + ", "
                    + Markdown.percent(reached.get().meanAccuracy()) + ")";
        }
        if (!ladder.isSettled(rows)) {
            return "not settled yet";
        }
        if (ladder.endedByTime(rows)) {
            return "not in " + Markdown.decimals(0, ladder.mostSeconds() / 60) + " minutes";
        }
        List<Ladder.Result> tried = ladder.results(rows);
        return "not in " + epochs(tried.get(tried.size() - 1).epochs());
    }

    private static String best(Ladder ladder, List<ScheduleRow> rows) {
        return ladder.results(rows).stream()
                .filter(result -> !Double.isNaN(result.meanAccuracy()))
                .max(Comparator.comparingDouble(Ladder.Result::meanAccuracy))
                .map(result -> Markdown.percent(result.meanAccuracy()) + " (" + epochs(result.epochs()) + ", "
                        + Markdown.seconds(result.meanSeconds()) + " s, "
                        + (result.runs().size() == 1 ? "one run" : result.runs().size() + " runs") + ")")
                .orElse("");
    }

    private static String epochs(double epochs) {
        String number = epochs == Math.rint(epochs) ? Markdown.whole(epochs) : Double.toString(epochs);
        return number + (epochs == 1 ? " epoch" : " epochs");
    }

    private static String name(Contestant contestant) {
        String library = switch (contestant.entrant()) {
            case "lookbook" -> "Lookbook";
            case "lookbook-fp32" -> "Lookbook in fp32";
            case "djl" -> "DJL";
            case "dl4j" -> "DL4J";
            default -> contestant.entrant();
        };
        return library + ": `" + contestant.network() + "`";
    }
}
