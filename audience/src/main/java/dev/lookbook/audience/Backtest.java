package dev.lookbook.audience;

import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Ranks all customers at earlier dates, with what was known then, by the score and by simple rules, and counts who
 * bought. The campaign's conditions are left aside: what is judged is the ranking.
 */
public final class Backtest {
    /** Horizons of purchases before the first date: fewer, and nothing could be learnt before it. */
    private static final int LEAST_HISTORY = 6;

    private final Campaign campaign;
    private final Database database;
    private final Tables tables;
    private final Method method;

    private Backtest(Campaign campaign, Database database, Tables tables) {
        this.campaign = campaign;
        this.database = database;
        this.tables = tables;
        this.method = new Method(database, campaign);
    }

    /**
     * Tests, and writes a new folder with {@code backtest.json} and {@code report.html}.
     *
     * @param dates how many dates, a horizon apart, the last one a horizon before the campaign's
     * @param truth a file {@code article_id,label} with what the articles really are, if that is known
     * @return the result in a few lines
     */
    public static List<String> run(Path campaignFile, Path out, int dates, Optional<Path> truth, Resources resources)
            throws IOException {
        if (Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(out.toString());
        }
        BacktestReport report = test(campaignFile, dates, truth, resources);
        RunFolder folder = RunFolder.create(out);
        try {
            folder.write("backtest.json", Manifest.json(report).getBytes(StandardCharsets.UTF_8));
            folder.write("report.html", BacktestPage.html(report).getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            AudienceFiles.remove(folder);
            throw e;
        }
        return BacktestPage.lines(report);
    }

    static BacktestReport test(Path campaignFile, int dates, Optional<Path> truth, Resources resources)
            throws IOException {
        Campaign campaign = Campaign.read(campaignFile);
        Path folder = campaignFile.toAbsolutePath().getParent();
        try (Database database = resources.open()) {
            Inputs inputs = Inputs.start(campaign, folder);
            Tables tables = Tables.load(database, campaign, folder, resources.models());
            Backtest backtest = new Backtest(campaign, database, tables);
            return backtest.test(backtest.dates(dates), truth, inputs);
        }
    }

    private List<LocalDate> dates(int wanted) throws AudienceException {
        int horizon = campaign.horizonDays();
        long horizons = ChronoUnit.DAYS.between(tables.firstDay(), campaign.day()) / horizon;
        int possible = (int) Math.min(wanted, horizons - LEAST_HISTORY);
        if (possible < 1) {
            throw new AudienceException("a backtest needs purchases from " + (LEAST_HISTORY + 1)
                    + " times the horizon of " + horizon + " days before " + campaign.date() + ", but they begin on "
                    + tables.firstDay() + ". Shorten horizon_days");
        }
        return IntStream.rangeClosed(1, possible)
                .mapToObj(i -> campaign.day().minusDays((long) i * horizon))
                .toList();
    }

    private BacktestReport test(List<LocalDate> dates, Optional<Path> truth, Inputs inputs) throws IOException {
        String outcomes = "targets";
        database.run("labelled.sql");
        method.readVisits("article_classes");
        if (truth.isPresent()) {
            TrueLabels.load(database, truth.get(), tables.labels());
            method.readVisits("true_classes");
            database.execute("CREATE TABLE true_targets AS SELECT * FROM targets");
            method.readVisits("article_classes");
            outcomes = "true_targets";
        }
        List<Ranking> rankings = new ArrayList<>();
        for (LocalDate date : dates) {
            rankings.add(rank(date, outcomes));
        }
        if (truth.isPresent()) {
            method.readVisits("true_classes");
            for (int i = 0; i < dates.size(); i++) {
                rankings.get(i)
                        .places()
                        .put(
                                Ranker.TRUE_LABELS,
                                rank(dates.get(i), outcomes).places().get(Ranker.SCORE));
            }
        }
        return new BacktestFigures(campaign, rankings, truth.isPresent()).report(inputs.await(), tables.skipped());
    }

    private Ranking rank(LocalDate date, String outcomes) throws AudienceException {
        method.score(date, tables.firstDay(), tables.customers());
        int n = (int) database.number("SELECT count(*) FROM scores WHERE cut = 0");
        int[] customers = new int[n];
        double[] bought = new double[n];
        List<Ranker> rankers =
                List.of(Ranker.SCORE, Ranker.RECENCY, Ranker.POPULARITY, Ranker.FREQUENCY, Ranker.CLASS_COUNT);
        int[][] places = new int[rankers.size()][n];
        int[] next = {0};
        database.runAndRead(
                "backtest.sql",
                Map.of(
                        "day", date.toString(),
                        "horizon", Integer.toString(campaign.horizonDays()),
                        "outcome_targets", outcomes),
                row -> {
                    int i = next[0]++;
                    customers[i] = row.getInt(1);
                    bought[i] = row.getDouble(2);
                    for (int r = 0; r < places.length; r++) {
                        places[r][i] = row.getInt(3 + r);
                    }
                });
        Map<Ranker, int[]> byRanker = new EnumMap<>(Ranker.class);
        for (int r = 0; r < places.length; r++) {
            byRanker.put(rankers.get(r), places[r]);
        }
        return new Ranking(date, customers, bought, byRanker);
    }
}
