package dev.lookbook.audience;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Scores every customer as known on a day: the steps of docs/audience-method.md, a script each. */
final class Method {
    /** Earlier cuts to learn from, at all but the oldest of which the method is tried; more would lie too far back. */
    private static final int MOST_CUTS = 9;

    /** Horizons of purchases that must lie before the oldest cut. */
    private static final int LEAST_HISTORY = 3;

    /** What is learnt from the earlier cuts is learnt from about so many customers. */
    private static final long SAMPLE = 200_000;

    private final Database database;
    private final Campaign campaign;

    Method(Database database, Campaign campaign) {
        this.database = database;
        this.campaign = campaign;
    }

    /** @param classes the table with the probabilities of the articles' classes: as predicted, or the truth */
    void readVisits(String classes) throws AudienceException {
        database.run("targets.sql", Map.of("classes", classes));
        database.run("visits.sql");
    }

    /** Leaves the tables {@code scores} and those before it; uses nothing from {@code day} on. */
    void score(LocalDate day, LocalDate firstDay, long customers) throws AudienceException {
        int horizon = campaign.horizonDays();
        long horizons = ChronoUnit.DAYS.between(firstDay, day) / horizon;
        int cuts = (int) Math.max(0, Math.min(MOST_CUTS, horizons - LEAST_HISTORY));
        database.execute(settings(day, Math.max(1, customers / SAMPLE)));
        database.execute("CREATE OR REPLACE TABLE cuts AS SELECT * FROM (VALUES "
                + IntStream.rangeClosed(0, cuts)
                        .mapToObj(cut -> "(" + cut + ", DATE '" + day.minusDays((long) cut * horizon) + "')")
                        .collect(Collectors.joining(", "))
                + ") t(cut, day)");
        database.run("levels.sql");
        database.run("snapshots.sql");
        database.run("population.sql");
        database.run("scores.sql");
    }

    private String settings(LocalDate day, long stride) {
        int always = 1_000_000;
        return "CREATE OR REPLACE TABLE settings AS SELECT DATE '" + day + "' AS as_of"
                + ", " + campaign.horizonDays() + " AS horizon"
                + ", CAST(" + campaign.halfLifeDays() + " AS DOUBLE) AS half_life"
                + ", " + stride + " AS stride"
                + ", " + campaign.excludeBuyersWithinDays() + " AS exclude_days"
                + ", " + (campaign.boughtWithinDays() == 0 ? always : campaign.boughtWithinDays()) + " AS recency_days"
                + ", " + campaign.minVisits() + " AS min_visits"
                + ", CAST(" + campaign.threshold() + " AS DOUBLE) AS threshold"
                + ", " + campaign.size() + " AS size"
                + ", CAST(" + campaign.holdout() + " AS DOUBLE) AS holdout"
                + ", " + campaign.seed() + " AS seed"
                + ", " + (campaign.consent() == Campaign.Consent.IGNORE) + " AS ignore_consent";
    }
}
