package dev.lookbook.bench.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PropertiesFileTest {
    @TempDir
    Path folder;

    @Test
    void anyTextIsReadBack() throws Exception {
        Map<String, String> values =
                Map.of("command", "train C:\\new\\urls", "machine", "gr\u00f6\u00dfer = # ! :", "what", "two\nlines");
        Path file = folder.resolve("a.properties");

        PropertiesFile.write(file, values);

        assertThat(PropertiesFile.read(file)).isEqualTo(values);
    }

    @Test
    void isPlainToReadForPeople() throws Exception {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("what", "60 s of training");
        values.put("command", "./lookbook train --budget 60s");
        Path file = folder.resolve("a.properties");

        PropertiesFile.write(file, values);

        assertThat(Files.readString(file)).isEqualTo("what=60 s of training\ncommand=./lookbook train --budget 60s\n");
    }
}
