package dev.lookbook.audience;

import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The input files in the database. What makes no sense as a whole (a missing column, an id twice) is an error; single
 * rows that cannot be used are left out and counted.
 */
final class Tables {
    /** More rows than this share with unreadable dates or prices are a misunderstanding, not dirt. */
    private static final double MOST_UNREADABLE = 0.01;

    private static final double SUM_TOLERANCE = 0.01;

    private final Database database;
    private final Campaign campaign;
    private final Path folder;
    private final ModelFinder models;
    private final List<Skipped> skipped = new ArrayList<>();
    private final Map<String, Long> purchaseProblems = new HashMap<>();
    private List<String> labels = List.of();
    private String model = "";
    private boolean isJustClassified;
    private long articles;
    private long customers;
    private long transactions;
    private LocalDate firstDay;

    private Tables(Database database, Campaign campaign, Path folder, ModelFinder models) {
        this.database = database;
        this.campaign = campaign;
        this.folder = folder;
        this.models = models;
    }

    /**
     * Reads everything.
     *
     * @param folder in which the campaign file lies
     * @param models for articles that are pictures not classified yet, and for a campaign that names a model's file
     */
    static Tables load(Database database, Campaign campaign, Path folder, ModelFinder models) throws IOException {
        Tables tables = new Tables(database, campaign, folder, models);
        tables.loadArticles(tables.classified());
        tables.loadCustomers();
        tables.loadSuppression();
        tables.loadTransactions();
        return tables;
    }

    /** The classes that the predictions know, in their order. */
    List<String> labels() {
        return labels;
    }

    /** The model of the predictions; empty if the file does not say. */
    String model() {
        return model;
    }

    List<Skipped> skipped() {
        return List.copyOf(skipped);
    }

    long articles() {
        return articles;
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

    /** The articles with their probabilities; pictures without any are classified now, by the campaign's model. */
    private Source classified() throws IOException {
        Source source = open(campaign.articles());
        boolean isToDo = !source.columns().contains("error") && source.has("article_id") && source.has("input");
        if (!isToDo) {
            return source;
        }
        if (campaign.model().isEmpty()) {
            throw new AudienceException(
                    source.file() + " names pictures that are not classified yet. Say in the campaign"
                            + " file by which model they should be, such as \"model: small\"");
        }
        Path modelFile = models.find(campaign.model());
        requireAllToClassify(source, modelFile);
        Path csv = database.temporaryFile("articles.csv");
        ArticlePictures.classify(database, folder, modelFile, csv);
        isJustClassified = true;
        return Source.open(database, campaign.withOwnColumns(), csv, source.file());
    }

    /** Classifying takes long: what can be told before is told before. Leaves the table {@code picture_rows}. */
    private void requireAllToClassify(Source source, Path modelFile) throws IOException {
        requireKnownClasses(ModelFile.read(modelFile).info().labels(), modelFile.toString());
        openCustomers();
        openTransactions();
        if (!campaign.suppression().isEmpty()) {
            openSuppression();
        }
        database.execute("CREATE TABLE picture_rows AS SELECT row_number() OVER () + 1 AS line, "
                + source.require("article_id") + " AS article_id, " + source.require("input") + " AS picture FROM "
                + source.scan());
        requireDistinct(source, "picture_rows", "line", "article_id");
    }

    private void loadArticles(Source source) throws IOException {
        labels = labels(source);
        requireKnownClasses(labels, "of " + source.file());
        String id = source.has("article_id") ? source.require("article_id") : idOfPicture(source.require("input"));
        String probabilities = IntStream.range(0, labels.size())
                .mapToObj(k -> "TRY_CAST(" + Database.name(labels.get(k)) + " AS DOUBLE) AS p" + k)
                .collect(Collectors.joining(",\n  "));
        database.run(
                "articles.sql",
                Map.of(
                        "source", source.scan(),
                        "article_id", id,
                        "picture", source.optional("input"),
                        "model", source.optional("model"),
                        "probabilities", probabilities));
        requireDistinct(source, "article_rows", "article", "article_id");
        requireOneModel(source);
        String sum = IntStream.range(0, labels.size()).mapToObj(k -> "p" + k).collect(Collectors.joining(" + "));
        String least = IntStream.range(0, labels.size()).mapToObj(k -> "p" + k).collect(Collectors.joining(", "));
        String problem = "CASE WHEN " + sum + " IS NULL THEN 'no prediction' WHEN least(" + least + ") < 0 OR abs("
                + sum + " - 1) > " + SUM_TOLERANCE + " THEN 'probabilities that do not add up to 1' END";
        database.each(
                "SELECT problem, count(*), min(article), arg_min(article_id, article) FROM (SELECT *, " + problem
                        + " AS problem FROM article_rows) WHERE problem IS NOT NULL GROUP BY problem ORDER BY problem",
                row -> skip(source, row));
        database.execute("CREATE TABLE article_ids AS SELECT article, article_id FROM article_rows WHERE " + problem
                + " IS NULL");
        String classes = IntStream.range(0, labels.size())
                .mapToObj(k -> "SELECT a.article, " + Database.text(labels.get(k)) + " AS class, p" + k
                        + " AS probability FROM article_rows a JOIN article_ids i ON i.article = a.article")
                .collect(Collectors.joining("\nUNION ALL\n"));
        database.execute("CREATE TABLE article_classes AS " + classes);
        database.execute("CREATE TABLE campaign_classes AS SELECT * FROM (VALUES "
                + campaign.classes().stream()
                        .distinct()
                        .map(label -> "(" + Database.text(label) + ")")
                        .collect(Collectors.joining(", "))
                + ") t(class)");
        articles = database.number("SELECT count(*) FROM article_ids");
        if (articles == 0 && isJustClassified) {
            String error = database.ask("SELECT error FROM " + source.scan() + " LIMIT 1", row -> row.getString(1))
                    .get(0);
            throw new AudienceException(source.file() + " names no picture that can be read; line 2: " + error);
        }
        if (articles == 0) {
            throw new AudienceException(
                    source.file() + " has no article with a prediction. Make it with: lookbook classify"
                            + " PICTURES --probabilities --format csv --out "
                            + source.file().getFileName());
        }
    }

    private void skip(Source source, ResultSet row) throws java.sql.SQLException {
        skipped.add(new Skipped(
                source.file().getFileName().toString(),
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                shown(row.getString(4))));
    }

    private static String shown(String value) {
        return value == null ? "" : value;
    }

    /** Pictures are named after the article that they show: {@code 010/0108775015.jpg}. */
    private static String idOfPicture(String input) {
        return "regexp_extract(" + input + ", '([^/\\\\]+?)(\\.[A-Za-z]+)?$', 1)";
    }

    /** The columns for each class, which {@code lookbook classify --probabilities} has after {@code error} among others. */
    private List<String> labels(Source source) throws AudienceException {
        int error = source.columns().indexOf("error");
        List<String> others =
                Stream.of("article_id", "input", "model").map(source::column).toList();
        List<String> found = error < 0
                ? List.of()
                : source.columns().stream()
                        .skip(error + 1L)
                        .filter(column -> !column.matches("(label|confidence)_\\d+|unfamiliarity"))
                        .filter(column -> !others.contains(column))
                        .toList();
        if (found.isEmpty()) {
            throw new AudienceException(
                    source.file() + " has no probabilities: after its column \"error\" a column is needed"
                            + " for each class. Make them with: lookbook classify PICTURES --probabilities --format csv --out "
                            + source.file().getFileName());
        }
        return found;
    }

    /** @param known the classes of a model, {@code whose} it is, or the file itself */
    private void requireKnownClasses(List<String> known, String whose) throws AudienceException {
        for (String label : campaign.classes()) {
            if (!known.contains(label)) {
                throw new AudienceException("class \"" + label + "\" is unknown to the model " + whose + ". It knows: "
                        + String.join(", ", known));
            }
        }
    }

    private void requireOneModel(Source source) throws IOException {
        List<String> found = database.ask(
                "SELECT DISTINCT model FROM article_rows WHERE model IS NOT NULL ORDER BY 1 LIMIT 3",
                row -> row.getString(1));
        if (found.size() > 1) {
            throw new AudienceException(
                    source.file() + " has predictions of several models (" + String.join(", ", found)
                            + "), whose probabilities cannot be mixed. Classify all pictures with one");
        }
        model = found.isEmpty() ? "" : found.get(0);
        boolean isToCheck = !isJustClassified && !campaign.model().isEmpty() && !model.isEmpty();
        if (isToCheck && !isOfTheCampaignsModel()) {
            throw new AudienceException(source.file() + " has predictions of the model " + model
                    + ", but the campaign wants those of " + campaign.model()
                    + ". Classify again, or change \"model\" in the campaign file");
        }
    }

    private boolean isOfTheCampaignsModel() throws IOException {
        if (campaign.model().contains("/")) {
            ModelInfo wanted = ModelFile.read(models.find(campaign.model())).info();
            return model.equals(ArticlePictures.nameAndVersion(wanted)) || model.equals(wanted.name());
        }
        return model.equals(campaign.model()) || model.startsWith(campaign.model() + " ");
    }

    /** @param number the column with the line of each row */
    private void requireDistinct(Source source, String table, String number, String id) throws AudienceException {
        List<String> problems = database.ask(
                "SELECT " + id + ", min(" + number + ") AS first, max(" + number + ") AS last, count(*) FROM " + table
                        + " GROUP BY " + id + " HAVING count(*) > 1 OR " + id + " IS NULL OR trim(" + id
                        + ") = '' ORDER BY first LIMIT 1",
                row -> row.getString(1) == null || row.getString(1).isBlank()
                        ? " line " + row.getLong(2) + ": " + id + " is empty. Give each row an id"
                        : " line " + row.getLong(3) + ": " + id + " \"" + row.getString(1)
                                + "\" is there again, first in line " + row.getLong(2) + ". Keep one of them");
        if (!problems.isEmpty()) {
            throw new AudienceException(source.file() + problems.get(0));
        }
    }

    private Source openCustomers() throws AudienceException {
        Source source = open(campaign.customers());
        if (campaign.consent() == Campaign.Consent.REQUIRED && !source.has("consent")) {
            throw new AudienceException(source.file() + " has no column \"" + campaign.column("consent")
                    + "\", and only customers who consented may be addressed. Add it, or say \"consent: ignore\" in the"
                    + " campaign file if you may");
        }
        source.require("customer_id");
        return source;
    }

    private void loadCustomers() throws AudienceException {
        Source source = openCustomers();
        database.run(
                "customers.sql",
                Map.of(
                        "source", source.scan(),
                        "customer_id", source.require("customer_id"),
                        "email", source.optional("email"),
                        "phone", source.optional("phone"),
                        "consent", source.optional("consent"),
                        "seed", Long.toString(campaign.seed())));
        requireDistinct(source, "customers", "customer", "customer_id");
        customers = database.number("SELECT count(*) FROM customers");
        if (campaign.consent() == Campaign.Consent.REQUIRED) {
            database.each(
                    "SELECT 'unclear consent, taken as none', count(*), min(customer), arg_min(consent, customer)"
                            + " FROM customers WHERE trim(coalesce(consent, '')) <> '' AND lower(trim(consent)) NOT IN"
                            + " ('true', 'yes', 'y', '1', 't', 'false', 'no', 'n', '0', 'f') HAVING count(*) > 0",
                    row -> skip(source, row));
        }
    }

    private Source openSuppression() throws AudienceException {
        Source source = open(campaign.suppression());
        source.require("customer_id");
        return source;
    }

    /** An id that is nobody's is told: whoever was meant by it would be addressed. */
    private void loadSuppression() throws AudienceException {
        database.execute("CREATE TABLE suppressed (customer_id VARCHAR)");
        if (campaign.suppression().isEmpty()) {
            return;
        }
        Source source = openSuppression();
        database.run("suppression.sql", Map.of("source", source.scan(), "customer_id", source.require("customer_id")));
        database.each(
                "SELECT 'unknown customer', count(*), min(line), arg_min(customer_id, line) FROM suppression_rows"
                        + " WHERE customer_id NOT IN (SELECT trim(customer_id) FROM customers) HAVING count(*) > 0",
                row -> skip(source, row));
    }

    private Source openTransactions() throws AudienceException {
        Source source = open(campaign.transactions());
        for (String column : List.of("t_dat", "customer_id", "article_id")) {
            source.require(column);
        }
        return source;
    }

    private void loadTransactions() throws AudienceException {
        Source source = openTransactions();
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
            String file = source.file().getFileName().toString();
            skipped.addAll(database.runAndAsk(
                    "problems.sql",
                    values,
                    row -> new Skipped(
                            file,
                            row.getString(1),
                            purchaseProblems.get(row.getString(1)),
                            row.getLong(2),
                            shown(row.getString(3)))));
        } else if (purchaseProblems.containsKey("on or after the date")) {
            skipped.add(new Skipped(
                    source.file().getFileName().toString(),
                    "on or after the date",
                    purchaseProblems.get("on or after the date"),
                    0,
                    ""));
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
