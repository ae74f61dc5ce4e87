package dev.lookbook.audience;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The input files in the database. What makes no sense as a whole (a missing column, an id twice) is an error; single
 * rows that cannot be used are left out and counted.
 */
final class Tables {
    static final String UNCLEAR_CONSENT = "unclear consent, taken as none";

    /** More rows than this share with unreadable dates or prices are a misunderstanding, not dirt. */
    private static final double MOST_UNREADABLE = 0.01;

    private final Database database;
    private final Campaign campaign;
    private final Path folder;
    private final List<Skipped> skipped = new ArrayList<>();
    private final Map<String, Long> purchaseProblems = new HashMap<>();
    private Articles articles;
    private long customers;
    private long transactions;
    private LocalDate firstDay;

    private Tables(Database database, Campaign campaign, Path folder) {
        this.database = database;
        this.campaign = campaign;
        this.folder = folder;
    }

    /**
     * Reads everything.
     *
     * @param folder in which the campaign file lies
     * @param models for articles that are pictures not classified yet, and for a campaign that names a model's file
     */
    static Tables load(Database database, Campaign campaign, Path folder, ModelFinder models) throws IOException {
        Tables tables = new Tables(database, campaign, folder);
        // Articles may have to be classified, which takes long: what the other files lack is told before.
        Source customers = tables.customerFile();
        Optional<Source> suppression = tables.suppressionFile();
        Source transactions = tables.transactionFile();
        tables.articles = Articles.load(database, campaign, folder, models);
        tables.skipped.addAll(tables.articles.skipped());
        tables.loadCustomers(customers);
        tables.loadSuppression(suppression);
        tables.loadTransactions(transactions);
        return tables;
    }

    /** The classes that the predictions know, in their order. */
    List<String> labels() {
        return articles.labels();
    }

    /** The model of the predictions; empty if the file does not say. */
    String model() {
        return articles.model();
    }

    List<Skipped> skipped() {
        return List.copyOf(skipped);
    }

    long articles() {
        return articles.count();
    }

    long customers() {
        return customers;
    }

    long transactions() {
        return transactions;
    }

    /** The day of the oldest purchase. */
    LocalDate firstDay() {
        return firstDay;
    }

    private Source open(String file) throws AudienceException {
        return Source.open(database, campaign, folder.resolve(file).normalize());
    }

    private Source customerFile() throws AudienceException {
        Source source = open(campaign.customers());
        if (campaign.consent() == Campaign.Consent.REQUIRED && !source.has("consent")) {
            throw new AudienceException(source.file() + " has no column \"" + campaign.column("consent")
                    + "\", and only customers who consented may be addressed. Add it, or say \"consent: ignore\" in the"
                    + " campaign file if you may");
        }
        source.require("customer_id");
        return source;
    }

    private void loadCustomers(Source source) throws AudienceException {
        database.run(
                "customers.sql",
                Map.of(
                        "source", source.scan(),
                        "customer_id", source.require("customer_id"),
                        "email", source.optional("email"),
                        "phone", source.optional("phone"),
                        "consent", source.optional("consent"),
                        "seed", Long.toString(campaign.seed())));
        source.requireDistinct(database, "customers", "customer", "customer_id");
        customers = database.number("SELECT count(*) FROM customers");
        if (campaign.consent() == Campaign.Consent.REQUIRED) {
            skipped.addAll(database.ask(
                    "SELECT '" + UNCLEAR_CONSENT + "', count(*), min(customer), arg_min(consent, customer)"
                            + " FROM customers WHERE trim(coalesce(consent, '')) <> '' AND lower(trim(consent)) NOT IN"
                            + " ('true', 'yes', 'y', '1', 't', 'false', 'no', 'n', '0', 'f') HAVING count(*) > 0",
                    row -> Skipped.of(source, row)));
        }
    }

    private Optional<Source> suppressionFile() throws AudienceException {
        if (campaign.suppression().isEmpty()) {
            return Optional.empty();
        }
        Source source = open(campaign.suppression());
        source.require("customer_id");
        return Optional.of(source);
    }

    /** An id that is nobody's is told: whoever was meant by it would be addressed. */
    private void loadSuppression(Optional<Source> file) throws AudienceException {
        database.execute("CREATE TABLE suppressed (customer_id VARCHAR)");
        if (file.isEmpty()) {
            return;
        }
        Source source = file.get();
        database.run("suppression.sql", Map.of("source", source.scan(), "customer_id", source.require("customer_id")));
        skipped.addAll(database.ask(
                "SELECT 'unknown customer', count(*), min(line), arg_min(customer_id, line) FROM suppression_rows"
                        + " WHERE customer_id NOT IN (SELECT trim(customer_id) FROM customers) HAVING count(*) > 0",
                row -> Skipped.of(source, row)));
    }

    private Source transactionFile() throws AudienceException {
        Source source = open(campaign.transactions());
        for (String column : List.of("t_dat", "customer_id", "article_id")) {
            source.require(column);
        }
        return source;
    }

    private void loadTransactions(Source source) throws AudienceException {
        Map<String, String> values = Map.of(
                "source", source.scan(),
                "t_dat", source.require("t_dat"),
                "customer_id", source.require("customer_id"),
                "article_id", source.require("article_id"),
                "price", source.optional("price"),
                "until", campaign.date());
        database.run("purchases.sql", values);
        database.each(
                "SELECT problem, count(*) FROM purchase_rows GROUP BY problem",
                row -> purchaseProblems.put(String.valueOf(row.getString(1)), row.getLong(2)));
        transactions = purchaseProblems.values().stream().mapToLong(n -> n).sum();
        if (purchaseProblems.keySet().stream()
                .anyMatch(problem -> !problem.equals("null") && !problem.startsWith("on "))) {
            skipped.addAll(database.runAndAsk(
                    "problems.sql",
                    values,
                    row -> Skipped.of(
                            source,
                            row.getString(1),
                            purchaseProblems.get(row.getString(1)),
                            row.getLong(2),
                            row.getString(3))));
        } else if (purchaseProblems.containsKey("on or after the date")) {
            long rows = purchaseProblems.get("on or after the date");
            skipped.add(Skipped.of(source, "on or after the date", rows, 0, ""));
        }
        requireReadable(source);
        firstDay = database.ask(
                        "SELECT min(day) FROM purchase_rows WHERE problem IS NULL",
                        row -> row.getObject(1, LocalDate.class))
                .get(0);
        if (firstDay == null) {
            throw new AudienceException(source.file() + " has no purchase before " + campaign.date()
                    + " of a known customer and article" + first(source) + ". Check the date and the ids");
        }
    }

    /** The first row of a file that was left out, as the end of a message. */
    private String first(Source source) {
        String file = source.file().getFileName().toString();
        return skipped.stream()
                .filter(some -> some.file().equals(file) && some.line() > 0)
                .findFirst()
                .map(some -> "; line " + some.line() + ": " + some.problem() + " \"" + some.value() + "\"")
                .orElse("");
    }

    private void requireReadable(Source source) throws AudienceException {
        for (Skipped some : skipped) {
            boolean unreadable =
                    some.problem().startsWith("unreadable") || some.problem().startsWith("negative");
            if (unreadable && some.rows() > MOST_UNREADABLE * transactions) {
                throw new AudienceException(source.file() + " line " + some.line() + ": " + some.problem() + " \""
                        + some.value() + "\", and so in " + some.rows() + " of " + transactions
                        + " rows. Dates are written 2026-03-01, prices 12.99");
            }
        }
    }
}
