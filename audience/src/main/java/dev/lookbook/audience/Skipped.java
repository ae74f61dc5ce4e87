package dev.lookbook.audience;

import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Rows of an input that were left out, and the first of them.
 *
 * @param line of the first, counting the header as line 1
 * @param value what stands there
 */
record Skipped(String file, String problem, long rows, long line, String value) {

    /** @param row problem, rows, line and value */
    static Skipped of(Source source, ResultSet row) throws SQLException {
        return of(source, row.getString(1), row.getLong(2), row.getLong(3), row.getString(4));
    }

    /** @param valueOrNull empty where there is none */
    static Skipped of(Source source, String problem, long rows, long line, String valueOrNull) {
        String file = source.file().getFileName().toString();
        return new Skipped(file, problem, rows, line, valueOrNull == null ? "" : valueOrNull);
    }
}
