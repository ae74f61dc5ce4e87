package dev.lookbook.audience;

import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Chooses the customers for a campaign: the front door. */
public final class Audience {
    private static final int BINS = 40;
    private static final int TOP_ARTICLES = 10;
    private static final String CONSENTED = "consented";
    private static final String NOT_SUPPRESSED = "not suppressed";
    private static final List<String> STEPS = List.of(
            CONSENTED,
            NOT_SUPPRESSED,
            "bought recently enough",
            "visited often enough",
            "did not just buy",
            "above the threshold");

    private final Campaign campaign;
    private final Path folder;
    private final Database database;
    private final Tables tables;

    private Audience(Campaign campaign, Path folder, Database database, Tables tables) {
        this.campaign = campaign;
        this.folder = folder;
        this.database = database;
        this.tables = tables;
    }

    /**
     * What was chosen, in short.
     *
     * @param report lines for people
     */
    public record Summary(long chosen, long addressed, long heldOut, List<String> report) {}

    /**
     * Chooses, and writes a new folder: {@code audience.csv}, {@code holdout.csv}, the upload files, {@code manifest.json},
     * {@code report.html}.
     *
     * @param previous the folder of an earlier audience, to tell what changed
     * @throws IOException with a message for the user
     */
    public static Summary build(Path campaignFile, Path out, Optional<Path> previous, Resources resources)
            throws IOException {
        if (Files.exists(out, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileAlreadyExistsException(out.toString());
        }
        Campaign campaign = Campaign.read(campaignFile);
        Path folder = campaignFile.toAbsolutePath().getParent();
        try (Database database = resources.open()) {
            Inputs inputs = Inputs.start(campaign, folder);
            Tables tables = Tables.load(database, campaign, folder, resources.models());
            return new Audience(campaign, folder, database, tables).build(out, previous, inputs);
        }
    }

    private Summary build(Path out, Optional<Path> previous, Inputs inputs) throws IOException {
        Method method = new Method(database, campaign);
        method.readVisits("article_classes");
        method.score(campaign.day(), tables.firstDay(), tables.customers());
        database.run("funnel.sql");
        database.run("selection.sql");
        List<Manifest.Step> funnel = funnel();
        requireSomebody(funnel);
        List<Manifest.Window> windows = windows();
        AudienceFiles files = new AudienceFiles(database);
        Optional<PreviousAudience> before =
                previous.isPresent() ? Optional.of(PreviousAudience.read(previous.get())) : Optional.empty();
        if (before.isPresent()) {
            before.get().requireSameLabels(tables.labels());
        }
        Manifest manifest = manifest(inputs, funnel, windows, files.contacts(), before);
        RunFolder folderOut = RunFolder.create(out);
        try {
            files.write(folderOut, before);
            folderOut.write("manifest.json", manifest.json().getBytes(java.nio.charset.StandardCharsets.UTF_8));
            folderOut.write(
                    "report.html",
                    AudiencePage.html(manifest, folder).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        } catch (IOException e) {
            AudienceFiles.remove(folderOut);
            throw e;
        }
        return summary(manifest);
    }

    private Manifest manifest(
            Inputs inputs,
            List<Manifest.Step> funnel,
            List<Manifest.Window> windows,
            Manifest.Upload upload,
            Optional<PreviousAudience> before)
            throws IOException {
        Manifest.Window now = windows.get(0);
        List<Manifest.Window> earlier = windows.subList(1, windows.size());
        return new Manifest(
                "lookbook audience build",
                campaign,
                inputs.await(),
                tables.model(),
                tables.labels(),
                new Manifest.Data(
                        tables.articles(),
                        tables.customers(),
                        tables.transactions(),
                        tables.firstDay().toString()),
                tables.skipped(),
                funnel,
                Expectations.precision(now, earlier),
                Expectations.lift(now, earlier),
                Expectations.baseRate(now, earlier),
                earlier,
                population(),
                upload,
                before.isPresent() ? Optional.of(before.get().change(database)) : Optional.empty(),
                bins(),
                classMix(),
                topArticles());
    }

    private List<Manifest.Step> funnel() throws AudienceException {
        List<Long> counts = database.ask(
                        "SELECT count(*), "
                                + String.join(
                                        ", ",
                                        IntStream.rangeClosed(1, STEPS.size())
                                                .mapToObj(i -> "count(*) FILTER (WHERE step_" + i + ")")
                                                .toList())
                                + ", (SELECT count(*) FROM selection)"
                                + ", (SELECT count(*) FROM selection WHERE is_held_out) FROM funnel WHERE cut = 0",
                        row -> IntStream.rangeClosed(1, STEPS.size() + 3)
                                .mapToObj(i -> {
                                    try {
                                        return row.getLong(i);
                                    } catch (java.sql.SQLException e) {
                                        throw new IllegalStateException(e);
                                    }
                                })
                                .toList())
                .get(0);
        List<Manifest.Step> funnel = new ArrayList<>();
        funnel.add(new Manifest.Step("customers in the file", tables.customers()));
        funnel.add(new Manifest.Step("bought before the date", counts.get(0)));
        for (int i = 0; i < STEPS.size(); i++) {
            funnel.add(new Manifest.Step(STEPS.get(i), counts.get(i + 1)));
        }
        long chosen = counts.get(STEPS.size() + 1);
        long heldOut = counts.get(STEPS.size() + 2);
        funnel.add(new Manifest.Step("chosen", chosen));
        funnel.add(new Manifest.Step("held out", heldOut));
        funnel.add(new Manifest.Step("addressed", chosen - heldOut));
        return funnel;
    }

    private void requireSomebody(List<Manifest.Step> funnel) throws AudienceException {
        for (int i = 0; i < funnel.size() - 2; i++) {
            if (funnel.get(i).customers() == 0) {
                String step = funnel.get(i).step();
                throw new AudienceException("nobody meets the campaign: "
                        + (i == 0
                                ? "there are no customers"
                                : "of " + funnel.get(i - 1).customers() + " customers ("
                                        + funnel.get(i - 1).step() + ") none is left after \"" + step + "\"")
                        + wayOut(step));
            }
        }
        if (funnel.get(funnel.size() - 1).customers() == 0) {
            throw new AudienceException(
                    "all " + funnel.get(funnel.size() - 3).customers()
                            + " who were chosen are held out, and nobody is left to address. Lower holdout in the campaign file");
        }
    }

    private String wayOut(String step) {
        if (step.equals(CONSENTED)) {
            return tables.skipped().stream()
                            .filter(skipped -> skipped.problem().equals(Tables.UNCLEAR_CONSENT))
                            .findFirst()
                            .map(skipped -> ". " + Expectations.sentence(skipped))
                            .orElse("")
                    + ". In the column " + campaign.column("consent")
                    + " write true, yes, y, t or 1 for those who agreed";
        }
        return step.equals(NOT_SUPPRESSED)
                ? ". Look at " + campaign.suppression()
                : ". Relax that condition in the campaign file";
    }

    private List<Manifest.Window> windows() throws AudienceException {
        return database.runAndAsk("windows.sql", java.util.Map.of(), row -> {
            double chosen = Math.max(1, row.getLong("chosen"));
            return new Manifest.Window(
                    campaign.day()
                            .minusDays((long) row.getInt("cut") * campaign.horizonDays())
                            .toString(),
                    row.getLong("eligible"),
                    row.getLong("chosen"),
                    row.getDouble("chosen_bought") / chosen,
                    row.getDouble("chosen_score") / chosen,
                    row.getDouble("all_bought") / row.getLong("eligible"),
                    row.getDouble("all_score") / row.getLong("eligible"));
        });
    }

    private Manifest.Population population() throws AudienceException {
        return database.ask(
                        "SELECT p.pace_shape, p.mean_pace, p.leaning_shape, l.level FROM population p"
                                + " JOIN levels l ON l.cut = 0",
                        row -> new Manifest.Population(
                                row.getDouble(1), 1 / row.getDouble(2), row.getDouble(3), row.getDouble(4)))
                .get(0);
    }

    private List<Manifest.Bin> bins() throws AudienceException {
        double most = database.ask("SELECT max(score) FROM ranked WHERE cut = 0", row -> row.getDouble(1))
                .get(0);
        double width = Math.max(most, 1e-6) / BINS;
        long[] eligible = new long[BINS];
        long[] chosen = new long[BINS];
        database.each(
                "SELECT least(" + (BINS - 1) + ", CAST(floor(r.score / " + width + ") AS INTEGER)) AS bin, count(*),"
                        + " count(s.customer) FROM ranked r LEFT JOIN selection s ON s.customer = r.customer"
                        + " WHERE r.cut = 0 GROUP BY 1",
                row -> {
                    eligible[row.getInt(1)] = row.getLong(2);
                    chosen[row.getInt(1)] = row.getLong(3);
                });
        return IntStream.range(0, BINS)
                .mapToObj(i -> new Manifest.Bin(i * width, (i + 1) * width, eligible[i], chosen[i]))
                .toList();
    }

    private List<Manifest.ClassShare> classMix() throws AudienceException {
        List<Manifest.ClassShare> shares = database.runAndAsk(
                "class_mix.sql",
                java.util.Map.of("from", campaign.day().minusDays(364).toString()),
                row -> new Manifest.ClassShare(row.getString(1), row.getDouble(2), row.getDouble(3)));
        return tables.labels().stream()
                .flatMap(label -> shares.stream().filter(share -> share.label().equals(label)))
                .toList();
    }

    private List<Manifest.TopArticle> topArticles() throws AudienceException {
        return database.runAndAsk(
                "top_articles.sql",
                java.util.Map.of("most", Integer.toString(TOP_ARTICLES)),
                row -> new Manifest.TopArticle(
                        row.getString(1),
                        row.getString(2),
                        row.getDouble(3),
                        Optional.ofNullable(row.getString(4)).orElse(""),
                        row.getLong(5),
                        row.getLong(6)));
    }

    private static Summary summary(Manifest manifest) {
        List<String> lines = new ArrayList<>();
        for (Manifest.Step step : manifest.funnel()) {
            lines.add(String.format(java.util.Locale.ROOT, "%-24s %,12d", step.step(), step.customers()));
        }
        lines.add(Expectations.sentence(manifest));
        for (Skipped skipped : manifest.skipped()) {
            lines.add("left out: " + Expectations.sentence(skipped));
        }
        int last = manifest.funnel().size() - 1;
        return new Summary(
                manifest.funnel().get(last - 2).customers(),
                manifest.funnel().get(last).customers(),
                manifest.funnel().get(last - 1).customers(),
                lines);
    }
}
