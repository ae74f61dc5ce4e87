package dev.lookbook.audience;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What articles really are: the table {@code true_classes}, in the form of {@code article_classes}. */
final class TrueLabels {
    private TrueLabels() {}

    static void load(Database database, Path file, List<String> labels) throws AudienceException {
        if (!Files.isRegularFile(file)) {
            throw new AudienceException(file + ": no such file. It should have the columns article_id and label");
        }
        Source source = Source.open(database, Campaign.DEFAULTS, file);
        database.execute("CREATE TABLE true_rows AS SELECT row_number() OVER () + 1 AS line, "
                + source.require("article_id") + " AS article_id, " + label(source) + " AS label FROM "
                + source.scan());
        List<String> unknown = database.ask(
                "SELECT line, label FROM true_rows WHERE label IS NULL OR label NOT IN ("
                        + String.join(", ", labels.stream().map(Database::text).toList())
                        + ") ORDER BY line LIMIT 1",
                row -> file + " line " + row.getLong(1) + ": unknown label \"" + row.getString(2) + "\". Known labels: "
                        + String.join(", ", labels));
        if (!unknown.isEmpty()) {
            throw new AudienceException(unknown.get(0));
        }
        long missing = database.number(
                "SELECT count(*) FROM article_ids a ANTI JOIN true_rows t ON t.article_id = a.article_id");
        if (missing > 0) {
            throw new AudienceException(file + " lacks " + missing
                    + " of the articles. Without all labels the cost of mistakes is unknown");
        }
        database.execute("CREATE TABLE true_classes AS SELECT a.article, t.label AS class, 1.0 AS probability"
                + " FROM article_ids a JOIN true_rows t ON t.article_id = a.article_id");
    }

    private static String label(Source source) throws AudienceException {
        if (!source.columns().contains("label")) {
            throw new AudienceException(source.file() + " has no column \"label\"; it has "
                    + String.join(", ", source.columns()) + ". It should have the columns article_id and label");
        }
        return Source.text("label");
    }
}
