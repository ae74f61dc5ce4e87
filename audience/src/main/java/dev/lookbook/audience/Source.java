package dev.lookbook.audience;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One input file, as a table of texts: CSV with a header and commas, or Parquet. */
final class Source {
    private final Path data;
    private final Path file;
    private final Campaign campaign;
    private final List<String> columns;

    private Source(Path data, Path file, Campaign campaign, List<String> columns) {
        this.data = data;
        this.file = file;
        this.campaign = campaign;
        this.columns = columns;
    }

    static Source open(Database database, Campaign campaign, Path file) throws AudienceException {
        if (!Files.isRegularFile(file)) {
            throw new AudienceException(file + ": no such file. Paths in a campaign file are relative to it");
        }
        return open(database, campaign, file, file);
    }

    /**
     * Opens what was made of a user's file, row by row.
     *
     * @param file the user's, which messages are to name
     */
    static Source open(Database database, Campaign campaign, Path data, Path file) throws AudienceException {
        List<String> columns =
                database.ask("DESCRIBE SELECT * FROM " + scan(data), row -> row.getString("column_name"));
        return new Source(data, file, campaign, columns);
    }

    private static String scan(Path file) {
        // Folders such as country=DE would become columns.
        String name = Database.text(file.toString()) + ", hive_partitioning = false";
        return file.toString().toLowerCase(Locale.ROOT).endsWith(".parquet")
                ? "read_parquet(" + name + ")"
                : "read_csv(" + name
                        + ", header = true, skip = 0, all_varchar = true, delim = ',', quote = '\"', escape = '\"')";
    }

    /** The table function that reads the rows. */
    String scan() {
        return scan(data);
    }

    /** The file as messages name it. */
    Path file() {
        return file;
    }

    /** The columns as they are called in the file. */
    List<String> columns() {
        return columns;
    }

    /** What a column of ours is called in the file. */
    String column(String ours) {
        return campaign.column(ours);
    }

    boolean has(String ours) {
        return columns.contains(column(ours));
    }

    /** A column that must be there, as a text. */
    String require(String ours) throws AudienceException {
        return find(ours).orElseThrow(() -> missing(ours));
    }

    AudienceException missing(String ours) {
        return new AudienceException(file + " has no column \"" + campaign.column(ours) + "\"; it has "
                + String.join(", ", columns) + ". Say in the campaign file what it is called: columns: {" + ours
                + ": THEIR_NAME}");
    }

    /** A column as a text, or NULL where there is none. */
    String optional(String ours) {
        return find(ours).orElse("CAST(NULL AS VARCHAR)");
    }

    /**
     * Every row has an id, and no two have the same.
     *
     * @param table that the rows were read into
     * @param number its column with the line of each row
     */
    void requireDistinct(Database database, String table, String number, String id) throws AudienceException {
        List<String> problems = database.ask(
                "SELECT " + id + ", min(" + number + ") AS first, max(" + number + ") AS last, count(*) FROM " + table
                        + " GROUP BY " + id + " HAVING count(*) > 1 OR " + id + " IS NULL OR trim(" + id
                        + ") = '' ORDER BY first LIMIT 1",
                row -> row.getString(1) == null || row.getString(1).isBlank()
                        ? " line " + row.getLong(2) + ": " + id + " is empty. Give each row an id"
                        : " line " + row.getLong(3) + ": " + id + " \"" + row.getString(1)
                                + "\" is there again, first in line " + row.getLong(2) + ". Keep one of them");
        if (!problems.isEmpty()) {
            throw new AudienceException(file + problems.get(0));
        }
    }

    private Optional<String> find(String ours) {
        return has(ours) ? Optional.of(text(campaign.column(ours))) : Optional.empty();
    }

    static String text(String column) {
        return "CAST(" + Database.name(column) + " AS VARCHAR)";
    }
}
