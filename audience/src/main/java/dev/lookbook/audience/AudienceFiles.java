package dev.lookbook.audience;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.lookbook.run.RunFolder;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The lists that leave the database. */
final class AudienceFiles {
    static final String AUDIENCE = "audience.csv";
    static final String HOLDOUT = "holdout.csv";
    private static final List<String> COLUMNS =
            List.of("customer_id", "place", "score", "leaning", "expected_visits", "last_visit", "visits");

    private final Database database;

    AudienceFiles(Database database) throws AudienceException {
        this.database = database;
        database.run("google.sql");
    }

    /** How many addresses the upload files hold. */
    Manifest.Upload contacts() throws AudienceException {
        return database.ask(
                        "SELECT count(*), count(email), count(phone), count(*) FILTER (WHERE is_no_email),"
                                + " count(*) FILTER (WHERE is_no_phone), count(*) FILTER (WHERE is_email_withheld),"
                                + " count(*) FILTER (WHERE is_phone_withheld) FROM contacts",
                        row -> new Manifest.Upload(
                                row.getLong(1),
                                row.getLong(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getLong(5),
                                row.getLong(6),
                                row.getLong(7)))
                .get(0);
    }

    void write(RunFolder folder, Optional<PreviousAudience> before) throws IOException {
        String chosen = "SELECT * FROM selection WHERE is_held_out = ";
        write(folder, AUDIENCE, COLUMNS, chosen + "false ORDER BY place", AudienceFiles::member);
        write(folder, HOLDOUT, COLUMNS, chosen + "true ORDER BY place", AudienceFiles::member);
        write(
                folder,
                "upload-google.csv",
                List.of("Email", "Phone"),
                // In the order of the hashes: nobody can tell from it who comes first.
                "SELECT coalesce(sha256(email), ''), coalesce(sha256(phone), '') FROM contacts"
                        + " WHERE email IS NOT NULL OR phone IS NOT NULL ORDER BY 1, 2",
                row -> List.of(row.getString(1), row.getString(2)));
        write(
                folder,
                "upload-plain.csv",
                List.of("customer_id", "email", "phone"),
                "SELECT customer_id, coalesce(email, ''), coalesce(phone, '') FROM contacts ORDER BY place",
                row -> List.of(row.getString(1), row.getString(2), row.getString(3)));
        if (before.isPresent()) {
            for (String what : List.of("additions", "removals")) {
                write(
                        folder,
                        what + ".csv",
                        List.of("customer_id"),
                        "SELECT customer_id FROM " + what + " ORDER BY customer_id",
                        row -> List.of(row.getString(1)));
            }
        }
    }

    private static List<String> member(ResultSet row) throws SQLException {
        return List.of(
                row.getString("customer_id"),
                row.getString("place"),
                number(row.getDouble("score")),
                number(row.getDouble("leaning")),
                number(row.getDouble("expected_visits")),
                row.getString("last_day"),
                row.getString("visits"));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.6f", value);
    }

    private void write(RunFolder folder, String name, List<String> columns, String sql, Database.Row<List<String>> row)
            throws IOException {
        folder.write(name, out -> {
            CsvWriter csv = CsvWriter.builder()
                    .lineDelimiter(LineDelimiter.LF)
                    .build(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            csv.writeRecord(columns);
            try {
                database.each(sql, result -> csv.writeRecord(row.read(result)));
            } catch (UncheckedIOException e) {
                throw e.getCause();
            }
            csv.flush();
        });
    }

    /** Leaves nothing of an audience that could not be written whole. */
    static void remove(RunFolder folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder.path())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
