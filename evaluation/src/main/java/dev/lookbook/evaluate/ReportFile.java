package dev.lookbook.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude.Include;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@link Report} as JSON. */
final class ReportFile {
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .changeDefaultPropertyInclusion(inclusion -> inclusion.withValueInclusion(Include.NON_ABSENT))
            .disable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
            .enable(SerializationFeature.INDENT_OUTPUT)
            .build();

    private ReportFile() {}

    static String json(Report report) {
        return JSON.writeValueAsString(report) + "\n";
    }

    static Report read(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new IOException(file + " is not a report of an evaluation: it is a folder");
        }
        try {
            Report report = JSON.readValue(Files.readString(file), Report.class);
            if (report != null) {
                return report;
            }
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNr();
            throw new IOException(
                    file + (line > 0 ? " line " + line : "") + " is not a report of an evaluation: "
                            + e.getOriginalMessage().lines().findFirst().orElse(""),
                    e);
        } catch (CharacterCodingException e) {
            throw new IOException(file + " is not a report of an evaluation: it is not text in UTF-8", e);
        }
        throw new IOException(file + " is not a report of an evaluation: it is empty");
    }
}
