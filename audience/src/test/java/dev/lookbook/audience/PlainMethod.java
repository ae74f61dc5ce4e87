package dev.lookbook.audience;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** docs/audience-method.md once more, slow and plain, customer by customer; the yardstick for the SQL. */
final class PlainMethod {
    /** A customer at a cut. */
    static final class State {
        long firstDay;
        long lastDay;
        int visits;
        double firstWeight;
        double weight;
        double weight2;
        double bought;
        double bought2;
        double usual;
        double usual2;
        int visitsAfter;
        double boughtAfter;
        double pace;
        double leaning;
        double expectedVisits;
        double score;
        int away;
        int busy;
    }

    private final int horizon;
    private final double halfLife;
    private final long asOf;
    private final int cuts;
    private final Map<String, TreeMap<Long, double[]>> visits =
            new TreeMap<>(); // by customer and day: items, log of none
    private final TreeMap<Long, double[]> days = new TreeMap<>(); // items, visits
    private double level;

    /** By cut, then by customer. */
    final List<Map<String, State>> states = new ArrayList<>();

    PlainMethod(Path shop, String label, LocalDate date, int horizon, double halfLife, int cuts) throws IOException {
        this.horizon = horizon;
        this.halfLife = halfLife;
        this.asOf = date.toEpochDay();
        this.cuts = cuts;
        read(shop, label);
        score();
    }

    private void read(Path shop, String label) throws IOException {
        Map<String, Double> targets = new HashMap<>();
        List<String> lines = Files.readAllLines(shop.resolve("articles.csv"));
        int column = List.of(lines.get(0).split(",")).indexOf(label);
        for (String line : lines.subList(1, lines.size())) {
            String[] row = line.split(",");
            targets.put(row[0], Double.parseDouble(row[column]));
        }
        lines = Files.readAllLines(shop.resolve("transactions.csv"));
        for (String line : lines.subList(1, lines.size())) {
            String[] row = line.split(",");
            double target = targets.get(row[2]);
            double[] visit = visits.computeIfAbsent(row[1], customer -> new TreeMap<>())
                    .computeIfAbsent(LocalDate.parse(row[0]).toEpochDay(), day -> new double[2]);
            visit[0] += target;
            visit[1] += Math.log(Math.max(1 - target, 1e-9));
        }
        double items = 0;
        double count = 0;
        for (TreeMap<Long, double[]> customer : visits.values()) {
            for (Map.Entry<Long, double[]> visit : customer.entrySet()) {
                double[] day = days.computeIfAbsent(visit.getKey(), number -> new double[2]);
                day[0] += visit.getValue()[0];
                day[1]++;
                items += visit.getValue()[0];
                count++;
            }
        }
        level = items / count;
    }

    /** Items of the class and visits of all customers, from one day to before another. */
    private double[] between(long from, long to) {
        double[] sum = new double[2];
        days.subMap(from, to).values().forEach(day -> {
            sum[0] += day[0];
            sum[1] += day[1];
        });
        return sum;
    }

    private double weekLevel(long day) {
        long end = asOf - 7 * ((asOf - day - 1) / 7);
        double[] week = between(end - 7, end);
        return (week[0] + 100 * level) / (week[1] + 100);
    }

    private double expectedLevel(long cut) {
        double[] recent = between(cut - horizon, cut);
        double now = (recent[0] + 100 * level) / (recent[1] + 100);
        if (days.firstKey() > cut - 364 - horizon) {
            return now;
        }
        double[] next = between(cut - 364, cut - 364 + horizon);
        double[] before = between(cut - 364 - horizon, cut - 364);
        return now * ((next[0] + 100 * level) / (next[1] + 100)) / ((before[0] + 100 * level) / (before[1] + 100));
    }

    private double growth(long cut) {
        return days.firstKey() > cut - 364 - horizon
                ? 1
                : (between(cut - 364, cut - 364 + horizon)[1] + 100)
                        / (between(cut - 364 - horizon, cut - 364)[1] + 100);
    }

    private State state(TreeMap<Long, double[]> customer, long cut) {
        State state = new State();
        state.firstDay = customer.firstKey();
        state.firstWeight = Math.pow(0.5, (cut - state.firstDay) / halfLife);
        double logNot = 0;
        for (Map.Entry<Long, double[]> visit : customer.entrySet()) {
            long day = visit.getKey();
            if (day < cut) {
                double weight = Math.pow(0.5, (cut - day) / halfLife);
                double usual = weight * weekLevel(day);
                state.lastDay = day;
                state.visits++;
                state.weight += weight;
                state.weight2 += weight * weight;
                state.bought += weight * visit.getValue()[0];
                state.bought2 += Math.pow(weight * visit.getValue()[0], 2);
                state.usual += usual;
                state.usual2 += usual * usual;
            } else if (day < cut + horizon) {
                state.visitsAfter++;
                logNot += visit.getValue()[1];
            }
        }
        state.boughtAfter = 1 - Math.exp(logNot);
        return state;
    }

    private static double prior(double secondMoment, double mean) {
        return Math.min(1e6, 1 / Math.max(1e-6, secondMoment / (mean * mean) - 1));
    }

    private double exposure(State state) {
        return (1 - state.firstWeight) * halfLife / Math.log(2);
    }

    private void score() {
        for (int cut = 0; cut <= cuts; cut++) {
            Map<String, State> at = new TreeMap<>();
            long day = asOf - (long) cut * horizon;
            visits.forEach((customer, own) -> {
                if (own.firstKey() < day) {
                    at.put(customer, state(own, day));
                }
            });
            states.add(at);
        }
        double repeats = 0;
        double exposure = 0;
        double pairs = 0;
        double exposure2 = 0;
        double bought = 0;
        double usual = 0;
        double classPairs = 0;
        double usualPairs = 0;
        for (State state : states.get(0).values()) {
            double own = state.weight - state.firstWeight;
            repeats += own;
            exposure += exposure(state);
            exposure2 += exposure(state) * exposure(state);
            pairs += own * own - (state.weight2 - state.firstWeight * state.firstWeight);
            bought += state.bought;
            usual += state.usual;
            classPairs += state.bought * state.bought - state.bought2;
            usualPairs += state.usual * state.usual - state.usual2;
        }
        double meanPace = repeats / exposure;
        double paceShape = prior(pairs / exposure2, meanPace);
        double leaningShape = prior(classPairs / usualPairs, bought / usual);

        double[] came = new double[cuts + 1];
        double[] expected = new double[cuts + 1];
        for (int cut = 0; cut <= cuts; cut++) {
            long day = asOf - (long) cut * horizon;
            for (State state : states.get(cut).values()) {
                state.pace = (paceShape + state.weight - state.firstWeight) / (paceShape / meanPace + exposure(state));
                state.leaning = (leaningShape + state.bought) / (leaningShape + state.usual);
                state.away = (int) Math.floor(2 * Math.log(day - state.lastDay) / Math.log(2));
                state.busy = (int) Math.floor(2 * Math.log(state.pace * horizon) / Math.log(2));
                came[cut] += state.visitsAfter;
                expected[cut] += state.pace * horizon;
            }
        }
        Map<List<Integer>, double[]> groups = new HashMap<>();
        for (int cut = 1; cut <= cuts; cut++) {
            for (State state : states.get(cut).values()) {
                double[] group = groups.computeIfAbsent(List.of(state.away, state.busy), key -> new double[] {50, 50});
                group[0] += state.visitsAfter;
                group[1] += state.pace * horizon * came[cut] / expected[cut];
            }
        }
        for (int cut = 0; cut <= cuts; cut++) {
            long day = asOf - (long) cut * horizon;
            double traffic = (cut < cuts ? came[cut + 1] / expected[cut + 1] : 1) * growth(day);
            for (State state : states.get(cut).values()) {
                double[] group = groups.getOrDefault(List.of(state.away, state.busy), new double[] {1, 1});
                state.expectedVisits = state.pace * horizon * group[0] / group[1] * traffic;
                double rate = leaningShape + state.usual;
                state.score = 1
                        - Math.pow(
                                rate / (rate + state.expectedVisits * expectedLevel(day)), leaningShape + state.bought);
            }
        }
    }
}
