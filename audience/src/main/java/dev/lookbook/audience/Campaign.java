package dev.lookbook.audience;

import dev.lookbook.run.Yaml;
import java.io.IOException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * Whom a campaign is for, as its YAML file says. Unknown keys and values of the wrong type are errors.
 *
 * @param name for people
 * @param classes the garment classes; an item of any of them counts
 * @param date the first day that is not known yet, as {@code 2026-03-01}
 * @param horizonDays in which the customers should buy, from {@code date} on; a multiple of 7 keeps weekdays comparable
 * @param size how many customers to address; 0: as many as reach the threshold
 * @param threshold the least score, from 0 to 1
 * @param halfLifeDays after which a visit counts half; at least 7, and half of the horizon
 * @param boughtWithinDays only customers who bought something in so many days before {@code date}; 0: whenever
 * @param minVisits only customers with at least so many days of purchases
 * @param excludeBuyersWithinDays not those who bought of the classes in so many days before {@code date}; 0: nobody
 * @param consent {@code required}, or {@code ignore} where there is no consent column, or it does not matter
 * @param holdout share of the chosen customers who are not addressed, so that the effect can be measured
 * @param seed of the hold-out, of samples and of ties
 * @param articles file, relative to the campaign file as the next three are
 * @param suppression a file with the {@code customer_id}s never to be addressed; empty: none
 * @param model name (or name and version) of the model that the predictions must be of; empty: any. Pictures that are not
 *     classified yet are classified by it; a path is meant by a slash in it
 * @param columns our names of columns, and what they are called in the files
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record Campaign(
        String name,
        List<String> classes,
        String date,
        int horizonDays,
        int size,
        double threshold,
        double halfLifeDays,
        int boughtWithinDays,
        int minVisits,
        int excludeBuyersWithinDays,
        Consent consent,
        double holdout,
        long seed,
        String articles,
        String transactions,
        String customers,
        String suppression,
        String model,
        Map<String, String> columns) {

    /** Whether only customers who agreed may be addressed. */
    public enum Consent {
        REQUIRED,
        IGNORE
    }

    /** What a file need not say. */
    static final Campaign DEFAULTS = new Campaign(
            "", List.of(), "", 28, 0, 0, 180, 0, 1, 0, Consent.REQUIRED, 0.1, 1, "", "", "", "", "", Map.of());

    private static final List<String> COLUMNS =
            List.of("article_id", "input", "model", "t_dat", "customer_id", "price", "email", "phone", "consent");

    public Campaign {
        require(classes.stream().noneMatch(String::isBlank), "classes must not have an empty entry", classes);
        classes = List.copyOf(classes);
        columns = new LinkedHashMap<>(columns);
        require(horizonDays >= 1 && horizonDays <= 364, "horizon_days must be from 1 to 364", horizonDays);
        require(size >= 0, "size must not be negative", size);
        require(threshold >= 0 && threshold <= 1, "threshold must be from 0 to 1", threshold);
        require(
                2 * halfLifeDays >= horizonDays && halfLifeDays >= 7 && halfLifeDays <= 100_000,
                "half_life_days must be from 7 to 100000 and at least half of horizon_days, " + horizonDays,
                halfLifeDays);
        require(boughtWithinDays >= 0, "bought_within_days must not be negative", boughtWithinDays);
        require(minVisits >= 1, "min_visits must be at least 1", minVisits);
        require(
                excludeBuyersWithinDays >= 0,
                "exclude_buyers_within_days must not be negative",
                excludeBuyersWithinDays);
        require(holdout >= 0 && holdout <= 0.9, "holdout must be from 0 to 0.9", holdout);
        for (String column : columns.keySet()) {
            require(COLUMNS.contains(column), "columns may name " + String.join(", ", COLUMNS), column);
        }
    }

    private static void require(boolean holds, String what, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(what + ", but is " + value);
        }
    }

    /** Reads a campaign file; paths in it are relative to it. */
    public static Campaign read(Path file) throws IOException {
        Campaign campaign = Yaml.read(file, DEFAULTS);
        requireGiven(file, "classes", !campaign.classes.isEmpty(), "classes: [Ankle boot]");
        requireGiven(file, "date", !campaign.date.isBlank(), "date: 2026-03-01");
        requireGiven(file, "size or threshold", campaign.size > 0 || campaign.threshold > 0, "size: 2000");
        requireGiven(file, "articles", !campaign.articles.isBlank(), "articles: articles.csv");
        requireGiven(file, "transactions", !campaign.transactions.isBlank(), "transactions: transactions.csv");
        requireGiven(file, "customers", !campaign.customers.isBlank(), "customers: customers.csv");
        try {
            LocalDate.parse(campaign.date);
        } catch (DateTimeException e) {
            throw new AudienceException(
                    file + ": date must be a day such as 2026-03-01, but is \"" + campaign.date + "\"", e);
        }
        return campaign;
    }

    private static void requireGiven(Path file, String key, boolean isGiven, String example) throws AudienceException {
        if (!isGiven) {
            throw new AudienceException(file + " does not say " + key + ". Add a line such as \"" + example + "\"");
        }
    }

    /** The same for files that call their columns as we do. */
    Campaign withOwnColumns() {
        return new Campaign(
                name,
                classes,
                date,
                horizonDays,
                size,
                threshold,
                halfLifeDays,
                boughtWithinDays,
                minVisits,
                excludeBuyersWithinDays,
                consent,
                holdout,
                seed,
                articles,
                transactions,
                customers,
                suppression,
                model,
                Map.of());
    }

    LocalDate day() {
        return LocalDate.parse(date);
    }

    /** What a column of ours is called in the files. */
    String column(String ours) {
        return columns.getOrDefault(ours, ours);
    }

    /** How many are chosen, about, so that {@link #size} are left to address without the hold-out. */
    int chosen() {
        return (int) Math.ceil(size / (1 - holdout) - 1e-9);
    }
}
