package dev.lookbook.audience;

import dev.lookbook.model.ModelFile;
import dev.lookbook.model.ModelInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The articles in the database, with the probability of each class: those that {@code lookbook classify} wrote, or those
 * of pictures that are classified now.
 */
final class Articles {
    private static final double SUM_TOLERANCE = 0.01;

    private final Database database;
    private final Campaign campaign;
    private final Path folder;
    private final ModelFinder models;
    private List<Skipped> skipped = List.of();
    private List<String> labels = List.of();
    private String model = "";
    private boolean isJustClassified;
    private long count;

    private Articles(Database database, Campaign campaign, Path folder, ModelFinder models) {
        this.database = database;
        this.campaign = campaign;
        this.folder = folder;
        this.models = models;
    }

    /**
     * Makes the tables {@code article_rows}, {@code article_ids}, {@code article_classes} and {@code campaign_classes}.
     */
    static Articles load(Database database, Campaign campaign, Path folder, ModelFinder models) throws IOException {
        Articles articles = new Articles(database, campaign, folder, models);
        articles.load(articles.classified());
        return articles;
    }

    /** The classes that the predictions know, in their order. */
    List<String> labels() {
        return labels;
    }

    /** The model of the predictions; empty if the file does not say. */
    String model() {
        return model;
    }

    /** How many have a prediction. */
    long count() {
        return count;
    }

    List<Skipped> skipped() {
        return skipped;
    }

    /** The articles with their probabilities; pictures without any are classified now, by the campaign's model. */
    private Source classified() throws IOException {
        Source source = Source.open(
                database, campaign, folder.resolve(campaign.articles()).normalize());
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

    /** Classifying takes long: what can be told before is told before. Makes the table {@code picture_rows}. */
    private void requireAllToClassify(Source source, Path modelFile) throws IOException {
        requireKnownClasses(ModelFile.read(modelFile).info().labels(), modelFile.toString());
        database.execute("CREATE TABLE picture_rows AS SELECT row_number() OVER () + 1 AS line, "
                + source.require("article_id") + " AS article_id, " + source.require("input") + " AS picture FROM "
                + source.scan());
        source.requireDistinct(database, "picture_rows", "line", "article_id");
    }

    private void load(Source source) throws IOException {
        labels = labels(source);
        requireKnownClasses(labels, "of " + source.file());
        database.run(
                "articles.sql",
                Map.of(
                        "source", source.scan(),
                        "article_id",
                                source.has("article_id")
                                        ? source.require("article_id")
                                        : idOfPicture(source.require("input")),
                        "picture", source.optional("input"),
                        "model", source.optional("model"),
                        "probabilities",
                                perClass(
                                        ",\n  ",
                                        k -> "TRY_CAST(" + Database.name(labels.get(k)) + " AS DOUBLE) AS p" + k)));
        source.requireDistinct(database, "article_rows", "article", "article_id");
        requireOneModel(source);
        leaveOutWithoutPrediction(source);
        fillClasses();
        count = database.number("SELECT count(*) FROM article_ids");
        if (count == 0) {
            throw withoutAny(source);
        }
    }

    private void leaveOutWithoutPrediction(Source source) throws AudienceException {
        String problem = "CASE WHEN " + perClass(" + ", k -> "p" + k) + " IS NULL THEN 'no prediction'"
                + " WHEN least(" + perClass(", ", k -> "p" + k) + ") < 0"
                + " OR abs(" + perClass(" + ", k -> "p" + k) + " - 1) > " + SUM_TOLERANCE
                + " THEN 'probabilities that do not add up to 1' END";
        skipped = database.ask(
                "SELECT problem, count(*), min(article), arg_min(article_id, article) FROM (SELECT *, " + problem
                        + " AS problem FROM article_rows) WHERE problem IS NOT NULL GROUP BY problem ORDER BY problem",
                row -> Skipped.of(source, row));
        database.execute("CREATE TABLE article_ids AS SELECT article, article_id FROM article_rows WHERE " + problem
                + " IS NULL");
    }

    private void fillClasses() throws AudienceException {
        database.execute("CREATE TABLE article_classes AS "
                + perClass(
                        "\nUNION ALL\n",
                        k -> "SELECT a.article, " + Database.text(labels.get(k)) + " AS class, p" + k
                                + " AS probability FROM article_rows a JOIN article_ids i ON i.article = a.article"));
        database.execute("CREATE TABLE campaign_classes AS SELECT * FROM (VALUES "
                + campaign.classes().stream()
                        .distinct()
                        .map(label -> "(" + Database.text(label) + ")")
                        .collect(Collectors.joining(", "))
                + ") t(class)");
    }

    private AudienceException withoutAny(Source source) throws AudienceException {
        if (isJustClassified) {
            String error = database.ask("SELECT error FROM " + source.scan() + " LIMIT 1", row -> row.getString(1))
                    .get(0);
            return new AudienceException(source.file() + " names no picture that can be read; line 2: " + error);
        }
        return new AudienceException(
                source.file() + " has no article with a prediction. Make it with: lookbook classify"
                        + " PICTURES --probabilities --format csv --out "
                        + source.file().getFileName());
    }

    /** SQL with a part for each class, by its number. */
    private String perClass(String separator, IntFunction<String> part) {
        return IntStream.range(0, labels.size()).mapToObj(part).collect(Collectors.joining(separator));
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
}
