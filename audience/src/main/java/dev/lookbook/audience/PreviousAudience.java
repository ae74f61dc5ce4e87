package dev.lookbook.audience;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;

/** The audience of an earlier campaign: who is new, and who must leave the lists of the ad platforms. */
record PreviousAudience(Path folder, List<?> labels) {

    static PreviousAudience read(Path folder) throws IOException {
        Path manifest = folder.resolve("manifest.json");
        if (!Files.isRegularFile(manifest) || !Files.isRegularFile(folder.resolve(AudienceFiles.AUDIENCE))) {
            throw new AudienceException(folder + " holds no audience: it has no " + manifest.getFileName() + " and "
                    + AudienceFiles.AUDIENCE + ". Name a folder that lookbook audience build has made");
        }
        try {
            Object labels = Manifest.read(Files.readString(manifest)).get("labels");
            return new PreviousAudience(folder, labels instanceof List<?> list ? list : List.of());
        } catch (JacksonException e) {
            throw new AudienceException(manifest + " is not JSON. Name another folder", e);
        }
    }

    /** Classes of another model mean something else, even where they are called the same. */
    void requireSameLabels(List<String> now) throws AudienceException {
        if (!labels.equals(now)) {
            throw new AudienceException(folder + " was made with predictions of another model, which knows " + labels
                    + ", not " + now + ". Build the earlier audience anew with this model");
        }
    }

    /** Leaves the tables {@code additions} and {@code removals}. */
    Manifest.Change change(Database database) throws AudienceException {
        database.execute("CREATE TABLE addressed_before AS SELECT customer_id FROM read_csv("
                + Database.text(folder.resolve(AudienceFiles.AUDIENCE).toString())
                + ", header = true, all_varchar = true, delim = ',')");
        database.execute("CREATE TABLE additions AS SELECT customer_id FROM selection WHERE NOT is_held_out"
                + " EXCEPT SELECT customer_id FROM addressed_before");
        database.execute("CREATE TABLE removals AS SELECT customer_id FROM addressed_before"
                + " EXCEPT SELECT customer_id FROM selection WHERE NOT is_held_out");
        long before = database.number("SELECT count(*) FROM addressed_before");
        long removed = database.number("SELECT count(*) FROM removals");
        return new Manifest.Change(
                folder.getFileName().toString(),
                database.number("SELECT count(*) FROM additions"),
                removed,
                before - removed);
    }
}
