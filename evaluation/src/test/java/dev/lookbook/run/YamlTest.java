package dev.lookbook.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class YamlTest {
    enum Precision {
        FP32,
        BF16
    }

    record Settings(
            String model,
            int epochs,
            long seed,
            double rate,
            boolean flip,
            Precision precision,
            Optional<String> from) {
        Settings {
            if (!(rate > 0)) {
                throw new IllegalArgumentException("rate must be positive, but was " + rate);
            }
        }
    }

    private static final Settings DEFAULTS = new Settings("small", 8, 1, 0.375, true, Precision.FP32, Optional.empty());

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenIsReadBack() throws Exception {
        Settings settings = new Settings("on", -3, Long.MAX_VALUE, 1e-9, false, Precision.BF16, Optional.of("a: b"));
        Path file = folder.resolve("args.yaml");

        Yaml.write(file, settings);

        assertThat(Yaml.read(file, DEFAULTS)).isEqualTo(settings);
    }

    @Test
    void isPlainToReadForPeople() {
        assertThat(Yaml.format(DEFAULTS))
                .isEqualTo("model: small\nepochs: 8\nseed: 1\nrate: 0.375\nflip: true\nprecision: FP32\nfrom: null\n");
    }

    @Test
    void keysThatAreMissingKeepTheirDefault() throws Exception {
        Path file = Files.writeString(folder.resolve("args.yaml"), "# mine\nepochs: 20\n");

        assertThat(Yaml.read(file, DEFAULTS))
                .isEqualTo(new Settings("small", 20, 1, 0.375, true, Precision.FP32, Optional.empty()));
    }

    @Test
    void anEmptyFileChangesNothing() throws Exception {
        Path file = Files.writeString(folder.resolve("args.yaml"), "# nothing\n");

        assertThat(Yaml.read(file, DEFAULTS)).isEqualTo(DEFAULTS);
    }

    record Case(String text, String... said) {
        @Override
        public String toString() {
            return text;
        }
    }

    static Stream<Case> mistakes() {
        return Stream.of(
                new Case("epoch: 3", "unknown key \"epoch\". Known keys: model, epochs, seed, rate, flip, precision"),
                new Case("epochs: many", "key \"epochs\" must be a whole number, but is \"many\""),
                new Case("epochs: 2.5", "key \"epochs\" must be a whole number, but is 2.5"),
                new Case("epochs: 99999999999", "99999999999", "out of range"),
                new Case("epochs: [1, 2]", "key \"epochs\" must be a whole number, but is [1,2]"),
                new Case("epochs:", "key \"epochs\" must be a whole number, but is null"),
                new Case("model:", "key \"model\" must be a String, but is null"),
                new Case("precision:", "key \"precision\" must be one of FP32, BF16, but is null"),
                new Case("flip: maybe", "key \"flip\" must be true or false, but is \"maybe\""),
                new Case("rate: fast", "key \"rate\" must be a number, but is \"fast\""),
                new Case("rate: -1", "rate must be positive, but was -1.0"),
                new Case("epochs: 3\nepochs: 4", "line 2", "epochs"),
                new Case("precision: FP64", "key \"precision\" must be one of FP32, BF16, but is \"FP64\""),
                new Case("epochs: [3", "line "),
                new Case("- 3", "must be lines of \"key: value\""),
                new Case("small", "must be lines of \"key: value\""));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsSaidInOneLine(Case mistake) throws Exception {
        Path file = Files.writeString(folder.resolve("args.yaml"), mistake.text);

        assertThatThrownBy(() -> Yaml.read(file, DEFAULTS))
                .isInstanceOf(RunException.class)
                .hasMessageStartingWith(file.toString())
                .hasMessageContainingAll(mistake.said)
                .extracting(Throwable::getMessage)
                .asString()
                .doesNotContain("\n")
                .doesNotContain("tools.jackson")
                .doesNotContain("dev.lookbook");
    }

    record Taught(List<String> teachers, Optional<String> from) {
        Taught {
            teachers = List.copyOf(teachers);
        }
    }

    @Test
    void aKeyWithoutItsListIsSaid() throws Exception {
        Path file = Files.writeString(folder.resolve("args.yaml"), "teachers:\nfrom:\n");

        assertThatThrownBy(() -> Yaml.read(file, new Taught(List.of("a"), Optional.of("b"))))
                .isInstanceOf(RunException.class)
                .hasMessage(file + ": key \"teachers\" must be a list, but is null");
        assertThatThrownBy(() -> Yaml.convert(Yaml.map(file), Taught.class, "settings"))
                .isInstanceOf(RunException.class)
                .hasMessage("settings: key \"teachers\" must be a list, but is null");
    }

    @Test
    void anEmptyEntryOfAListIsSaid() throws Exception {
        Path file = Files.writeString(folder.resolve("args.yaml"), "teachers: [a, null, c]\nfrom:\n");
        String said = ": key \"teachers\" is [\"a\",null,\"c\"], whose entry 2 is empty; give it a value or remove it";

        assertThatThrownBy(() -> Yaml.read(file, new Taught(List.of("a"), Optional.of("b"))))
                .isInstanceOf(RunException.class)
                .hasMessage(file + said);
        assertThatThrownBy(() -> Yaml.convert(Yaml.map(file), Taught.class, "settings"))
                .isInstanceOf(RunException.class)
                .hasMessage("settings" + said);
    }

    @Test
    void whatIsOptionalMayBeLeftWithoutAValue() throws Exception {
        Path file = Files.writeString(folder.resolve("args.yaml"), "teachers: [a]\nfrom:\n");
        Taught alone = new Taught(List.of("a"), Optional.empty());

        assertThat(Yaml.read(file, new Taught(List.of(), Optional.of("b")))).isEqualTo(alone);
        assertThat(Yaml.convert(Yaml.map(file), Taught.class, "settings")).isEqualTo(alone);
    }

    @Test
    void aMissingFileIsSaid() {
        assertThatThrownBy(() -> Yaml.read(folder.resolve("nowhere.yaml"), DEFAULTS))
                .hasMessageContaining("nowhere.yaml does not exist");
    }

    @Test
    void aFolderInPlaceOfAFileIsSaid() {
        assertThatThrownBy(() -> Yaml.map(folder))
                .isInstanceOf(RunException.class)
                .hasMessage(folder + " is a folder, not a YAML file");
    }

    @Test
    void aFileInAnotherEncodingIsSaid() throws Exception {
        Path file = folder.resolve("args.yaml");
        Files.write(file, "model: gr\u00f6\u00dfer\n".getBytes(StandardCharsets.ISO_8859_1));

        assertThatThrownBy(() -> Yaml.map(file))
                .isInstanceOf(RunException.class)
                .hasMessage(file + " is not UTF-8 text");
    }
}
