package dev.lookbook.audience;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** DuckDB inside this process. Tables live in memory, and spill to a temporary folder when they outgrow it. */
final class Database implements AutoCloseable {
    private final Connection connection;
    private final Path spill;
    private final Thread atExit;

    private Database(Connection connection, Path spill, Thread atExit) {
        this.connection = connection;
        this.spill = spill;
        this.atExit = atExit;
    }

    /** @param memory for DuckDB, as {@code 2GB} */
    static Database open(int threads, String memory) throws IOException {
        Path spill = Files.createTempDirectory("lookbook-audience");
        Thread atExit = new Thread(() -> deleteAll(spill)); // Ctrl-C closes nothing, and gigabytes may have spilled
        Runtime.getRuntime().addShutdownHook(atExit);
        Database database;
        try {
            database = new Database(DriverManager.getConnection("jdbc:duckdb:"), spill, atExit);
        } catch (SQLException e) {
            delete(spill);
            throw problem(e);
        }
        try {
            database.execute("SET threads = " + threads);
            database.execute("SET TimeZone = 'UTC'"); // days do not depend on where the computer stands
            database.execute("SET memory_limit = " + text(memory));
            database.execute("SET temp_directory = " + text(spill.toString()));
            database.execute("SET autoinstall_known_extensions = false");
            database.execute("SET autoload_known_extensions = false");
            return database;
        } catch (AudienceException e) {
            database.close();
            throw e;
        }
    }

    /** A file that is gone when the database is closed. */
    Path temporaryFile(String name) {
        return spill.resolve(name);
    }

    /** A row of an answer. */
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    void execute(String sql) throws AudienceException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw problem(e);
        }
    }

    /** Runs a script that lies beside this class; {@code {name}} in it is replaced, as it is, by the value of that name. */
    void run(String script, Map<String, String> values) throws AudienceException {
        for (String statement : statements(script, values)) {
            execute(statement);
        }
    }

    void run(String script) throws AudienceException {
        run(script, Map.of());
    }

    /** Runs a script whose last statement asks for something, and gives the answer. */
    <T> List<T> runAndAsk(String script, Map<String, String> values, Row<T> row) throws AudienceException {
        List<String> statements = statements(script, values);
        for (String statement : statements.subList(0, statements.size() - 1)) {
            execute(statement);
        }
        return ask(statements.get(statements.size() - 1), row);
    }

    /** The same, for answers that are too long to keep. */
    void runAndRead(String script, Map<String, String> values, Reader reader) throws AudienceException {
        List<String> statements = statements(script, values);
        for (String statement : statements.subList(0, statements.size() - 1)) {
            execute(statement);
        }
        each(statements.get(statements.size() - 1), reader);
    }

    <T> List<T> ask(String sql, Row<T> row) throws AudienceException {
        List<T> rows = new ArrayList<>();
        each(sql, result -> rows.add(row.read(result)));
        return rows;
    }

    /** What is done with each row of an answer. */
    interface Reader {
        void read(ResultSet row) throws SQLException;
    }

    void each(String sql, Reader reader) throws AudienceException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            while (result.next()) {
                reader.read(result);
            }
        } catch (SQLException e) {
            throw problem(e);
        }
    }

    long number(String sql) throws AudienceException {
        return ask(sql, row -> row.getLong(1)).get(0);
    }

    private static List<String> statements(String script, Map<String, String> values) {
        String sql = read(script).replaceAll("--.*", ""); // comments name the places and would be filled in too
        for (Map.Entry<String, String> value : values.entrySet()) {
            sql = sql.replace('{' + value.getKey() + '}', value.getValue());
        }
        return Stream.of(sql.split(";\\s*(\\R|$)"))
                .filter(statement -> !statement.isBlank())
                .toList();
    }

    private static String read(String script) {
        try (InputStream in = Database.class.getResourceAsStream(script)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A text as SQL writes it. */
    static String text(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /** A name as SQL writes it. */
    static String name(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** DuckDB's messages go on for many lines; the first says what is wrong. */
    private static AudienceException problem(SQLException e) {
        String message = String.valueOf(e.getMessage()).strip();
        if (message.contains("No space left")) {
            return new AudienceException(
                    "the disk with the temporary folder is full. Free some space, or name another folder:"
                            + " LOOKBOOK_JAVA_OPTS=-Djava.io.tmpdir=FOLDER lookbook ...",
                    e);
        }
        if (message.startsWith("Out of Memory")) {
            return new AudienceException("the database ran out of memory. Give it more: --memory 8GB", e);
        }
        return new AudienceException(
                message.lines().limit(3).reduce((a, b) -> a + "; " + b).orElse("no reason given"), e);
    }

    @Override
    public void close() throws IOException {
        try {
            connection.close();
        } catch (SQLException e) {
            throw problem(e);
        } finally {
            delete(spill);
            forget(atExit);
        }
    }

    private static void forget(Thread atExit) {
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            return; // it runs already
        }
    }

    /** While the process ends others still write, so that once need not be enough. */
    private static void deleteAll(Path folder) {
        for (int i = 0; i < 10 && Files.exists(folder); i++) {
            try {
                delete(folder);
            } catch (IOException | UncheckedIOException e) {
                continue;
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
