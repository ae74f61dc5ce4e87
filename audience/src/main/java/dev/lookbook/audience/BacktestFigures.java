package dev.lookbook.audience;

import dev.lookbook.evaluate.Interval;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/** From rankings to precision, recall, lift, gains, and their intervals. */
final class BacktestFigures {
    private static final int DECILES = 10;
    private static final int GAIN_STEPS = 20;
    private static final List<Integer> KS = List.of(100, 300, 1000, 3000);

    private final Campaign campaign;
    private final List<Ranking> rankings;
    private final boolean isTrue;
    private final List<Ranker> rankers;
    private final List<Integer> ks;
    private final int k; // the one that rankers are compared by
    private final double all;
    private final double bought;
    private final Bootstrap bootstrap;

    BacktestFigures(Campaign campaign, List<Ranking> rankings, boolean isTrue) throws AudienceException {
        this.campaign = campaign;
        this.rankings = rankings;
        this.isTrue = isTrue;
        this.rankers = List.copyOf(rankings.get(0).places().keySet());
        int fewest = rankings.stream().mapToInt(Ranking::count).min().orElse(0);
        this.k = Math.max(1, Math.min(campaign.size() > 0 ? campaign.chosen() : 1000, fewest / 2));
        TreeSet<Integer> sizes = new TreeSet<>(KS);
        sizes.removeIf(size -> size > fewest / 2);
        if (campaign.size() > 0) {
            sizes.add(Math.max(1, Math.min(campaign.size(), fewest / 2)));
        }
        sizes.add(k);
        this.ks = List.copyOf(sizes);
        this.all = rankings.stream().mapToDouble(Ranking::count).sum();
        this.bought = rankings.stream().mapToDouble(Ranking::allBought).sum();
        if (bought < 1) {
            throw new AudienceException(
                    "nobody bought " + String.join(" or ", campaign.classes())
                            + " in the windows of the backtest: there is nothing to find. Take another class or longer windows");
        }
        this.bootstrap = bootstrap();
    }

    private int cell(Ranker ranker, int size) {
        return rankers.indexOf(ranker) * ks.size() + ks.indexOf(size);
    }

    private int cell(int decile) {
        return rankers.size() * ks.size() + decile;
    }

    private Bootstrap bootstrap() {
        int cells = rankers.size() * ks.size() + DECILES;
        Map<Integer, double[]> customers = new TreeMap<>();
        int largest = ks.get(ks.size() - 1);
        double silent = 0;
        for (Ranking ranking : rankings) {
            for (int i = 0; i < ranking.count(); i++) {
                if (ranking.bought()[i] == 0 && !isHigh(ranking, i, largest)) {
                    silent++;
                    continue;
                }
                double[] customer =
                        customers.computeIfAbsent(ranking.customers()[i], number -> new double[2 + 2 * cells]);
                count(customer, ranking, i);
            }
        }
        List<double[]> drawn = new ArrayList<>(customers.values());
        return new Bootstrap(cells, drawn, silent, campaign.seed());
    }

    private boolean isHigh(Ranking ranking, int i, int largest) {
        for (Ranker ranker : rankers) {
            if (ranking.places().get(ranker)[i] <= largest) {
                return true;
            }
        }
        return false;
    }

    private void count(double[] customer, Ranking ranking, int i) {
        customer[0] += ranking.bought()[i];
        customer[1]++;
        for (Ranker ranker : rankers) {
            for (int size : ks) {
                if (ranking.places().get(ranker)[i] <= size) {
                    customer[2 + 2 * cell(ranker, size)] += ranking.bought()[i];
                    customer[3 + 2 * cell(ranker, size)]++;
                }
            }
        }
        int decile = cell(ranking.part(ranking.places().get(Ranker.SCORE)[i], DECILES));
        customer[2 + 2 * decile] += ranking.bought()[i];
    }

    BacktestReport report(List<Manifest.Input> inputs, List<Skipped> skipped) {
        List<BacktestReport.Row> rows = new ArrayList<>();
        for (int size : ks) {
            for (Ranker ranker : rankers) {
                rows.add(row(ranker, size));
            }
        }
        Ranker best = rankers.stream()
                .filter(Ranker::isBaseline)
                .max(Comparator.comparingDouble(ranker -> precision(ranker, k)))
                .orElseThrow();
        return new BacktestReport(
                "lookbook audience backtest",
                campaign,
                inputs,
                isTrue ? "true" : "predicted",
                rankings.stream().map(ranking -> day(ranking, best)).toList(),
                bought / all,
                k,
                rows,
                best.title(),
                new BacktestReport.Ratio(
                        precision(Ranker.SCORE, k) / Math.max(1e-12, precision(best, k)),
                        bootstrap.ratio(cell(Ranker.SCORE, k), cell(best, k))),
                isTrue ? Optional.of(errorCost()) : Optional.empty(),
                deciles(),
                gains(),
                skipped);
    }

    private double precision(Ranker ranker, int size) {
        return rankings.stream()
                        .mapToDouble(ranking -> ranking.bought(ranker, size))
                        .sum()
                / ((double) size * rankings.size());
    }

    private BacktestReport.Row row(Ranker ranker, int size) {
        double precision = precision(ranker, size);
        return new BacktestReport.Row(
                ranker.title(),
                size,
                precision,
                bootstrap.precision(cell(ranker, size)),
                precision * size * rankings.size() / bought,
                precision * all / bought,
                bootstrap.lift(cell(ranker, size)));
    }

    private BacktestReport.Day day(Ranking ranking, Ranker best) {
        return new BacktestReport.Day(
                ranking.date().toString(),
                ranking.count(),
                ranking.allBought() / ranking.count(),
                ranking.bought(Ranker.SCORE, k) / k,
                ranking.bought(best, k) / k);
    }

    private BacktestReport.Ratio errorCost() {
        int predicted = cell(Ranker.SCORE, k);
        int perfect = cell(Ranker.TRUE_LABELS, k);
        Interval kept = bootstrap.ratio(predicted, perfect);
        return new BacktestReport.Ratio(
                1 - precision(Ranker.SCORE, k) / precision(Ranker.TRUE_LABELS, k),
                new Interval(1 - kept.high(), 1 - kept.low()));
    }

    private List<BacktestReport.Decile> deciles() {
        double[] sums = new double[DECILES];
        for (Ranking ranking : rankings) {
            double[] parts = ranking.boughtByPart(Ranker.SCORE, DECILES);
            for (int i = 0; i < DECILES; i++) {
                sums[i] += parts[i];
            }
        }
        List<BacktestReport.Decile> deciles = new ArrayList<>();
        for (int i = 0; i < DECILES; i++) {
            double share = sums[i] / (all / DECILES);
            deciles.add(new BacktestReport.Decile(
                    i + 1, share, share * all / bought, bootstrap.shareOfBought(cell(i), DECILES)));
        }
        return deciles;
    }

    /** Which share of the buyers is reached with each twentieth of the customers more. */
    private Map<String, List<Double>> gains() {
        Map<String, List<Double>> gains = new LinkedHashMap<>();
        for (Ranker ranker : rankers) {
            double[] sums = new double[GAIN_STEPS];
            for (Ranking ranking : rankings) {
                double[] parts = ranking.boughtByPart(ranker, GAIN_STEPS);
                for (int i = 0; i < GAIN_STEPS; i++) {
                    sums[i] += parts[i];
                }
            }
            List<Double> curve = new ArrayList<>(List.of(0.0));
            double sum = 0;
            for (double part : sums) {
                sum += part;
                curve.add(sum / bought);
            }
            gains.put(ranker.title(), curve);
        }
        return gains;
    }
}
